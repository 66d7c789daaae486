/**
 * Direct messages: chat.bsky.convo, reached through the account's own server. A conversation of two accounts is one thread for
 * ever. The log says what happened since a revision; where the app password may not read messages (it has to be made with
 * that right), or the server knows no message service, only posts are heard, and it is tried again after a while. A revision
 * that the service no longer knows is given up: what was said lately is read again, and what lies before that is a gap.
 */
import { type AtpAgent, ChatBskyConvoDefs, XRPCError } from '@atproto/api'
import type {
  Cursor,
  HeardAuthor,
  HeardBatch,
  HeardItem,
  OutgoingPost,
  PrivateCapabilities,
  PublishedPost,
} from '../connector.ts'
import { authorByDid, authorByProfile } from './author.ts'
import { FailureError } from './failure.ts'
import { NETWORK } from './record.ts'
import type { BlueskySettings } from './settings.ts'

const SERVICE = { headers: { 'atproto-proxy': 'did:web:api.bsky.chat#bsky_chat' } }
const MESSAGE_GRAPHEMES_MAX = 1_000
const CONVOS_AT_BEGINNING = 50
const MESSAGES_AT_BEGINNING = 100
/** Older messages are history when an account is new here. */
const FIRST_DAYS = 7
const CLOSED_MS = 60 * 60_000
const PREFIX = 'message:'

/** The service takes a message once for each call, and knows no key of ours: after doubt a person has to look. */
export const PRIVATE: PrivateCapabilities = {
  kind: 'network',
  begins: true,
  replyWindowHours: null,
  findsByKey: false,
  textCharactersMax: MESSAGE_GRAPHEMES_MAX,
  pictures: null,
}
const rootOf = (convoId: string): string => `${PREFIX}${convoId}`
const convoIn = (externalId: string | undefined): string | null =>
  externalId?.startsWith(PREFIX) ? (externalId.slice(PREFIX.length).split('/')[0] ?? null) : null

/** Adds what was said in messages to a batch of posts. That messages cannot be had takes nothing from the posts. */
export async function withMessages(
  agent: AtpAgent,
  settings: BlueskySettings,
  batch: HeardBatch,
  cursor: Cursor,
  now: Date,
  signal: AbortSignal,
): Promise<HeardBatch> {
  const closedUntil = Number(cursor?.['messages.closedUntil'] ?? 0)
  const place = placeOf(cursor)
  const keep = (more: NonNullable<Cursor>) => ({ ...batch, cursor: { ...batch.cursor, ...more } })
  const kept: NonNullable<Cursor> = place === null ? {} : cursorAt(place)
  if (closedUntil > now.getTime()) return keep({ ...kept, 'messages.closedUntil': closedUntil })
  try {
    const heard =
      place === null ? await begin(agent, settings, now, signal) : await follow(agent, settings, place, now, signal)
    const at = heard.more ? (place?.at ?? now.getTime()) : now.getTime()
    const more = keep(cursorAt({ rev: heard.rev, at, anewAt: heard.anewAt ?? place?.anewAt ?? 0 }))
    const gap = heard.gap ? { gap: heard.gap } : {}
    return { ...more, ...gap, items: [...batch.items, ...heard.items], more: batch.more || heard.more }
  } catch (error) {
    // A session that ended is renewed by the caller, who then asks again.
    if (!(error instanceof XRPCError) || error.error === 'ExpiredToken') throw error
    // Refused for good: no such right, no such service. Anything else is a bad day, and the next poll asks from the same place.
    const closed = error.status === 400 || error.status === 401 || error.status === 403 || error.status === 501
    return keep(closed ? { ...kept, 'messages.closedUntil': now.getTime() + CLOSED_MS } : kept)
  }
}

/** Where the log was left. */
interface Place {
  rev: string
  /** Everything up to then was heard. */
  at: number
  /** When it was last begun anew, because the service did not know the revision. */
  anewAt: number
}

function placeOf(cursor: Cursor): Place | null {
  const rev = cursor?.['messages.rev']
  const time = (key: string) => Number(cursor?.[`messages.${key}`] ?? 0)
  return typeof rev === 'string' ? { rev, at: time('at'), anewAt: time('anewAt') } : null
}

const cursorAt = ({ rev, at, anewAt }: Place): NonNullable<Cursor> => ({
  'messages.rev': rev,
  'messages.at': at,
  'messages.anewAt': anewAt,
})

interface HeardMessages {
  items: HeardItem[]
  rev: string
  more: boolean
  /** Everything that was said since then is among the items; absent: they follow on what was heard before. */
  since?: number
  anewAt?: number
  gap?: { from: Date; until: Date }
}

/** Goes on, or begins anew where the place is unknown; once an hour at most, because a server may refuse every place. */
async function follow(
  agent: AtpAgent,
  settings: BlueskySettings,
  place: Place,
  now: Date,
  signal: AbortSignal,
): Promise<HeardMessages> {
  try {
    return await goOn(agent, settings, place.rev, signal)
  } catch (error) {
    const unknown = error instanceof XRPCError && error.status === 400 && error.error !== 'ExpiredToken'
    if (!unknown || place.rev === '' || now.getTime() - place.anewAt < CLOSED_MS) throw error
    const heard = await begin(agent, settings, now, signal)
    const lost = place.at > 0 && heard.since !== undefined && heard.since > place.at
    const gap = lost ? { gap: { from: new Date(place.at), until: new Date(heard.since as number) } } : {}
    return { ...heard, ...gap, anewAt: now.getTime() }
  }
}

async function begin(
  agent: AtpAgent,
  settings: BlueskySettings,
  now: Date,
  signal: AbortSignal,
): Promise<HeardMessages> {
  const { data } = await agent.chat.bsky.convo.listConvos({ limit: CONVOS_AT_BEGINNING }, { ...SERVICE, signal })
  const since = now.getTime() - FIRST_DAYS * 86_400_000
  const items: HeardItem[] = []
  // Where a page was full, more may have been said before its oldest.
  let heardSince = since
  const isFull = (said: readonly unknown[], sizeMax: number, oldest: string | undefined) => {
    if (said.length >= sizeMax && oldest) heardSince = Math.max(heardSince, Date.parse(oldest))
  }
  const lastSaid = data.convos.flatMap(({ lastMessage }) =>
    ChatBskyConvoDefs.isMessageView(lastMessage) ? lastMessage.sentAt : [],
  )
  isFull(data.convos, CONVOS_AT_BEGINNING, lastSaid.toSorted()[0])
  for (const convo of data.convos) {
    const { lastMessage } = convo
    if (!ChatBskyConvoDefs.isMessageView(lastMessage) || Date.parse(lastMessage.sentAt) < since) continue
    const told = await agent.chat.bsky.convo.getMessages(
      { convoId: convo.id, limit: MESSAGES_AT_BEGINNING },
      { ...SERVICE, signal },
    )
    const authors = authorsOf(convo.members, settings)
    const views = told.data.messages.filter((message) => ChatBskyConvoDefs.isMessageView(message))
    isFull(told.data.messages, MESSAGES_AT_BEGINNING, views.at(-1)?.sentAt)
    for (const message of told.data.messages.toReversed())
      if (ChatBskyConvoDefs.isMessageView(message) && Date.parse(message.sentAt) >= since)
        items.push(heardMessage(agent, convo.id, message, authors, settings))
  }
  const revs = data.convos.map(({ rev }) => rev)
  return { items, rev: revs.sort().at(-1) ?? '', more: false, since: heardSince }
}

async function goOn(
  agent: AtpAgent,
  settings: BlueskySettings,
  rev: string,
  signal: AbortSignal,
): Promise<HeardMessages> {
  const { data } = await agent.chat.bsky.convo.getLog(rev === '' ? {} : { cursor: rev }, { ...SERVICE, signal })
  const items = data.logs.flatMap((log): HeardItem[] => {
    if (!ChatBskyConvoDefs.isLogCreateMessage(log) || !ChatBskyConvoDefs.isMessageView(log.message)) return []
    const authors = authorsOf(log.relatedProfiles ?? [], settings)
    return [heardMessage(agent, log.convoId, log.message, authors, settings)]
  })
  const next = data.cursor ?? rev
  return { items, rev: next, more: data.logs.length > 0 && next !== rev }
}

const authorsOf = (
  profiles: readonly { did: string; handle: string; displayName?: string; avatar?: string }[],
  settings: BlueskySettings,
): Map<string, HeardAuthor> => new Map(profiles.map((profile) => [profile.did, authorByProfile(profile, settings)]))

function heardMessage(
  agent: AtpAgent,
  convoId: string,
  message: ChatBskyConvoDefs.MessageView,
  authors: Map<string, HeardAuthor>,
  settings: BlueskySettings,
): HeardItem {
  const { did } = message.sender
  return {
    kind: 'post',
    post: {
      network: NETWORK,
      scope: '',
      externalId: `${rootOf(convoId)}/${message.id}`,
      reference: null,
      author: authors.get(did) ?? authorByDid(did, settings),
      title: null,
      text: message.text,
      url: null,
      publishedAt: new Date(message.sentAt),
      editedAt: null,
      language: null,
      parent: null,
      root: { externalId: rootOf(convoId), reference: null },
      media: [],
      links: [],
      mentions: [],
      site: null,
      addressed: did !== agent.assertDid,
      visibility: 'private',
    },
  }
}

/** Into the thread of what is answered, or to an account that has not written yet. The service knows no key of ours. */
export async function sendMessage(agent: AtpAgent, post: OutgoingPost, signal: AbortSignal): Promise<PublishedPost> {
  const text = post.text.trim()
  if (text === '') return refuse('the message is empty')
  if (post.media.length > 0) return refuse('messages take no images')
  const convoId = convoIn(post.root?.externalId ?? post.parent?.externalId) ?? (await convoWith(agent, post, signal))
  const { data } = await agent.chat.bsky.convo.sendMessage(
    { convoId, message: { text } },
    { ...SERVICE, signal, encoding: 'application/json' },
  )
  const root = { externalId: rootOf(convoId), reference: null }
  return { externalId: `${rootOf(convoId)}/${data.id}`, reference: null, url: null, root }
}

async function convoWith(agent: AtpAgent, { recipient }: OutgoingPost, signal: AbortSignal): Promise<string> {
  if (!recipient?.startsWith('did:')) return refuse('nobody to write to')
  const { data } = await agent.chat.bsky.convo.getConvoForMembers({ members: [recipient] }, { ...SERVICE, signal })
  return data.convo.id
}

function refuse(detail: string): never {
  throw new FailureError({ name: 'refused', detail })
}
