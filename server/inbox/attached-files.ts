import { readFile } from 'node:fs/promises'
import { accountOf, type SpeakingAccount } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound, TooMany, Upstream } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { cacheFileOf, cacheKeyOf, findMedium, keep, MEDIA_BYTES_MAX } from './media.ts'
import { forgetMedia } from './media-cache.ts'

const READ_MS_MAX = 60_000
/** Of one workspace: each is a visit to a mailbox. */
const AT_ONCE = 3

/** Asking again with a password that is no longer accepted locks accounts. */
const OFF: readonly SpeakingAccount['state'][] = ['paused', 'needs-credentials']

const isOnTheWeb = (address: string): boolean => /^https?:/i.test(address)

export interface AttachedFile {
  /** As its sender called it. */
  name: string
  bytes: Buffer
}

interface Asking {
  workspaceId: string
  inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>
}

/** By workspace, and in it by post and address. */
const underWay = new Map<string, Map<string, Promise<Buffer>>>()

/**
 * What is attached to a letter, read from the mailbox that heard it when somebody asks for it, and kept as pictures are.
 * Throws medium-unknown, medium-gone (the letter was moved or deleted there), medium-too-large, mailbox-off (paused, removed, or it
 * needs a new password), mailbox-failed with the failure's name, and mailbox-busy.
 */
export async function readAttachedFile(
  services: Services,
  asking: Asking,
  postId: string,
  index: number,
): Promise<AttachedFile> {
  const { address, name, account } = await asking.inWorkspace(async (tx) => {
    const medium = await findMedium(tx, postId, index)
    if (!medium || isOnTheWeb(medium.url)) throw new NotFound('medium-unknown')
    return { address: medium.url, name: medium.alt, account: await heardBy(services, tx, postId) }
  })
  const kept = await readFile(cacheFileOf(services, postId, cacheKeyOf(address))).catch(() => null)
  if (kept) return { name, bytes: kept }
  const bytes = await once(asking.workspaceId, `${postId} ${address}`, async () => {
    const read = await fromMailbox(account, address)
    await keep(services, cacheFileOf(services, postId, cacheKeyOf(address)), read)
    // It may have been erased meanwhile.
    const now = await asking.inWorkspace((tx) => findMedium(tx, postId, index))
    if (now?.url === address) return read
    await forgetMedia(services, [postId])
    throw new NotFound('medium-gone')
  })
  return { name, bytes }
}

async function once(workspaceId: string, key: string, read: () => Promise<Buffer>): Promise<Buffer> {
  const ofWorkspace = underWay.get(workspaceId) ?? new Map<string, Promise<Buffer>>()
  const known = ofWorkspace.get(key)
  if (known) return known
  if (ofWorkspace.size >= AT_ONCE) throw new TooMany('mailbox-busy')
  const reading = read().finally(() => {
    ofWorkspace.delete(key)
    if (ofWorkspace.size === 0) underWay.delete(workspaceId)
  })
  underWay.set(workspaceId, ofWorkspace.set(key, reading))
  return reading
}

async function fromMailbox(account: SpeakingAccount | null, address: string): Promise<Buffer> {
  if (!account?.connector.readMedium || OFF.includes(account.state)) throw new Upstream('mailbox-off')
  const limits = { bytesMax: MEDIA_BYTES_MAX, signal: AbortSignal.timeout(READ_MS_MAX) }
  const read = await account.connector.readMedium(account.connection, address, limits)
  if (!read.ok) throw new Upstream('mailbox-failed', { failure: read.failure.name })
  if (read.value === 'gone') throw new NotFound('medium-gone')
  if (read.value === 'too-large' || read.value.length > MEDIA_BYTES_MAX) throw new Upstream('medium-too-large')
  return Buffer.from(read.value)
}

async function heardBy(services: Services, tx: WorkspaceTransaction, postId: string): Promise<SpeakingAccount | null> {
  const row = await tx.sql
    .selectFrom('post')
    .select('source_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row?.source_id ? accountOf(services, tx, row.source_id) : null
}
