/**
 * What was attached to a letter stays in the mailbox. A post names it by an address like those of RFC 2392: mid:, the Message-ID,
 * the folder, and the section of the letter (RFC 3501, 6.4.5), because most of them have no Content-ID.
 */
import type { ImapFlow, MessageStructureObject } from 'imapflow'
import type { ParsedMail } from 'mailparser'
import type { Connection, HeardMedia, MediumRead, Outcome } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { MailFailure } from './failure.ts'
import { inMailbox, letterOf, openFolder, PIECE_BYTES_MAX } from './mailbox.ts'
import { bareId, parseLetter } from './parsing.ts'
import { settingsOf } from './settings.ts'

export const ATTACHED_MAX = 20
const NAME_CHARACTERS_MAX = 200
const DEPTH_MAX = 20
/** Whose Message-ID contains the one that is looked for. */
const CANDIDATES_MAX = 100
/** A picture amid the words is a screenshot from this size on; smaller ones are signatures and signs. */
const SHOWN_AMID_BYTES_MIN = 20_000
/** What browsers show. */
const SHOWN_TYPES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

export interface Attached {
  section: string
  name: string
  mediaType: string | null
  /** Null: only its beginning was read. */
  bytes: number | null
}

/** `isCut`: only the beginning was read, and of the last one nobody knows the size. */
export function attachedTo(mail: ParsedMail, isCut: boolean): Attached[] {
  const last = mail.attachments.at(-1)
  return mail.attachments
    .filter(({ contentType, related, size }) => !related || isWorthShowing(contentType, size))
    .map((attachment) => ({
      section: attachment.partId ?? '1',
      name: nameOf(attachment.filename, attachment.contentType),
      mediaType: attachment.contentType || null,
      bytes: isCut && attachment === last ? null : attachment.size,
    }))
}

/** As the server tells the parts of a letter that is too large to be read. */
export function attachedIn(
  { type, part, id, encoding, size = 0, disposition, ...node }: MessageStructureObject,
  related = false,
  depth = 0,
): Attached[] {
  if (node.childNodes && type !== 'message/rfc822')
    return depth < DEPTH_MAX
      ? node.childNodes.flatMap((child) => attachedIn(child, type === 'multipart/related', depth + 1))
      : []
  const filename = node.dispositionParameters?.filename ?? node.parameters?.name
  const bytes = encoding === 'base64' ? Math.floor((size * 57) / 78) : size
  if (disposition !== 'attachment' && !filename && /^text\/(plain|html)$/.test(type)) return []
  if (related && id && !isWorthShowing(type, bytes)) return []
  return [{ section: part ?? '1', name: nameOf(filename, type), mediaType: type, bytes }]
}

const isWorthShowing = (type: string, bytes: number): boolean => !isImage(type) || bytes >= SHOWN_AMID_BYTES_MIN
const isImage = (type: unknown): boolean => typeof type === 'string' && type.startsWith('image/')

/** A letter may leave both out. */
const nameOf = (filename: string | undefined, type: unknown): string =>
  String(filename || type || 'attachment')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, NAME_CHARACTERS_MAX)

export const mediaOf = (attached: readonly Attached[], messageId: string, folder: 'inbox' | 'sent'): HeardMedia[] =>
  attached.slice(0, ATTACHED_MAX).map(({ section, name, mediaType, bytes }) => ({
    kind: mediaType !== null && SHOWN_TYPES.has(mediaType) ? 'image' : 'file',
    url: `mid:${encodeURIComponent(messageId)}/${folder}/${section}`,
    previewUrl: null,
    alt: name,
    mediaType,
    bytes,
  }))

export async function readAttached(
  outside: Outside,
  connection: Connection,
  address: string,
  { bytesMax, signal }: { bytesMax: number; signal: AbortSignal },
): Promise<Outcome<MediumRead>> {
  const [, encoded = '', folder, section = ''] = /^mid:([^/]+)\/(inbox|sent)\/(\d+(?:\.\d+)*)$/.exec(address) ?? []
  const messageId = bareId(decodeURIComponent(encoded))
  if (messageId === null) return { ok: true, value: 'gone' }
  const path = folder === 'sent' ? settingsOf(connection).sentFolder : 'INBOX'
  return inMailbox(outside, connection, signal, async (client) => {
    const box = await openFolder(client, path, { isThere: folder === 'inbox' })
    const uid = box ? await findLetter(client, messageId) : null
    return uid === null ? 'gone' : readSection(client, uid, section, bytesMax)
  })
}

/** A search by header finds what contains the words: the id has to be the same. */
async function findLetter(client: ImapFlow, messageId: string): Promise<number | null> {
  const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
  if (!found) throw upstream('the server did not search')
  const candidates = found.toSorted((a, b) => a - b).slice(0, CANDIDATES_MAX)
  if (candidates.length === 0) return null
  const letters = await client.fetchAll(candidates.join(','), { uid: true, headers: ['message-id'] }, { uid: true })
  for (const { uid, headers } of letters.toSorted((a, b) => a.uid - b.uid))
    if (headers && bareId((await parseLetter(headers)).messageId) === messageId) return uid
  return null
}

/** Piece by piece, so that no more of it is held than asked for. A piece that does not come fails: half a file is none. */
async function readSection(client: ImapFlow, uid: number, section: string, bytesMax: number): Promise<MediumRead> {
  const structure = (await letterOf(client, uid, { bodyStructure: true }))?.bodyStructure
  if (!structure) throw upstream('the server does not tell the parts of the letter')
  const node = nodeOf(structure, section)
  if (!node) return 'gone'
  const encodedMax = node.encoding === 'base64' ? bytesMax * 1.4 : bytesMax
  const pieces: Buffer[] = []
  for (let read = 0; ; ) {
    const part = { key: section, start: read, maxLength: PIECE_BYTES_MAX }
    const piece = (await letterOf(client, uid, { bodyParts: [part] }))?.bodyParts?.get(section)
    if (!piece) throw upstream('a part of the letter did not come')
    pieces.push(piece)
    read += piece.length
    if (read > encodedMax) return 'too-large'
    // A server that does not know how to give pieces gives all of it.
    if (piece.length !== PIECE_BYTES_MAX) break
  }
  return decoded(Buffer.concat(pieces), node.encoding ?? '')
}

function nodeOf(node: MessageStructureObject, section: string, depth = 0): MessageStructureObject | null {
  const isThis = (node.part ?? '1') === section && (!node.childNodes || node.type === 'message/rfc822')
  if (isThis) return node
  if (depth >= DEPTH_MAX) return null
  for (const child of node.childNodes ?? []) {
    const found = nodeOf(child, section, depth + 1)
    if (found) return found
  }
  return null
}

/** RFC 2045, 6.7 and 6.8. */
function decoded(raw: Buffer, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(raw.toString('latin1'), 'base64')
  if (encoding !== 'quoted-printable') return raw
  const text = raw.toString('latin1').replace(/=[ \t]*\r?\n/g, '')
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

const upstream = (detail: string) => new MailFailure({ name: 'upstream', detail })
