import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { authorBriefSchema } from './people.ts'
import { procedure } from './procedure.ts'

export const RESEMBLANCE_REASONS = [
  'look-alike-letters',
  'same-handle',
  'near-handle',
  'added-words',
  'contains-handle',
  'same-name',
  'look-alike-name',
  'near-name',
  'same-picture',
  'look-alike-link',
] as const
export const IMPERSONATION_STATES = ['open', 'dismissed', 'confirmed'] as const

const authorPath = z.object({ authorId: id })
const because = z.string().trim().min(1, 'say why').max(500)

export const impersonation = {
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/impersonation',
    summary: 'Accounts that resemble one of ours, newest first; nothing is done about them but by people',
    input: page.extend({ state: z.enum(IMPERSONATION_STATES).default('open') }),
    output: pageOf(
      z.object({
        author: authorBriefSchema,
        own: authorBriefSchema.describe('The account of ours that it resembles'),
        strength: z.number().describe('Between 0 and 1: what all reasons say together'),
        reasons: z.array(
          z.object({
            kind: z.enum(RESEMBLANCE_REASONS),
            theirs: z.string(),
            ours: z.string(),
            weight: z.number().describe('What this reason says alone'),
          }),
        ),
        picture: z
          .enum(['compared', 'none', 'unreachable', 'unreadable'])
          .describe('Whether the pictures were compared, and if not, why'),
        state: z.enum(IMPERSONATION_STATES),
        foundAt: z.date(),
        decided: z
          .object({ by: id.nullable(), at: z.date(), because: z.string() })
          .nullable()
          .describe('Null while it is open'),
      }),
    ),
  }),
  count: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/impersonation/count',
    summary: 'How many wait for a decision',
    input: nothing,
    output: z.object({ open: z.number().int() }),
  }),
  dismiss: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/impersonation/{authorId}/dismiss',
    summary: 'Says that an account does not pretend to be us; it comes back only for other reasons',
    input: authorPath.extend({ because }),
    output: nothing,
  }),
  confirm: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/impersonation/{authorId}/confirm',
    summary: 'Says that an account pretends to be us; nothing is sent or reported by this',
    input: authorPath.extend({ because }),
    output: nothing,
  }),
  reopen: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/impersonation/{authorId}/reopen',
    summary: 'Takes a decision back',
    input: authorPath,
    output: nothing,
  }),
}
