import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { authorBriefSchema, personBriefSchema } from './people-shapes.ts'
import { procedure } from './procedure.ts'
import { PORTAL_LANGUAGES, PROOF_ASKED, PROOF_OFFERS } from './proofs-portal.ts'

const language = z.enum(PORTAL_LANGUAGES)
export const INVITATION_STATES = ['sent', 'opened', 'part-proven', 'proven', 'expired', 'revoked'] as const
export const QUESTION_REASONS = ['objection', 'two-customer-numbers', 'proved-by-another', 'sender-unproven'] as const
const country = z.string().regex(/^[A-Z]{2}$/, 'two letters, such as DE')

const settingsSchema = z.object({
  open: z.boolean().describe('Whether customers may come without an invitation'),
  offered: z.array(z.enum(PROOF_OFFERS)),
  texts: z
    .partialRecord(
      language,
      z.object({ lead: z.string().trim().max(1_000).optional(), consent: z.string().trim().max(2_000).optional() }),
    )
    .describe('Instead of our texts; {brand} is filled in'),
  privacyNotice: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .nullable(),
  invitationDays: z.number().int().min(1).max(30),
  phoneCountries: z.array(country).max(60),
  gateway: z
    .object({
      address: z.url({ protocol: /^https?$/ }).max(500),
      body: z.string().max(2_000).describe('JSON in which {to} and {text} are filled in'),
      header: z
        .string()
        .regex(/^[A-Za-z0-9-]{0,60}$/)
        .describe('Header that carries the secret; empty: none'),
    })
    .nullable()
    .describe('Sends text messages by HTTP'),
})

const issuerSchema = z.object({
  name: z.string().trim().min(1).max(100),
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(300),
  system: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,59}$/, 'small letters and digits')
    .describe('Whose customer numbers its subjects are'),
  takesMail: z.boolean().describe('Whether an address that it calls verified is proven too'),
})

const invitationSchema = z.object({
  proofInvitationId: id,
  asked: z.enum(PROOF_ASKED),
  state: z.enum(INVITATION_STATES),
  createdAt: z.date(),
  expiresAt: z.date(),
  openedAt: z.date().nullable(),
  provenAt: z.date().nullable(),
})

const conversationPath = z.object({ conversationId: id })

export const settings = {
  get: procedure({
    allow: 'workspace.manage',
    method: 'GET',
    path: '/proof-settings',
    summary: 'What customers are offered to prove and to see',
    input: nothing,
    output: z.object({
      settings: settingsSchema.extend({ hasGatewaySecret: z.boolean() }).nullable(),
      issuers: z.array(issuerSchema.extend({ issuerId: id })),
      page: z.string().describe('Where the customers’ page is'),
      redirectAddress: z.string().describe('What a provider must know as the address to send customers back to'),
      texts: z.record(language, z.object({ lead: z.string(), consent: z.string() })).describe('Our own texts'),
      mailIsSet: z.boolean(),
    }),
  }),
  update: procedure({
    allow: 'workspace.manage',
    method: 'PUT',
    path: '/proof-settings',
    summary: 'Sets what is offered; an absent secret keeps the stored one',
    input: settingsSchema.extend({ gatewaySecret: z.string().max(1_000).optional() }),
    output: nothing,
  }),
  addIssuer: procedure({
    allow: 'workspace.manage',
    reachesOut: true,
    method: 'POST',
    path: '/proof-issuers',
    summary: 'Adds an OpenID Connect provider after reading its discovery document',
    input: issuerSchema.extend({ clientSecret: z.string().max(1_000) }),
    output: z.object({ issuerId: id }),
  }),
  updateIssuer: procedure({
    allow: 'workspace.manage',
    reachesOut: true,
    method: 'PUT',
    path: '/proof-issuers/{issuerId}',
    summary:
      'Changes a provider; an absent secret keeps the stored one, and is refused with a new address: issuer-secret-again',
    input: issuerSchema.extend({ issuerId: id, clientSecret: z.string().max(1_000).optional() }),
    output: nothing,
  }),
  removeIssuer: procedure({
    allow: 'workspace.manage',
    method: 'DELETE',
    path: '/proof-issuers/{issuerId}',
    summary: 'Removes a provider; what it proved stays',
    input: z.object({ issuerId: id }),
    output: nothing,
  }),
}

export const invitations = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/conversations/{conversationId}/proof-invitations',
    summary: 'What the author of a conversation was asked to prove, and what became of it',
    input: conversationPath,
    output: z.object({ offered: z.boolean(), items: z.array(invitationSchema) }),
  }),
  create: procedure({
    allow: 'answers.draft',
    atSource: true,
    method: 'POST',
    path: '/conversations/{conversationId}/proof-invitations',
    summary: 'A link and a text that ask the author of a conversation to prove something; an earlier one ends',
    input: conversationPath.extend({ asked: z.enum(PROOF_ASKED), language }),
    output: z.object({ proofInvitationId: id, link: z.string(), text: z.string() }),
  }),
  revoke: procedure({
    allow: 'answers.draft',
    method: 'DELETE',
    path: '/proof-invitations/{proofInvitationId}',
    summary: 'Withdraws an invitation',
    input: z.object({ proofInvitationId: id }),
    output: nothing,
  }),
}

export const questions = {
  count: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/proof-questions/count',
    summary: 'How many proofs wait for a decision, counted up to 100',
    input: nothing,
    output: z.object({ open: z.number().int() }),
  }),
  list: procedure({
    allow: 'people.read',
    method: 'GET',
    path: '/proof-questions',
    summary: 'Proofs that would join what somebody has to decide on',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          questionId: id,
          because: z.enum(QUESTION_REASONS),
          author: authorBriefSchema,
          shown: z.string(),
          person: personBriefSchema.nullable().describe('Who proved it, as far as they had proven something before'),
          other: personBriefSchema.nullable().describe('To whom it belongs'),
          askedAt: z.date(),
        }),
      ),
    }),
  }),
  decide: procedure({
    allow: 'people.link',
    method: 'POST',
    path: '/proof-questions/{questionId}/decision',
    summary: 'Joins both persons, moves the identity to who proved it, or leaves everything as it is',
    input: z.object({ questionId: id, decision: z.enum(['join', 'move', 'leave']) }),
    output: nothing,
  }),
}
