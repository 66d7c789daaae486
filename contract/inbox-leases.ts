import { z } from 'zod'
import { conversationPath } from './inbox-threads.ts'
import { id } from './pages.ts'
import { procedure } from './procedure.ts'

export const leaseSchema = z.object({
  holder: z.object({ kind: z.enum(['member', 'bot']), id, name: z.string() }),
  mine: z.boolean(),
  takenAt: z.date(),
  expiresAt: z.date(),
})

export const leases = {
  claim: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/lease',
    summary: 'Claims a conversation for writing. Conflict `lease-held` says who has it and until when.',
    input: conversationPath,
    output: leaseSchema,
  }),
  renew: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'PUT',
    path: '/conversations/{conversationId}/lease',
    summary: 'Keeps it while typing. Conflict `lease-lost` when it ran out and somebody else took it.',
    input: conversationPath,
    output: leaseSchema,
  }),
  release: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'DELETE',
    path: '/conversations/{conversationId}/lease',
    summary: 'Gives it back.',
    input: conversationPath,
    output: z.object({ released: z.boolean() }),
  }),
  takeOver: procedure({
    allow: 'inbox.manage',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/lease/take-over',
    summary: 'Takes it from a colleague, with a reason that both see.',
    input: conversationPath.extend({ reason: z.string().trim().min(3).max(500) }),
    output: leaseSchema,
  }),
}
