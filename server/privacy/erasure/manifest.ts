import { mkdir, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../../platform/config.ts'

/**
 * What was erased, outside the database, so that a copy put back from a backup is erased again. One line of JSON for each
 * erasure: ids of ours and keyed hashes, of no use to anybody without the installation's keys. Written to the disk before
 * anything is erased; lines are never changed or removed.
 */
export interface ManifestEntry {
  erasureId: string
  workspaceId: string
  at: string
  personIds: string[]
  /** As in suppression: keyed with a secret of the installation and the workspace. */
  identityHashes: string[]
}

const BYTES_MAX = 256 * 1024 * 1024

const fileOf = (config: Config): string => path.join(config.home, 'erasures', 'manifest.jsonl')

export async function appendToManifest(config: Config, entry: ManifestEntry): Promise<void> {
  const file = fileOf(config)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'a+', 0o600)
  try {
    // What a crash left of a line is ended, so that the next one stands alone.
    const { size } = await handle.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await handle.read(last, 0, 1, size - 1)
    const torn = size > 0 && last.toString() !== '\n'
    await handle.appendFile(`${torn ? '\n' : ''}${JSON.stringify(entry)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Oldest first. An erasure that grew has several lines, each with what was still there: all of them hold. Lines that a crash cut short are passed over: nothing was erased yet when they were written. */
export async function readManifest(config: Config): Promise<ManifestEntry[]> {
  const text = await readFile(fileOf(config), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (text.length > BYTES_MAX) throw new Error(`the manifest of erasures is larger than ${BYTES_MAX} bytes`)
  const entries = new Map<string, ManifestEntry>()
  for (const line of text.split('\n')) {
    const entry = parse(line)
    if (entry) entries.set(entry.erasureId, together(entries.get(entry.erasureId), entry))
  }
  return [...entries.values()]
}

const together = (before: ManifestEntry | undefined, entry: ManifestEntry): ManifestEntry => ({
  ...entry,
  personIds: [...new Set([...(before?.personIds ?? []), ...entry.personIds])],
  identityHashes: [...new Set([...(before?.identityHashes ?? []), ...entry.identityHashes])],
})

function parse(line: string): ManifestEntry | null {
  try {
    const entry = JSON.parse(line) as ManifestEntry
    return entry.erasureId && entry.workspaceId ? entry : null
  } catch {
    return null
  }
}
