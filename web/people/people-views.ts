/** What the people page shows; stands in its address. */
export const PEOPLE_VIEWS = ['authors', 'persons'] as const
