import { z } from 'zod'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

/** What customers do on the page "your connections". Their visit is a cookie of one workspace; no member's role opens it. */
export const PORTAL_LANGUAGES = ['de', 'nl', 'en'] as const
export const PROOF_WAYS = [
  'mail-code',
  'phone-code',
  'reply-code',
  'site-link',
  'profile-link',
  'domain-handle',
  'sign-in',
] as const
export const PROOF_STATES = ['open', 'expired', 'proven', 'before-staff', 'refused', 'given-up'] as const
export const PROOF_ASKED = ['customer-number', 'mail', 'phone', 'account'] as const
/** What is offered to customers. */
export const PROOF_OFFERS = ['mail', 'phone', 'site', 'account', 'sign-in'] as const

const language = z.enum(PORTAL_LANGUAGES)
const slug = z.string().max(60)
const statementId = z.string().max(40).describe('Which text was shown: one that has changed since is refused')
/** What the customer agreed to, as the page showed it. */
const agreed = z.object({ statementId, language })

const attemptSchema = z.object({
  proofId: id,
  way: z.enum(PROOF_WAYS),
  network: z.string(),
  shown: z.string().nullable().describe('What the customer typed'),
  state: z.enum(PROOF_STATES),
  sending: z.enum(['due', 'sent', 'failed']).nullable(),
  expiresAt: z.date(),
  place: z.string().nullable().describe('The address that the page has to link to'),
  code: z.string().nullable().describe('What is to be posted; told once, when it is made'),
})

const described = z.object({
  brand: z.string(),
  languages: z.array(language),
  open: z.boolean().describe('Whether one can come without an invitation'),
  lead: z.string(),
  statements: z.object({
    consent: z.object({ id: z.string(), text: z.string() }),
    cut: z.object({ id: z.string(), text: z.string() }),
    access: z.object({ id: z.string(), text: z.string() }),
    erasure: z.object({ id: z.string(), text: z.string() }),
  }),
  privacyNotice: z.string().nullable(),
  offered: z.array(z.enum(PROOF_OFFERS)),
  issuers: z.array(z.object({ issuerId: id, name: z.string() })),
  accounts: z
    .array(z.object({ network: z.string(), handle: z.string() }))
    .describe('Our own accounts that hear what is said to them'),
  phoneCountries: z.array(z.string()),
})

const connectionSchema = z.object({
  authorId: id,
  network: z.string(),
  shown: z.string().describe('Shortened unless this very visit proved it'),
  masked: z.boolean(),
  because: z
    .enum(['proved', 'proved-earlier', 'told', 'confirmed', 'imported', 'supposed', 'wrote'])
    .describe('proved: in this visit; proved-earlier: in another, perhaps by a former owner'),
  way: z.enum(PROOF_WAYS).nullable(),
  source: z.string().nullable().describe('The system or file that it came from'),
  by: z.enum(['you', 'customer', 'colleague', 'import', 'program']),
  since: z.date(),
  shared: z.boolean().describe('Contact data that several persons use'),
})

const page = z.object({
  known: z.boolean().describe('Whether anything was proven in this visit'),
  connections: z.array(connectionSchema),
  attempts: z.array(attemptSchema),
  invitation: z
    .object({
      asked: z.enum(PROOF_ASKED),
      network: z.string(),
      account: z.string().describe('The account that was invited, shortened'),
      accountProven: z.boolean(),
      askedProven: z.boolean(),
      done: z.boolean(),
    })
    .nullable(),
  everything: z
    .object({
      hindered: z
        .enum(['unproven', 'joined-by-others'])
        .nullable()
        .describe(
          'Why people are asked instead: not all was proven in this visit, or we said that several are one person',
        ),
      copy: z.object({ state: z.enum(['waiting', 'running', 'done', 'failed']), expiresAt: z.date() }).nullable(),
    })
    .nullable()
    .describe('The copy of everything that is kept; null before anything was proven'),
  asked: z
    .object({ access: z.boolean(), erasure: z.boolean() })
    .describe('What was asked for in this visit and is not answered yet'),
})

const started = z.object({ proofId: id })

export const portal = {
  describe: procedure({
    allow: 'public',
    method: 'GET',
    path: '/portal',
    summary: 'What the page of a workspace offers its customers',
    input: z.object({ workspace: slug, language }),
    output: described,
  }),
  enter: procedure({
    allow: 'public',
    method: 'POST',
    path: '/portal/visits',
    summary: 'Begins a visit, through an invitation or by itself where the workspace allows it',
    input: z.object({ workspace: slug, token: z.string().max(100).optional() }),
    output: nothing,
  }),
  leave: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/visits/end',
    summary: 'Ends the visit',
    input: z.object({ workspace: slug }),
    output: nothing,
  }),
  page: procedure({
    allow: 'customer',
    method: 'GET',
    path: '/portal/connections',
    summary: 'What is linked with whom this visit has proven to be, why, since when and by whom',
    input: nothing,
    output: page,
  }),
  proveMail: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/mail',
    summary: 'Sends a code to a mail address; the answer is the same whether or not it is known',
    input: agreed.extend({ address: z.string().max(254) }),
    output: started,
  }),
  provePhone: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/phone',
    summary: 'Sends a code to a mobile number; the answer is the same whether or not it is known',
    input: agreed.extend({ number: z.string().max(40) }),
    output: started,
  }),
  proveAccount: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/account',
    summary: 'A code that the account has to post in a reply to us',
    input: agreed.extend({
      network: z.string().max(50),
      handle: z.string().trim().max(200).describe('Empty: the account that the invitation is for'),
    }),
    output: started.extend({ code: z.string() }),
  }),
  proveSite: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/site',
    summary: 'A personal address that a page of a site has to link to with rel="me"',
    input: agreed.extend({ address: z.string().max(500) }),
    output: started.extend({ place: z.string() }),
  }),
  proveProfile: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/profile',
    summary: 'A personal address that a profile of the fediverse has to carry among its fields',
    input: agreed.extend({ account: z.string().max(300) }),
    output: started.extend({ place: z.string() }),
  }),
  proveDomainHandle: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/domain-handle',
    summary: 'A Bluesky account whose handle is a site that was proven before',
    input: agreed.extend({ handle: z.string().max(254) }),
    output: started,
  }),
  proveBySignIn: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/sign-in',
    summary: 'The address at which a provider asks the customer to sign in',
    input: agreed.extend({ workspace: slug, issuerId: id }),
    output: started.extend({ address: z.string() }),
  }),
  enterCode: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/{proofId}/code',
    summary: 'Enters a code that was sent; five tries',
    input: z.object({ proofId: id, code: z.string().max(40) }),
    output: z.object({ outcome: z.enum(['proven', 'before-staff']) }),
  }),
  look: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/{proofId}/look',
    summary: 'Looks whether the page or profile links to the personal address by now',
    input: z.object({ proofId: id }),
    output: z.object({ outcome: z.enum(['proven', 'before-staff', 'not-linked', 'unreadable']) }),
  }),
  signedIn: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/proofs/signed-in',
    summary: 'What the provider sent the browser back with',
    input: z.object({ workspace: slug, answer: z.string().max(4_000) }),
    output: z.object({ outcome: z.enum(['proven', 'before-staff']) }),
  }),
  giveUp: procedure({
    allow: 'customer',
    method: 'DELETE',
    path: '/portal/proofs/{proofId}',
    summary: 'Gives up an attempt',
    input: z.object({ proofId: id }),
    output: nothing,
  }),
  cut: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/connections/{authorId}/cut',
    summary: 'Cuts an address or account that this visit proved off, at once; any other is refused: cut-needs-proof',
    input: agreed.extend({ authorId: id }),
    output: nothing,
  }),
  download: procedure({
    allow: 'customer',
    method: 'GET',
    path: '/portal/copy',
    summary: 'What the page shows and what was agreed to in this visit, as data',
    input: nothing,
    output: z.object({
      brand: z.string(),
      madeAt: z.date(),
      connections: z.array(connectionSchema.omit({ authorId: true })),
      statements: z.array(
        z.object({ purpose: z.string(), given: z.boolean(), text: z.string(), language: z.string(), at: z.date() }),
      ),
    }),
  }),
  orderCopy: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/everything',
    summary:
      'Orders the copy of everything that is kept about the person; refused unless all of it was proven in this visit',
    input: z.object({ language }),
    output: nothing,
  }),
  takeCopy: procedure({
    allow: 'customer',
    method: 'GET',
    path: '/portal/everything',
    summary: 'That copy, as a ZIP: a page to read and the same as JSON',
    input: nothing,
    output: z.file(),
  }),
  askAccess: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/access',
    summary: 'Asks for a copy of everything that is kept about the person',
    input: agreed,
    output: nothing,
  }),
  askErasure: procedure({
    allow: 'customer',
    method: 'POST',
    path: '/portal/erasure',
    summary: 'Asks for the erasure of what is kept about the person',
    input: agreed,
    output: nothing,
  }),
}
