import { z } from 'zod'
import type { AccountStatus } from './changes.ts'
import { say } from './compose.ts'
import { didFor } from './content-id.ts'
import type { Fault, StreamFaults } from './faults.ts'
import type { Twin } from './twin.ts'
import { POST, type StoredRecord } from './world.ts'

/** What a director may do with the twin, in process or by `POST /_twin/<name>` with a JSON body. */
export interface Control {
  /** Makes an account; says how to sign in as it. */
  account(who: { handle: string; name?: string; password?: string; followers?: number }): { did: string }
  post(said: {
    by: string
    text: string
    language?: string
    answers?: string
    quotes?: string
    image?: { base64: string; mediaType: string; alt: string; width: number; height: number }
  }): { uri: string; cid: string }
  /** Writes over a post under its own address, as some clients do (an update on the stream). */
  edit(what: { uri: string; text: string }): { uri: string; cid: string }
  remove(what: { uri: string }): { removed: boolean }
  status(what: { account: string; status: AccountStatus }): { did: string }
  rename(what: { account: string; handle: string }): { did: string }
  article(what: {
    site: string
    id: string
    html: string
    title?: string
    author?: string
    language?: 'de' | 'nl' | 'en'
  }): { id: string }
  removeArticle(what: { site: string; id: string }): { id: string }
  fault(fault: Fault): { armed: true }
  clearFaults(): { armed: false }
  streamFaults(faults: Partial<StreamFaults>): StreamFaults
  cutStreams(): { cut: number }
  /** Sends bytes down every stream as they are: malformed events. */
  sendRaw(what: { frame: string }): { listeners: number }
  /** Access tokens expire now; with `sessions` only the app password helps. */
  expireTokens(what?: { sessions?: boolean }): { expired: true }
  /** The app password stops working, and with it every session. */
  revokePassword(what: { account: string }): { did: string }
  incident(what: { key: string }): { events: number }
  advance(what: { count: number }): { told: number }
  speed(what: { speed: number }): { speed: number }
}

const text = z.string().min(1).max(100_000)
const statuses = ['active', 'deactivated', 'takendown', 'suspended', 'deleted'] as const
const faultKinds = ['rate-limit', 'server-error', 'cut-before', 'cut-after', 'half-answer', 'garbage', 'slow'] as const
const image = z.object({
  base64: text.max(2_000_000),
  mediaType: text,
  alt: z.string(),
  width: z.int(),
  height: z.int(),
})

/** What may come over HTTP. */
export const controlInputs: Record<keyof Control, z.ZodType> = {
  account: z.object({ handle: text, name: text.optional(), password: text.optional(), followers: z.int().optional() }),
  post: z.object({
    by: text,
    text,
    language: text.optional(),
    answers: text.optional(),
    quotes: text.optional(),
    image: image.optional(),
  }),
  edit: z.object({ uri: text, text }),
  remove: z.object({ uri: text }),
  status: z.object({ account: text, status: z.enum(statuses) }),
  rename: z.object({ account: text, handle: text }),
  article: z.object({
    site: text,
    id: z.string().regex(/^[\w-]{1,80}$/),
    html: text,
    title: text.optional(),
    author: text.optional(),
    language: z.enum(['de', 'nl', 'en']).optional(),
  }),
  removeArticle: z.object({ site: text, id: text }),
  fault: z.object({
    kind: z.enum(faultKinds),
    path: z.string().optional(),
    method: z.enum(['GET', 'POST']).optional(),
    times: z.int().min(1).max(10_000).optional(),
    status: z.int().min(400).max(599).optional(),
    retryAfterSeconds: z.int().min(0).optional(),
    delayMs: z.int().min(0).optional(),
  }),
  clearFaults: z.object({}),
  streamFaults: z.object({ duplicates: z.boolean().optional(), disorder: z.boolean().optional() }),
  cutStreams: z.object({}),
  sendRaw: z.object({ frame: z.string().max(2_000_000) }),
  expireTokens: z.object({ sessions: z.boolean().optional() }),
  revokePassword: z.object({ account: text }),
  incident: z.object({ key: text }),
  advance: z.object({ count: z.int().min(1).max(1_000) }),
  speed: z.object({ speed: z.number().min(0).max(10_000) }),
}

export class ControlError extends Error {}

export function controlOf({
  world,
  player,
  faults,
  streamFaults,
  jetstream,
  tokens,
}: Omit<Twin, 'control' | 'stop' | 'urls'>): Control {
  const accountOf = (actor: string) => world.accountOf(actor) ?? fail(`no account ${actor}`)
  const recordOf = (uri: string): StoredRecord => world.records.get(uri) ?? fail(`no record ${uri}`)
  return {
    account: ({ handle, name = handle, password = null, followers = 0 }) => {
      if (world.accountOf(handle) !== undefined) fail(`the handle ${handle} is taken`)
      const did = didFor(handle)
      const account = { did, handle: handle.toLowerCase(), name, bio: '', password, avatarCid: null, followers }
      world.apply({ kind: 'account', ...account, at: world.now() })
      return { did }
    },
    post: ({ by, image: picture, ...said }) => {
      const loaded = picture && { ...picture, bytes: Buffer.from(picture.base64, 'base64') }
      const { uri, cid } = say(world, accountOf(by).did, { ...said, image: loaded })
      return { uri, cid }
    },
    edit: ({ uri, text: words }) => {
      const { did, rkey, value } = recordOf(uri)
      const { facets, ...rest } = value
      return { uri, cid: world.writeRecord(did, POST, rkey, { ...rest, text: words }).cid }
    },
    remove: ({ uri }) => {
      const { did, collection, rkey } = recordOf(uri)
      return { removed: world.deleteRecord(did, collection, rkey) }
    },
    status: ({ account, status }) => {
      const { did } = accountOf(account)
      world.apply({ kind: 'status', did, status, at: world.now() })
      return { did }
    },
    rename: ({ account, handle }) => {
      const { did } = accountOf(account)
      world.apply({ kind: 'handle', did, handle: handle.toLowerCase(), at: world.now() })
      return { did }
    },
    article: ({ site, id, html, title, author = 'Redaktion', language = 'de' }) => {
      const at = world.now()
      const before = world.articles.get(site)?.get(id)
      const article = {
        id,
        title: title ?? before?.title ?? id,
        html,
        author: before?.author ?? author,
        parentId: before?.parentId ?? null,
        stars: before?.stars ?? null,
        language: before?.language ?? language,
        publishedAt: before?.publishedAt ?? at,
        updatedAt: at,
      }
      world.apply({ kind: 'article', site, article, at })
      return { id }
    },
    removeArticle: ({ site, id }) => {
      world.apply({ kind: 'article-deleted', site, id, at: world.now() })
      return { id }
    },
    fault: (fault) => {
      faults.arm(fault)
      return { armed: true }
    },
    clearFaults: () => {
      faults.clear()
      Object.assign(streamFaults, { duplicates: false, disorder: false })
      return { armed: false }
    },
    streamFaults: (wanted) => Object.assign(streamFaults, wanted),
    cutStreams: () => {
      const cut = jetstream.listeners()
      jetstream.cut()
      return { cut }
    },
    sendRaw: ({ frame }) => {
      jetstream.sendRaw(frame)
      return { listeners: jetstream.listeners() }
    },
    expireTokens: ({ sessions = false } = {}) => {
      tokens.expire(sessions)
      return { expired: true }
    },
    revokePassword: ({ account }) => {
      const known = accountOf(account)
      known.password = null
      tokens.expire(true)
      return { did: known.did }
    },
    incident: ({ key }) => ({ events: player.startIncident(key) ?? fail(`no incident ${key}`) }),
    advance: ({ count }) => {
      player.advance(count)
      return { told: count }
    },
    speed: ({ speed }) => {
      player.setSpeed(speed)
      return { speed: player.speed }
    },
  }
}

function fail(message: string): never {
  throw new ControlError(message)
}
