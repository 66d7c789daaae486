import { Invalid } from './errors.ts'

/** Where a page ended, as text that only we read. Times are written in milliseconds: columns in cursors hold no more. */
export const writeCursor = (...values: (string | Date)[]): string =>
  Buffer.from(JSON.stringify(values.map((value) => (value instanceof Date ? value.toISOString() : value)))).toString(
    'base64url',
  )

/** The values of a cursor that we wrote; null for the first page. Throws Invalid for anything else. */
export function readCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null
  const values = parse(cursor)
  if (Array.isArray(values) && values.length === length && values.every((value) => typeof value === 'string'))
    return values
  throw new Invalid('cursor-invalid')
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}

/** Cuts rows that were asked for with limit + 1 into a page. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}
