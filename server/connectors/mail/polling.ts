import type { ImapFlow } from 'imapflow'
import type { Cursor, HeardBatch, HeardItem } from '../connector.ts'
import { type Attached, attachedIn } from './attached.ts'
import { letterHeard, type Received } from './letter.ts'
import { isRefusal, LETTER_BYTES_MAX, openFolder } from './mailbox.ts'
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
    const size = letter.size ?? 0
    const parts = size > letter.source.length ? await partsOf(client, letter.uid) : null
    items.push(await letterHeard({ source: letter.source, size, parts, receivedAt, folder, own }))
  }
  return items
}

/** What a letter consists of that is too large to be read here. Null: the server does not say it, or not so that it can be read. */
async function partsOf(client: ImapFlow, uid: number): Promise<Attached[] | null> {
  try {
    const letter = await client.fetchOne(String(uid), { uid: true, bodyStructure: true }, { uid: true })
    const structure = letter ? letter.bodyStructure : undefined
    return structure ? attachedIn(structure) : null
  } catch (error) {
    if (isRefusal(error)) return null
    throw error
  }
}
