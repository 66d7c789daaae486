/** Two texts of which nobody needs to know why they differ: only blanks do. */
export const sameQuery = (one: string, other: string): boolean => blanksAside(one) === blanksAside(other)

const blanksAside = (query: string): string => query.trim().replaceAll(/\s+/g, ' ')
