/** Words that addresses of people hold. Here and not beside their screens, because the first files load the routes. */

/** What the list of people shows. */
export const PEOPLE_VIEWS = ['authors', 'persons'] as const
/** What of a timeline is shown; as the contract names it (contract/listening-timelines.ts). */
export const TIMELINE_KINDS = ['posts', 'conversations', 'answers', 'identity', 'purchases'] as const
