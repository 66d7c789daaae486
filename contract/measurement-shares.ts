import { z } from 'zod'
import { TOPIC_KINDS } from './listening-topics.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

export const SHARES_DAYS_MAX = 366

const count = z.number().int().min(0)

/** Share of voice: how much of what is said of us and of our competitors is said of us. */
export const shares = {
  read: procedure({
    allow: 'topics.read',
    method: 'GET',
    path: '/shares',
    summary: 'Mentions of own and competing topics in a period, their shares, and the same before it',
    input: z.object({
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(SHARES_DAYS_MAX)
        .default(30)
        .describe('Days of the workspace’s time zone, today included'),
    }),
    output: z.object({
      from: z.date().describe('Begin of the first day'),
      until: z.date().describe('Now'),
      before: z.date().describe('Begin of the period before, which is as long'),
      timeZone: z.string(),
      rowsFrom: z.date().describe('Posts heard before this have expired: their mentions count, their rows are gone'),
      days: z.array(z.iso.date()).describe('The days of the period, oldest first; the last is today'),
      items: z
        .array(
          z.object({
            topicId: id,
            name: z.string(),
            kind: z.enum(TOPIC_KINDS),
            mentions: count,
            mentionsBefore: count,
            share: z.number().nullable().describe('Of all mentions in this list, 0 to 1; null: there are none'),
            shareBefore: z.number().nullable(),
            positive: count,
            negative: count,
            read: count.describe('Mentions of which the sentiment was read'),
            expired: count.describe('Of the mentions of this period, those whose post is gone: rows expired'),
            byDay: z.array(count).describe('Mentions by day, in the order of `days`'),
          }),
        )
        .describe('Brands and competitors, the most mentioned first'),
      own: z
        .object({ share: z.number().nullable(), shareBefore: z.number().nullable() })
        .describe('Of all topics of the kind brand together'),
    }),
  }),
}
