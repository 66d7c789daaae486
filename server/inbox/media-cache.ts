import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Services } from '../platform/services.ts'

const CACHE_BYTES_MAX = 500 * 1024 * 1024
/** Also when there is room: what was taken off a network does not stay here. */
const KEPT_MS_MAX = 24 * 3_600_000

const folderOf = (services: Services): string => path.join(services.config.home, 'media-cache')

/** What belonged to these posts, at once. */
export async function forgetMedia(services: Services, postIds: string[]): Promise<void> {
  for (const postId of postIds) await rm(path.join(folderOf(services), postId), { recursive: true, force: true })
}

/** Deletes what is old, then the oldest until the cache fits. Returns how many files went. */
export async function trimMediaCache(services: Services, bytesMax = CACHE_BYTES_MAX): Promise<number> {
  const folder = folderOf(services)
  const now = services.clock.now().getTime()
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const files = []
  for (const name of names) {
    const file = path.join(folder, name)
    const known = await stat(file).catch(() => null)
    if (known?.isFile()) files.push({ file, bytes: known.size, at: known.mtimeMs })
  }
  files.sort((a, b) => b.at - a.at)
  let bytes = 0
  let gone = 0
  for (const one of files) {
    bytes += one.bytes
    if (bytes <= bytesMax && now - one.at <= KEPT_MS_MAX) continue
    await rm(one.file, { force: true })
    // Fails while something else lies in it.
    await rmdir(path.dirname(one.file)).catch(() => {})
    gone++
  }
  return gone
}
