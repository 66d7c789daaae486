/**
 * A draft by a language model outside, for workspaces that set one up. It is asked with what stands in public, without what
 * is personal in it; what it answers is a draft that somebody reads, changes and sends, and that the policy judges like any
 * other text. Between the two transactions nothing of ours is held.
 */
import { sql } from 'kysely'
import { z } from 'zod'
import type { DraftingFailure } from '../../../contract/inbox-suggested.ts'
import { ANSWER_CHARACTERS_MAX } from '../../../contract/publishing.ts'
import { readWorkspace } from '../../accounts/index.ts'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, Upstream } from '../../platform/errors.ts'
import { fetchOutside, outboundUserAgent } from '../../platform/outbound.ts'
import type { OutboundFailure } from '../../platform/outbound-failure.ts'
import type { Services } from '../../platform/services.ts'
import { requireConversation } from '../conversation.ts'
import { type DraftingModel, readModel } from './model.ts'
import { BLANK, redact } from './redaction.ts'

const POSTS_SENT_MAX = 10
const POST_CHARACTERS_MAX = 1_000
const TIMEOUT_MS = 30_000
const ANSWER_BYTES_MAX = 256 * 1024
const TOKENS_MAX = 800

export interface Prompt {
  model: DraftingModel
  messages: { role: 'system' | 'user'; content: string }[]
  /** Pieces that were taken out. */
  removed: number
}

export async function promptFor(services: Services, tx: WorkspaceTransaction, conversationId: string): Promise<Prompt> {
  const conversation = await requireConversation(tx, conversationId)
  const model = await readModel(services, tx)
  if (!model) throw new Invalid('drafting-off')
  const posts = await publicPosts(tx, conversationId)
  const authors = await authorBriefs(tx, [...new Set(posts.map((post) => post.authorId))])
  const names = [...authors.values()].filter(({ own }) => !own).flatMap(({ name, handle }) => [name, handle])
  const lines = posts.map((post) => ({
    who: post.direction === 'out' ? 'We' : 'Customer',
    ...redact(post.text.slice(0, POST_CHARACTERS_MAX), post.language, names),
  }))
  const { brand } = await readWorkspace(tx)
  const rules = [
    `You draft a public answer of the customer service of ${brand}.`,
    `Write in the language with the code ${conversation.language ?? posts.at(-1)?.language ?? 'en'}.`,
    `State no fact, price, date or promise that does not stand in the conversation: write ${BLANK} where a colleague has to fill one in.`,
    'Ask for nothing personal in public. Give the text of the answer alone.',
  ]
  return {
    model,
    messages: [
      { role: 'system', content: [...rules, model.instruction].filter(Boolean).join('\n') },
      { role: 'user', content: lines.map(({ who, text }) => `${who}: ${text}`).join('\n\n') },
    ],
    removed: lines.reduce((sum, line) => sum + line.removed, 0),
  }
}

export const hostOf = ({ address }: DraftingModel): string => new URL(address).host

async function publicPosts(tx: WorkspaceTransaction, conversationId: string) {
  const { rows } = await sql<{ text: string; direction: 'in' | 'out'; language: string | null; authorId: string }>`
    select p.text, cp.direction, p.language, p.author_id as "authorId" from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversationId} and p.deleted_at is null
      and p.visibility = 'public'
    order by cp.published_at desc, cp.post_id desc limit ${POSTS_SENT_MAX}`.execute(tx.sql)
  return rows.toReversed()
}

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable() }) })).min(1),
})

/** Throws Upstream with the named failure. */
export async function askModel(services: Services, { model, messages }: Prompt): Promise<string> {
  const answer = await fetchOutside(`${model.address}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: model.model, messages, max_tokens: TOKENS_MAX }),
    headers: {
      'content-type': 'application/json',
      ...(model.apiKey === null ? {} : { authorization: `Bearer ${model.apiKey}` }),
    },
    timeoutMs: TIMEOUT_MS,
    bytesMax: ANSWER_BYTES_MAX,
    redirectsMax: 0,
    userAgent: outboundUserAgent(services.config.publicUrl),
    allowPrivate: services.config.allowPrivate,
  })
  if (!answer.ok) throw failed(FAILURES[answer.failure.name])
  const { status, body } = answer.value
  if (status === 401 || status === 403) throw failed('credentials')
  if (status === 429) throw failed('rate-limited')
  if (status < 200 || status >= 300) throw failed('refused')
  const read = answerSchema.safeParse(parsed(Buffer.from(body).toString('utf8')))
  if (!read.success) throw failed('unreadable')
  const text = (read.data.choices[0]?.message.content ?? '').trim().slice(0, ANSWER_CHARACTERS_MAX)
  if (text === '') throw failed('empty')
  return text
}

export const recordDrafting = (tx: WorkspaceTransaction, conversationId: string, host: string): void =>
  tx.record({ type: 'drafting.asked', subjects: { conversationId }, codes: { host } })

const FAILURES: Record<OutboundFailure['name'], DraftingFailure> = {
  'bad-address': 'forbidden-address',
  'forbidden-address': 'forbidden-address',
  unreachable: 'unreachable',
  'timed-out': 'timed-out',
  aborted: 'timed-out',
  'too-large': 'too-large',
  unreadable: 'unreadable',
  'too-many-redirects': 'refused',
}
const failed = (failure: DraftingFailure): Upstream => new Upstream('drafting-failed', { failure })

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
