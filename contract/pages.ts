import { z } from 'zod'

/** Shapes that several modules speak. Ids are UUIDs as text; times are Dates; cursors are opaque. */
export const id = z.uuid()
export const cursor = z.string().max(500)
export const PAGE_MAX = 100

/** Input of a list: keyset paging, never an offset. */
export const page = z.object({
  after: cursor.optional().describe('nextCursor of the page before; absent for the first page'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
})

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: cursor.nullable().describe('null: this was the last page') })

export const nothing = z.object({})
