import { z } from 'zod'
import { id, nothing, page, pageOf } from './pages.ts'
import { procedure } from './procedure.ts'

export const SOURCE_STATES = ['active', 'paused', 'failing', 'needs-credentials', 'gone', 'over-budget'] as const
export const SOURCE_KEEPS = ['matches', 'everything'] as const

/** Named failures of networks (server/connectors/connector.ts). The web has a sentence for each name. */
const failureSchema = z.object({
  name: z.string(),
  until: z.date().nullable().describe('When the network will answer again, where it says so'),
  detail: z.string().describe('For operators; no content, no secrets'),
})

const settings = z.record(z.string(), z.unknown()).describe('As the network asks for them; discovery may complete them')
const credentials = z.record(z.string(), z.string().max(10_000))
const name = z.string().trim().min(1).max(200)
const network = z.string().min(1).max(50)

const sourceSchema = z.object({
  sourceId: id,
  network: z.string(),
  name: z.string(),
  settings,
  hasCredentials: z.boolean(),
  hears: z.enum(['poll', 'stream', 'none']),
  speaks: z.boolean(),
  keeps: z
    .enum(SOURCE_KEEPS)
    .describe('matches: what a topic asks for and what was said to us; everything: every post of this source'),
  ownAuthorId: id.nullable(),
  state: z.enum(SOURCE_STATES),
  dueAt: z.date().nullable(),
  lastSuccessAt: z.date().nullable(),
  lastHeardAt: z.date().nullable(),
  lagSeconds: z.number().nullable().describe('How far behind what was heard last is; null while nothing was heard'),
  silentSince: z.date().nullable().describe('Heard without fault, but silent for longer than it ever was'),
  failure: failureSchema.extend({ at: z.date() }).nullable(),
  failures: z.number().int().describe('In a row'),
  heardCount: z.string(),
  keptCount: z.string(),
  createdAt: z.date(),
})

const sourcePath = z.object({ sourceId: id })

export const sources = {
  networks: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/networks',
    summary: 'Networks that can be heard, and what each one needs',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          network: z.string(),
          needs: z
            .enum(['nothing', 'key', 'approval'])
            .describe('nothing: hears today; key: needs your key; approval: needs the approval of the network'),
          hears: z.enum(['poll', 'stream', 'none']),
          speaks: z.boolean(),
        }),
      ),
      notYet: z
        .array(z.object({ network: z.string(), asks: z.enum(['nothing', 'key', 'approval', 'closed']) }))
        .describe(
          'Asked for often, but without a connector in this version, and what each will ask for; closed: no way in',
        ),
    }),
  }),
  list: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/sources',
    summary: 'Sources of the workspace with their health',
    input: nothing,
    output: z.object({ items: z.array(sourceSchema) }),
  }),
  get: procedure({
    allow: 'sources.read',
    method: 'GET',
    path: '/sources/{sourceId}',
    summary: 'One source',
    input: sourcePath,
    output: sourceSchema,
  }),
  check: procedure({
    allow: 'sources.manage',
    reachesOut: true,
    method: 'POST',
    path: '/sources/check',
    summary: 'Tries a source before it is made: finds the feed behind a page, signs in to an account',
    input: z.object({ network, settings, credentials: credentials.optional() }),
    output: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        name: z.string(),
        settings,
        account: z
          .object({ handle: z.string().nullable(), name: z.string().nullable(), avatarUrl: z.string().nullable() })
          .nullable(),
      }),
      z.object({ ok: z.literal(false), failure: failureSchema }),
    ]),
  }),
  create: procedure({
    allow: 'sources.manage',
    reachesOut: true,
    method: 'POST',
    path: '/sources',
    summary: 'A new source; checked first, refused when the workspace has it already',
    input: z.object({
      network,
      name: name.optional().describe('Absent: as the network calls it'),
      settings,
      credentials: credentials.optional(),
      keeps: z.enum(SOURCE_KEEPS).default('matches'),
    }),
    output: z.object({ sourceId: id }),
  }),
  update: procedure({
    allow: 'sources.manage',
    reachesOut: true,
    method: 'PATCH',
    path: '/sources/{sourceId}',
    summary: 'Name, what is kept, and new credentials, which are checked first',
    input: sourcePath.extend({
      name: name.optional(),
      keeps: z.enum(SOURCE_KEEPS).optional(),
      credentials: credentials.optional(),
    }),
    output: nothing,
  }),
  pause: procedure({
    allow: 'sources.manage',
    method: 'POST',
    path: '/sources/{sourceId}/pause',
    summary: 'Stops hearing until resumed',
    input: sourcePath,
    output: nothing,
  }),
  resume: procedure({
    allow: 'sources.manage',
    method: 'POST',
    path: '/sources/{sourceId}/resume',
    summary: 'Hears again, from where it stopped',
    input: sourcePath,
    output: nothing,
  }),
  pollNow: procedure({
    allow: 'sources.manage',
    method: 'POST',
    path: '/sources/{sourceId}/poll',
    summary: 'Makes the source due at once',
    input: sourcePath,
    output: nothing,
  }),
  remove: procedure({
    allow: 'sources.manage',
    method: 'DELETE',
    path: '/sources/{sourceId}',
    summary: 'Stops for good and forgets the credentials; posts stay as long as their retention says',
    input: sourcePath,
    output: nothing,
  }),
  streams: procedure({
    allow: 'health.read',
    method: 'GET',
    path: '/streams',
    summary: 'Network streams of the installation',
    input: nothing,
    output: z.object({
      items: z.array(
        z.object({
          name: z.string(),
          connectedAt: z.date().nullable(),
          lastItemAt: z.date().nullable(),
          lagSeconds: z.number().nullable(),
          heardCount: z.string(),
          keptCount: z.string(),
          failure: z.object({ name: z.string(), at: z.date() }).nullable(),
        }),
      ),
    }),
  }),
  quarantine: procedure({
    allow: 'sources.manage',
    method: 'GET',
    path: '/quarantine',
    summary: 'Input that could not be read, with the reason, newest first',
    input: page.extend({ sourceId: id.optional() }),
    output: pageOf(
      z.object({
        quarantineId: id,
        sourceId: id.nullable(),
        receivedAt: z.date(),
        reason: z.string(),
        raw: z
          .string()
          .nullable()
          .describe(
            'As received, at most 4,000 characters; null: it may be private, and the inbox of its source is not open to the caller',
          ),
      }),
    ),
  }),
}
