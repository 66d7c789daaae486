import { z } from 'zod'
import { cursor, id, page, pageOf } from './pages.ts'
import { archives, erasures } from './privacy-access.ts'
import { consents } from './privacy-consents.ts'
import { requests } from './privacy-requests.ts'
import { records, retention } from './privacy-retention.ts'
import { procedure } from './procedure.ts'

const trailEntry = z.object({
  position: z.string().describe('Order of commit; opaque'),
  eventId: id,
  at: z.date(),
  type: z.string(),
  actor: z.object({
    kind: z.enum(['member', 'rule', 'bot', 'system', 'customer']),
    id: id.nullable(),
    name: z.string().nullable(),
  }),
  subjects: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  names: z.record(id, z.string()).describe('Of those subjects that the reader may see and that are still there, by id'),
  codes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  content: z.enum(['none', 'kept', 'erased']).describe('What was said with it, such as a reason, lies apart'),
  said: z.string().nullable().describe('Null also where the reader may not see events of this type'),
})

export const privacy = {
  archives,
  consents,
  erasures,
  records,
  requests,
  retention,
  trail: {
    list: procedure({
      allow: 'trail.read',
      method: 'GET',
      path: '/trail',
      summary: 'Who did what, newest first. It can be read and filtered, and counts nothing up',
      input: page.extend({
        type: z.string().max(100).optional().describe('An event type, or the part before its dot'),
        subjectId: id.optional().describe('Only what happened to this conversation, person, topic …'),
        until: z.coerce.date().optional(),
        after: cursor.optional(),
      }),
      output: pageOf(trailEntry),
    }),
    erase: procedure({
      allow: 'privacy.manage',
      method: 'POST',
      path: '/trail/erasures',
      summary:
        'Erases what was said in events, such as a reason that names somebody; who did what stays, and so does this',
      input: z.object({
        eventIds: z.array(id).min(1).max(100),
        reason: z.string().trim().min(1, 'say why').max(500).describe('Kept with the erasure: name nobody in it'),
      }),
      output: z.object({ erased: z.number().int().describe('Those that had content') }),
    }),
    types: procedure({
      allow: 'trail.read',
      method: 'GET',
      path: '/trail/types',
      summary: 'The event types that can be filtered by',
      input: z.object({}),
      output: z.object({ types: z.array(z.string()) }),
    }),
  },
}
