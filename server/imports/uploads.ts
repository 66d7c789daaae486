import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Invalid } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { enterUpload } from './upload-limits.ts'

export interface ImportedFile {
  name: string
  path: string
  bytes: number
  hash: string
}

export const importFolder = (services: Services, workspaceId: string): string =>
  path.join(services.config.home, 'imports', workspaceId)

/** What was uploaded goes; a file of the command line is its owner's. */
export async function removeUpload(
  services: Services,
  row: { workspace_id: string; file_path: string },
): Promise<void> {
  const folder = importFolder(services, row.workspace_id)
  if (row.file_path.startsWith(folder + path.sep)) await rm(row.file_path, { force: true })
}

/** A file that lies on this machine, for the command line. */
export async function describeFile(file: string): Promise<ImportedFile> {
  const absolute = path.resolve(file)
  const { size } = await stat(absolute)
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(absolute)) hash.update(chunk as Buffer)
  return { name: path.basename(absolute), path: absolute, bytes: size, hash: hash.digest('hex') }
}

/** Streams to the disk under a name of ours; what is too large or breaks off leaves nothing behind. */
export async function receiveUpload(
  services: Services,
  workspaceId: string,
  importId: string,
  name: string,
  body: ReadableStream<Uint8Array> | null,
): Promise<ImportedFile> {
  if (!body) throw new Invalid('file-missing')
  const folder = importFolder(services, workspaceId)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, importId)
  const room = await enterUpload(services.config, workspaceId, folder)
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      try {
        room.require(bytes)
        done(null, chunk)
      } catch (refusal) {
        done(refusal as Error)
      }
    },
  })
  try {
    room.require(1)
    await pipeline(
      Readable.fromWeb(body as never),
      measure,
      createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
    )
    if (bytes === 0) throw new Invalid('file-empty')
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    room.leave()
  }
  return { name: path.basename(name).replaceAll('\0', '') || 'upload', path: file, bytes, hash: hash.digest('hex') }
}
