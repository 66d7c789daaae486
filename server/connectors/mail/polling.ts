import type { ImapFlow } from 'imapflow'
import type { Cursor, HeardBatch, HeardItem } from '../connector.ts'
import { type Attached, attachedIn } from './attached.ts'
import { letterHeard, type Received } from './letter.ts'
import { LETTER_BYTES_MAX, letterOf, openFolder } from './mailbox.ts'
import type { MailSettings } from './settings.ts'

/** What lies longer in the mailbox when it is heard the first time, or after its numbers changed, is history. */
const FIRST_DAYS = 7
const LETTERS_AT_ONCE = 20

/**
 * New letters of the inbox, and of the sent folder what colleagues wrote in their mail programs. The place in a folder is
 * (UIDVALIDITY, UID): when the server gave its letters new numbers, the last days are read again, and whoever stores them
 * knows them by their Message-ID.
 */
export async function pollMailbox(
  client: ImapFlow,
  settings: MailSettings,
  cursor: Cursor,
  now: Date,
): Promise<HeardBatch> {
  const inbox = await pollFolder(client, 'INBOX', 'inbox', settings, cursor, now)
  // The connection broke over one letter's parts: what was heard until then counts, and the next visit goes on behind it.
  if (!client.usable) return { items: inbox.items, cursor: { ...cursor, ...inbox.place }, more: true }
  const sent = await pollFolder(client, settings.sentFolder, 'sent', settings, cursor, now)
  return {
    items: [...inbox.items, ...sent.items],
    cursor: { ...inbox.place, ...sent.place },
    more: inbox.more || sent.more,
  }
}

interface FolderHeard {
  items: HeardItem[]
  place: NonNullable<Cursor>
  more: boolean
}

async function pollFolder(
  client: ImapFlow,
  path: string,
  folder: Received['folder'],
  { address }: MailSettings,
  cursor: Cursor,
  now: Date,
): Promise<FolderHeard> {
  const place = (validity: unknown, uid: unknown) => ({
    [`${folder}.validity`]: String(validity),
    [`${folder}.uid`]: String(uid),
  })
  const box = await openFolder(client, path, { isThere: folder === 'inbox' })
  if (!box) return { items: [], place: {}, more: false }
  const validity = String(box.uidValidity)
  const goesOn = cursor?.[`${folder}.validity`] === validity
  const after = goesOn ? Number(cursor?.[`${folder}.uid`] ?? 0) : 0
  const wanted = goesOn ? { uid: `${after + 1}:*` } : { since: new Date(now.getTime() - FIRST_DAYS * 86_400_000) }
  const found = box.exists === 0 ? [] : await client.search(wanted, { uid: true })
  // "n:*" names the last letter also where its number is smaller.
  const fresh = (found || []).filter((uid) => uid > after).sort((a, b) => a - b)
  const now_ = fresh.slice(0, LETTERS_AT_ONCE)
  const items = now_.length === 0 ? [] : await read(client, now_, folder, address)
  const last = now_.at(-1) ?? (goesOn ? after : box.uidNext - 1)
  return { items, place: place(validity, last), more: fresh.length > now_.length }
}

async function read(client: ImapFlow, uids: number[], folder: Received['folder'], own: string): Promise<HeardItem[]> {
  const query = {
    uid: true,
    size: true,
    internalDate: true,
    flags: true,
    source: { start: 0, maxLength: LETTER_BYTES_MAX },
  }
  const letters = await client.fetchAll(uids.join(','), query, { uid: true })
  const items: HeardItem[] = []
  for (const letter of letters.sort((a, b) => a.uid - b.uid)) {
    // A draft in the sent folder is a letter of ours that nobody knows to have gone (publishing.ts).
    if (!letter.source || letter.flags?.has('\\Draft') || letter.flags?.has('\\Deleted')) continue
    const receivedAt = new Date(letter.internalDate ?? Date.now())
    const { uid, source } = letter
    const isCut = source.length >= LETTER_BYTES_MAX && (letter.size ?? 0) > source.length
    const parts = isCut ? await partsOf(client, uid) : null
    // Some servers say a wrong size of what is all here.
    const size = isCut ? (letter.size ?? 0) : source.length
    items.push(await letterHeard({ source, size, parts, receivedAt, folder, own }))
  }
  return firstOfEach(items)
}

/** A second letter under a Message-ID is the first one again (a copy by a list): that one is read when somebody opens what is attached. */
function firstOfEach(items: HeardItem[]): HeardItem[] {
  const known = new Set<string>()
  return items.filter((item) => {
    if (item.kind !== 'post') return true
    const { externalId } = item.post
    return !known.has(externalId) && known.add(externalId)
  })
}

/**
 * What a letter consists of that is too large to be read here. Null: the server does not say it, or so much of it that the
 * connection breaks over it; whoever wrote the letter decides how much that is, and no letter may hold up the mailbox.
 */
async function partsOf(client: ImapFlow, uid: number): Promise<Attached[] | null> {
  if (!client.usable) return null
  const { bodyStructure } = (await letterOf(client, uid, { bodyStructure: true }).catch(() => null)) ?? {}
  return bodyStructure ? attachedIn(bodyStructure) : null
}
