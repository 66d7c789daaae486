import type { Convo, Message, Messages } from '../messages.ts'
import type { World } from '../world.ts'
import { invalidRequest, XrpcFault } from './errors.ts'
import type { Views } from './views.ts'

type Json = Record<string, unknown>
const LOGS_AT_ONCE = 50

export interface Chat {
  world: World
  views: Views
  messages: Messages
}

/** chat.bsky.convo: reached through the data server, which is told by a header to pass it on to the message service. */
export function requireProxy(request: Request): void {
  if (request.headers.get('atproto-proxy') !== 'did:web:api.bsky.chat#bsky_chat')
    throw new XrpcFault(501, 'MethodNotImplemented', 'Method Not Implemented')
}

export function listConvos(chat: Chat, did: string): Json {
  return {
    convos: [...chat.messages.convos.values()]
      .filter(({ members }) => members.includes(did))
      .map((one) => view(chat, one, did)),
  }
}

export function getConvoForMembers(chat: Chat, did: string, query: URLSearchParams): Json {
  const [other] = query.getAll('members').filter((member) => member !== did)
  const account = chat.world.accounts.get(other ?? '')
  if (account?.status !== 'active') throw invalidRequest('recipient not found', 'RecipientNotFound')
  const takes = chat.messages.takes.get(account.did) ?? 'all'
  if (takes === 'none') throw invalidRequest('recipient has disabled incoming messages', 'MessagesDisabled')
  const known = chat.messages.between(did, account.did, false)
  if (takes === 'following' && !known)
    throw invalidRequest('recipient requires incoming messages to come from someone they follow', 'NotFollowedBySender')
  return { convo: view(chat, known ?? (chat.messages.between(did, account.did) as Convo), did) }
}

export function getMessages(chat: Chat, did: string, query: URLSearchParams): Json {
  const convo = convoOf(chat, did, query.get('convoId'))
  return { messages: convo.messages.toReversed().slice(0, 100).map(messageView) }
}

/** What happened after the cursor, oldest first; without one from the beginning. */
export function getLog(chat: Chat, did: string, query: URLSearchParams): Json {
  const after = query.get('cursor') ?? ''
  const own = chat.messages.log
    .filter(({ rev, convoId }) => rev > after && isMember(chat, did, convoId))
    .slice(0, LOGS_AT_ONCE)
  const types = { begin: 'logBeginConvo', create: 'logCreateMessage', delete: 'logDeleteMessage' }
  const logs = own.map(({ rev, kind, convoId, message }) => ({
    $type: `chat.bsky.convo.defs#${types[kind]}`,
    rev,
    convoId,
    ...(message && { message: messageView(message), relatedProfiles: profilesOf(chat, convoId) }),
  }))
  return { cursor: own.at(-1)?.rev ?? after, logs }
}

export function sendMessage(chat: Chat, did: string, body: Json): Json {
  const convo = convoOf(chat, did, String(body.convoId))
  const text = String((body.message as Json | undefined)?.text ?? '')
  if (text === '' || [...new Intl.Segmenter('en').segment(text)].length > 1_000)
    throw invalidRequest('Error: message/text must not be longer than 1000 graphemes')
  return messageView(chat.messages.say(convo, did, text, chat.world.now()))
}

const isMember = ({ messages }: Chat, did: string, convoId: string): boolean =>
  messages.convos.get(convoId)?.members.includes(did) ?? false

function convoOf(chat: Chat, did: string, convoId: string | null): Convo {
  const convo = chat.messages.convos.get(convoId ?? '')
  if (!convo?.members.includes(did)) throw invalidRequest('convo not found', 'InvalidConvo')
  return convo
}

function profilesOf({ messages, world, views }: Chat, convoId: string): Json[] {
  return (messages.convos.get(convoId)?.members ?? []).flatMap((did) => {
    const account = world.accounts.get(did)
    return account ? [views.profile(account)] : []
  })
}

const view = (chat: Chat, convo: Convo, did: string): Json => ({
  id: convo.id,
  rev: convo.messages.at(-1)?.rev ?? chat.messages.log.find(({ convoId }) => convoId === convo.id)?.rev ?? '',
  members: profilesOf(chat, convo.id),
  muted: false,
  status: 'accepted',
  unreadCount: convo.messages.filter(({ sender }) => sender !== did).length,
  ...(convo.messages.length > 0 && { lastMessage: messageView(convo.messages.at(-1) as Message) }),
})

const messageView = ({ id, rev, text, sender, sentAt }: Message): Json => ({
  $type: 'chat.bsky.convo.defs#messageView',
  id,
  rev,
  text,
  sender: { did: sender },
  sentAt,
})
