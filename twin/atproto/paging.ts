import { invalidRequest } from './errors.ts'

/** A page of what is sorted newest first, behind a cursor that callers must not look into. */
export function page<T extends { uri: string; indexedAt: string }>(
  entries: T[],
  query: URLSearchParams,
  limitMax = 100,
): { entries: T[]; cursor?: string } {
  const limit = limitOf(query, limitMax)
  const cursor = query.get('cursor')
  const rest = cursor === null ? entries : entries.filter((entry) => keyOf(entry) < decoded(cursor))
  const taken = rest.slice(0, limit)
  const last = taken.at(-1)
  if (last === undefined || rest.length <= limit) return { entries: taken }
  return { entries: taken, cursor: Buffer.from(keyOf(last)).toString('base64url') }
}

export const newestFirst = (
  one: { uri: string; indexedAt: string },
  other: { uri: string; indexedAt: string },
): number => (keyOf(one) < keyOf(other) ? 1 : -1)

export function limitOf(query: URLSearchParams, max: number): number {
  const limit = Number(query.get('limit') ?? 50)
  if (!Number.isInteger(limit) || limit < 1 || limit > max)
    throw invalidRequest(`Error: limit must be between 1 and ${max}`)
  return limit
}

const keyOf = (entry: { uri: string; indexedAt: string }): string => `${entry.indexedAt} ${entry.uri}`

function decoded(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (!/^\d{4}-.* at:/.test(key)) throw invalidRequest('Malformed cursor')
  return key
}
