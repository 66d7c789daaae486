/**
 * What was attached to a letter stays in the mailbox. A post names it by an address like those of RFC 2392: mid:, the Message-ID,
 * and its place among the letter's attachments, because most of them have no Content-ID.
 */
import type { ImapFlow } from 'imapflow'
import type { Attachment, ParsedMail } from 'mailparser'
import type { Connection, HeardMedia, Outcome } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { inMailbox, LETTER_BYTES_MAX, openFolder } from './mailbox.ts'
import { parseLetter } from './parsing.ts'
import { settingsOf } from './settings.ts'
import { readOn, WHOLE_BYTES_MAX } from './whole-letter.ts'

const ATTACHED_MAX = 20
const NAME_CHARACTERS_MAX = 200
/** What a letter shows amid its words is a screenshot from this size on; smaller ones are signatures and signs. */
const SHOWN_AMID_BYTES_MIN = 20_000
/** What browsers show. */
const SHOWN_TYPES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

/** `isCut`: of the last one nobody knows the size. */
export function attachedTo(mail: ParsedMail, messageId: string, isCut: boolean): HeardMedia[] {
  const last = mail.attachments.at(-1)
  return mail.attachments
    .map((attachment, at) => ({ attachment, at }))
    .filter(({ attachment }) => !attachment.related || attachment.size >= SHOWN_AMID_BYTES_MIN)
    .slice(0, ATTACHED_MAX)
    .map(({ attachment, at }) => ({
      kind: SHOWN_TYPES.has(attachment.contentType) ? 'image' : 'file',
      url: `mid:${encodeURIComponent(messageId)}/${at + 1}`,
      previewUrl: null,
      alt: nameOf(attachment),
      mediaType: attachment.contentType,
      bytes: isCut && attachment === last ? null : attachment.size,
    }))
}

export const nameOf = ({ filename, contentType }: Attachment): string =>
  (filename ?? contentType).replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, NAME_CHARACTERS_MAX)

/** Null: the letter is no longer where it was heard, or it has no such attachment. */
export async function readAttached(
  outside: Outside,
  connection: Connection,
  address: string,
  signal: AbortSignal,
): Promise<Outcome<Uint8Array | null>> {
  const [, encoded = '', place = ''] = /^mid:([^/]+)\/(\d{1,4})$/.exec(address) ?? []
  if (encoded === '') return { ok: true, value: null }
  const read = await inMailbox(outside, connection, signal, (client) =>
    findWhole(client, [INBOX, settingsOf(connection).sentFolder], decodeURIComponent(encoded), signal),
  )
  if (!read.ok || read.value === null) return read
  const { attachments } = await parseLetter(read.value)
  return { ok: true, value: attachments[Number(place) - 1]?.content ?? null }
}

const INBOX = 'INBOX'

async function findWhole(
  client: ImapFlow,
  folders: readonly string[],
  messageId: string,
  signal: AbortSignal,
): Promise<Buffer | null> {
  for (const folder of folders) {
    const box = await openFolder(client, folder, { isThere: folder === INBOX })
    if (!box || box.exists === 0) continue
    const [uid] = (await client.search({ header: { 'message-id': messageId } }, { uid: true })) || []
    if (uid === undefined) continue
    const first = { uid: true, size: true, source: { start: 0, maxLength: LETTER_BYTES_MAX } } as const
    const letter = await client.fetchOne(String(uid), first, { uid: true })
    if (!letter || letter.source === undefined || (letter.size ?? 0) > WHOLE_BYTES_MAX) return null
    const beginning = { uid, source: letter.source, size: letter.size ?? 0 }
    const { source } = await readOn(client, beginning, () => !signal.aborted)
    signal.throwIfAborted()
    return source
  }
  return null
}
