/**
 * A letter goes out once. Before it is handed to the sending server, it is put into the sent folder as a draft, under the
 * Message-ID that belongs to its network key; afterwards it is a draft no more. So the folder says after a crash what
 * happened: nothing there, nothing went out; no draft, it went out; a draft, and only a person can find out.
 */
import { Readable } from 'node:stream'
import type { ImapFlow } from 'imapflow'
import { createTransport } from 'nodemailer'
import type { Connection, Outcome, OutgoingPost, PublishedPost } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { failureOf, MailFailure } from './failure.ts'
import { domainOf } from './letter.ts'
import { inMailbox } from './mailbox.ts'
import { checkedAddress } from './server-address.ts'
import { credentialsOf, settingsOf } from './settings.ts'

const CONNECT_MS_MAX = 10_000
const SILENCE_MS_MAX = 20_000
const SUBJECT_CHARACTERS_MAX = 250
/** After "not now" (4xx): grey lists let through after some minutes. */
const LATER_MS = 3 * 60_000
const DRAFT = '\\Draft'
const ADDRESS = /^[^\s<>()[\],;:\\"@]+@[^\s<>()[\],;:\\"@]+$/

export const messageIdOf = (networkKey: string, ownAddress: string): string => `${networkKey}@${domainOf(ownAddress)}`

const published = (externalId: string): PublishedPost => ({ externalId, reference: null, url: null })

export async function sendLetter(
  outside: Outside,
  connection: Connection,
  post: OutgoingPost,
  signal: AbortSignal,
): Promise<Outcome<PublishedPost>> {
  const settings = settingsOf(connection)
  const id = messageIdOf(post.networkKey, settings.address)
  const letter = await compose(connection, post, id)
  if (!letter.ok) return letter
  const begun = await inMailbox(outside, connection, signal, (client) =>
    begin(client, settings.sentFolder, id, letter.value.raw),
  )
  if (!begun.ok) return begun
  if (begun.value === 'sent') return { ok: true, value: published(id) }
  const sent = await handOver(outside, connection, letter.value, signal)
  // Whatever becomes of this visit: what was said of the sending stands.
  if (sent === 'sent') {
    await inMailbox(outside, connection, signal, (client) => settle(client, settings.sentFolder, id, 'sent'))
    return { ok: true, value: published(id) }
  }
  if (sent.certain)
    await inMailbox(outside, connection, signal, (client) => settle(client, settings.sentFolder, id, 'not-sent'))
  return { ok: false, failure: sent.failure }
}

export async function findLetter(
  client: ImapFlow,
  sentFolder: string,
  id: string,
): Promise<PublishedPost | null | 'undecidable'> {
  const found = await find(client, sentFolder, id)
  if (!found) return null
  return found.draft ? 'undecidable' : published(id)
}

interface Composed {
  raw: Buffer
  envelope: { from: string; to: string[] }
}

async function compose(connection: Connection, post: OutgoingPost, id: string): Promise<Outcome<Composed>> {
  const { address, name } = settingsOf(connection)
  const to = post.recipient ?? ''
  if (!ADDRESS.test(to)) return { ok: false, failure: { name: 'refused', detail: 'not one mail address' } }
  if (post.text.trim() === '') return { ok: false, failure: { name: 'refused', detail: 'the letter is empty' } }
  const subject = (post.title || name || address)
    .replace(/[\p{Cc}]/gu, ' ')
    .trim()
    .slice(0, SUBJECT_CHARACTERS_MAX)
  const references = [...new Set([post.root?.externalId, post.parent?.externalId])].filter((one) => one !== undefined)
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message } = await writer.sendMail({
    from: { name, address },
    to: { name: '', address: to },
    subject,
    text: post.text,
    messageId: `<${id}>`,
    date: post.createdAt,
    ...(post.parent && { inReplyTo: `<${post.parent.externalId}>` }),
    ...(references.length > 0 && { references: references.map((one) => `<${one}>`) }),
    attachments: post.media.map(({ bytes, mediaType, alt }, index) => ({
      content: Buffer.from(bytes),
      contentType: mediaType,
      filename: `${index + 1}.${mediaType.slice('image/'.length)}`,
      headers: { 'Content-Description': alt.replace(/[\p{Cc}]/gu, ' ').slice(0, 200) },
    })),
    headers: { 'X-Loop': address },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return { ok: true, value: { raw: message as Buffer, envelope: { from: address, to: [to] } } }
}

/** A draft that is there already: a person decided that it goes out again. */
async function begin(client: ImapFlow, sentFolder: string, id: string, raw: Buffer): Promise<'sent' | 'begun'> {
  const found = await find(client, sentFolder, id)
  if (found) return found.draft ? 'begun' : 'sent'
  await client.mailboxClose().catch(() => {})
  await client.append(sentFolder, raw, ['\\Seen', DRAFT])
  return 'begun'
}

async function settle(client: ImapFlow, sentFolder: string, id: string, end: 'sent' | 'not-sent'): Promise<void> {
  const found = await find(client, sentFolder, id)
  if (!found?.draft) return
  if (end === 'sent') await client.messageFlagsRemove(String(found.uid), [DRAFT], { uid: true })
  else await client.messageDelete(String(found.uid), { uid: true })
}

async function find(client: ImapFlow, sentFolder: string, id: string): Promise<{ uid: number; draft: boolean } | null> {
  const box = await client.mailboxOpen(sentFolder).catch(async (error: { responseStatus?: string }) => {
    if (error.responseStatus !== 'NO') throw error
    await client.mailboxCreate(sentFolder)
    return client.mailboxOpen(sentFolder)
  })
  if (box.exists === 0) return null
  const found = await client.search({ header: { 'message-id': id } }, { uid: true })
  const uids = found || []
  if (uids.length === 0) return null
  const letters = await client.fetchAll(uids.join(','), { uid: true, flags: true }, { uid: true })
  const drafts = letters.filter(({ flags }) => flags?.has(DRAFT))
  // A server that keeps what it sends by itself has put a second copy there: that one is no draft.
  const [first] = drafts.length === letters.length ? drafts : letters.filter(({ flags }) => !flags?.has(DRAFT))
  return first ? { uid: first.uid, draft: first.flags?.has(DRAFT) ?? false } : null
}

type NotSent = { failure: Extract<Outcome<never>, { ok: false }>['failure']; certain: boolean }

/** Certain: as long as the server did not ask for the body, and when it refused it in words. */
async function handOver(
  outside: Outside,
  connection: Connection,
  { raw, envelope }: Composed,
  signal: AbortSignal,
): Promise<'sent' | NotSent> {
  const { smtpHost: host, smtpPort: port, smtpSecurity: security } = settingsOf(connection)
  const { user, password } = credentialsOf(connection)
  let bodyAsked = false
  try {
    const { address } = await checkedAddress(outside, host, port, security)
    const transport = createTransport({
      host: address,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: { servername: host },
      auth: { user, pass: password },
      connectionTimeout: CONNECT_MS_MAX,
      greetingTimeout: CONNECT_MS_MAX,
      socketTimeout: SILENCE_MS_MAX,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    const body = Readable.from(
      (function* () {
        bodyAsked = true
        yield raw
      })(),
    )
    try {
      await transport.sendMail({ envelope, raw: body, signal })
      return 'sent'
    } finally {
      transport.close()
    }
  } catch (error) {
    return notSent(error, bodyAsked, outside.clock.now())
  }
}

function notSent(error: unknown, bodyAsked: boolean, now: Date): NotSent {
  const code = (error as { responseCode?: number }).responseCode ?? 0
  const failure = failureOf(error, now)
  if (failure === null || error instanceof MailFailure || failure.name === 'credentials-expired') {
    if (failure === null) throw error
    return { failure, certain: true }
  }
  if (code >= 500) return { failure: { name: 'refused', detail: failure.detail }, certain: true }
  if (code >= 400)
    return {
      failure: { name: 'rate-limited', until: new Date(now.getTime() + LATER_MS), detail: failure.detail },
      certain: true,
    }
  return { failure: { name: 'unreachable', detail: failure.detail }, certain: !bodyAsked }
}
