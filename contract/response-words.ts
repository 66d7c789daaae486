/** By what response is told apart, and over how many weeks; apart from the schemas for the web. */
export const RESPONSE_BY = ['all', 'network', 'priority', 'team', 'topic'] as const
export type ResponseBy = (typeof RESPONSE_BY)[number]
export const RESPONSE_WEEKS_MAX = 53
