import { readFile } from 'node:fs/promises'
import { accountOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound, TooMany, Upstream } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { cacheFileOf, cacheKeyOf, findMedium, keep, MEDIA_BYTES_MAX } from './media.ts'

const READ_MS_MAX = 60_000
/** Each is a visit to a mailbox and holds the whole letter. */
const AT_ONCE = 4

const isOnTheWeb = (address: string): boolean => /^https?:/i.test(address)

export interface AttachedFile {
  /** As its sender called it. */
  name: string
  bytes: Buffer
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>
let underWay = 0

/**
 * What is attached to a letter, read from the mailbox that heard it when somebody asks for it, and kept as pictures are.
 * Throws medium-unknown, medium-gone (the letter was moved or deleted there), medium-too-large, mailbox-failed with the failure's
 * name, and mailbox-busy.
 */
export async function readAttachedFile(
  services: Services,
  inWorkspace: InWorkspace,
  postId: string,
  index: number,
): Promise<AttachedFile> {
  const { medium, account } = await inWorkspace(async (tx) => {
    const known = await findMedium(tx, postId, index)
    if (!known || isOnTheWeb(known.url)) throw new NotFound('medium-unknown')
    return { medium: known, account: await heardBy(services, tx, postId) }
  })
  const file = cacheFileOf(services, postId, cacheKeyOf(medium.url))
  const kept = await readFile(file).catch(() => null)
  if (kept) return { name: medium.alt, bytes: kept }
  if (!account?.connector.readMedium) throw new NotFound('medium-gone')
  if (underWay >= AT_ONCE) throw new TooMany('mailbox-busy')
  underWay++
  try {
    const read = await account.connector.readMedium(account.connection, medium.url, AbortSignal.timeout(READ_MS_MAX))
    if (!read.ok) throw new Upstream('mailbox-failed', { failure: read.failure.name })
    if (!read.value) throw new NotFound('medium-gone')
    if (read.value.length > MEDIA_BYTES_MAX) throw new Upstream('medium-too-large')
    const bytes = Buffer.from(read.value)
    await keep(services, file, bytes)
    return { name: medium.alt, bytes }
  } finally {
    underWay--
  }
}

async function heardBy(services: Services, tx: WorkspaceTransaction, postId: string) {
  const row = await tx.sql
    .selectFrom('post')
    .select('source_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return row?.source_id ? accountOf(services, tx, row.source_id) : null
}
