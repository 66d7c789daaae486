import { z } from 'zod'
import { STORM_LANGUAGES, STORM_SCRIPTS, type StormInput } from '../seeds/index.ts'
import type { AccountStatus } from './changes.ts'
import type { Fault, StreamFaults } from './faults.ts'
import type { TakesMessages } from './messages.ts'
import type { ToldStormPost } from './storm.ts'

/** What a director may do with the twin, in process or by `POST /_twin/<name>` with a JSON body. */
export interface Control {
  /** Makes an account; says how to sign in as it. */
  account(who: { handle: string; name?: string; bio?: string; password?: string; followers?: number }): { did: string }
  post(said: {
    by: string
    text: string
    language?: string
    answers?: string
    quotes?: string
    image?: { base64: string; mediaType: string; alt: string; width: number; height: number }
    /** The film that the twin makes. */
    film?: { alt: string }
  }): { uri: string; cid: string }
  /** Writes over a post under its own address, as some clients do (an update on the stream). */
  edit(what: { uri: string; text: string }): { uri: string; cid: string }
  remove(what: { uri: string }): { removed: boolean }
  /** One account writes to another alone. */
  message(what: { from: string; to: string; text: string }): { id: string }
  /** From whom an account takes messages; from everybody as long as nothing was said. */
  takesMessages(what: { account: string; from: TakesMessages }): { from: TakesMessages }
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
  /** Many speak to one account for a while; an account of that handle is there. */
  storm(storm: StormInput): { posts: number }
  /** What storms said, from the given post on. */
  stormTold(what: { from: number }): { posts: readonly ToldStormPost[] }
  endStorms(): { ended: true }
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
  account: z.object({
    handle: text,
    name: text.optional(),
    bio: text.optional(),
    password: text.optional(),
    followers: z.int().optional(),
  }),
  post: z.object({
    by: text,
    text,
    language: text.optional(),
    answers: text.optional(),
    quotes: text.optional(),
    image: image.optional(),
    film: z.object({ alt: z.string() }).optional(),
  }),
  edit: z.object({ uri: text, text }),
  remove: z.object({ uri: text }),
  message: z.object({ from: text, to: text, text }),
  takesMessages: z.object({ account: text, from: z.enum(['all', 'following', 'none']) }),
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
  storm: z.object({
    script: z.enum(STORM_SCRIPTS),
    brand: z.string().min(1).max(80),
    account: text,
    languages: z.array(z.enum(STORM_LANGUAGES)).min(1),
    posts: z.int().min(1).max(2_000),
    seconds: z.number().min(0).max(86_400),
    seed: z.int(),
  }),
  stormTold: z.object({ from: z.int().min(0) }),
  endStorms: z.object({}),
  advance: z.object({ count: z.int().min(1).max(1_000) }),
  speed: z.object({ speed: z.number().min(0).max(10_000) }),
}

export class ControlError extends Error {}
