import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { HeardMedia } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { fetchOutside } from '../platform/outbound.ts'
import type { Services } from '../platform/services.ts'
import { mediaTypeOf } from './media-type.ts'

/** Pictures and short films; longer ones are watched at the network, behind a link. */
export const MEDIA_BYTES_MAX = 20 * 1024 * 1024
const FETCH_TIMEOUT_MS = 15_000
/** What could not be shown is not asked for again at once. */
const FAILURE_REMEMBERED_MS = 60_000
const FAILURES_REMEMBERED_MAX = 5_000
const AT_ONCE = 16

/** What bytes are, by themselves; null: nothing that is shown here. */
type TypeOf = (bytes: Uint8Array) => string | null

export interface Medium {
  bytes: Buffer
  mediaType: string
}

/** Only addresses of media that we store are fetched: whoever may read the post may see them. */
export async function mediaAddress(
  tx: WorkspaceTransaction,
  postId: string,
  index: number,
  preview: boolean,
): Promise<string | null> {
  const medium = await findMedium(tx, postId, index)
  if (!medium) return null
  return preview ? medium.previewUrl : medium.url
}

export async function avatarAddress(tx: WorkspaceTransaction, authorId: string): Promise<string | null> {
  const row = await tx.sql
    .selectFrom('author')
    .select('avatar_url')
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', '=', authorId)
    .executeTakeFirst()
  return row?.avatar_url ?? null
}

/** As it is stored with the post, which whoever asks may read. */
export async function findMedium(tx: WorkspaceTransaction, postId: string, index: number): Promise<HeardMedia | null> {
  const row = await tx.sql
    .selectFrom('post')
    .select('media')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', postId)
    .executeTakeFirst()
  return (row?.media as HeardMedia[] | undefined)?.[index] ?? null
}

const failures = new Map<string, number>()
const underWay = new Map<string, Promise<Medium | null>>()

/**
 * The network learns that somebody of this installation looked, not who: no cookies, no referrer, our own address. What
 * comes back is an image, a film or a sound by its first bytes, or nothing. Null: nothing to show. It is kept with its
 * owner (a post or an author, by id), so that it goes when the post goes.
 */
export async function fetchMedium(
  services: Services,
  owner: string,
  address: string,
  typeOf: TypeOf = mediaTypeOf,
): Promise<Medium | null> {
  const key = cacheKeyOf(address)
  const kept = await readKept(cacheFileOf(services, owner, key), typeOf)
  if (kept) return kept
  if ((failures.get(key) ?? 0) > services.clock.now().getTime()) return null
  while (!underWay.has(key) && underWay.size >= AT_ONCE) await Promise.race(underWay.values())
  const known = underWay.get(key)
  if (known) return known
  const work = fetchAndKeep(services, owner, address, key, typeOf).finally(() => underWay.delete(key))
  underWay.set(key, work)
  return work
}

async function fetchAndKeep(
  services: Services,
  owner: string,
  address: string,
  key: string,
  typeOf: TypeOf,
): Promise<Medium | null> {
  const outcome = await fetchOutside(address, {
    accept: 'image/*,video/*,audio/*',
    bytesMax: MEDIA_BYTES_MAX,
    timeoutMs: FETCH_TIMEOUT_MS,
    allowPrivate: services.config.allowPrivate,
  })
  const bytes = outcome.ok && outcome.value.status === 200 ? Buffer.from(outcome.value.body) : null
  const mediaType = bytes && typeOf(bytes)
  if (!bytes || !mediaType) {
    if (failures.size >= FAILURES_REMEMBERED_MAX) failures.clear()
    failures.set(key, services.clock.now().getTime() + FAILURE_REMEMBERED_MS)
    return null
  }
  await keep(services, cacheFileOf(services, owner, key), bytes)
  return { bytes, mediaType }
}

export const cacheKeyOf = (address: string): string => createHash('sha256').update(address).digest('hex')

/** Goes with its owner, and after a day (media-cache.ts). */
export const cacheFileOf = (services: Services, owner: string, key: string): string =>
  path.join(services.config.home, 'media-cache', owner, key)

async function readKept(file: string, typeOf: TypeOf): Promise<Medium | null> {
  const bytes = await readFile(file).catch(() => null)
  const mediaType = bytes && typeOf(bytes)
  return bytes && mediaType ? { bytes, mediaType } : null
}

/** A cache: when the disk refuses, the picture is shown all the same. */
export async function keep(services: Services, file: string, bytes: Buffer): Promise<void> {
  const unfinished = `${file}.${newId()}`
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(unfinished, bytes, { mode: 0o600 })
    await rename(unfinished, file)
  } catch (error) {
    services.log.warn({ err: error }, 'a picture could not be kept')
  }
}
