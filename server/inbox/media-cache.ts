import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Services } from '../platform/services.ts'

const CACHE_BYTES_MAX = 500 * 1024 * 1024
/** Also when there is room: what was taken off a network does not stay here. */
const KEPT_MS_MAX = 24 * 3_600_000

/** Deletes what is old, then the oldest until the cache fits. Returns how many files went. */
export async function trimMediaCache(services: Services, bytesMax = CACHE_BYTES_MAX): Promise<number> {
  const folder = path.join(services.config.home, 'media-cache')
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
    gone++
  }
  return gone
}
