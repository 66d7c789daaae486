import { readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../platform/config.ts'
import { Conflict, Invalid } from '../platform/errors.ts'

/** PostgreSQL stands still when the disk is full: what is left to it no upload takes. */
export const DISK_BYTES_MIN = 1024 ** 3
const UPLOADS_AT_ONCE_MAX = 2
const MEGABYTE = 1024 ** 2

/** By workspace, in this process. */
const arriving = new Map<string, number>()

export interface UploadRoom {
  /** Throws when the file has grown beyond what may be taken. */
  require(bytes: number): void
  leave(): void
}

/** A place among the uploads of a workspace, and how large its file may become. Throws Conflict when there is none. */
export async function enterUpload(config: Config, workspaceId: string, folder: string): Promise<UploadRoom> {
  const uploads = arriving.get(workspaceId) ?? 0
  if (uploads >= UPLOADS_AT_ONCE_MAX) throw new Conflict('too-many-uploads', { most: UPLOADS_AT_ONCE_MAX })
  arriving.set(workspaceId, uploads + 1)
  const leave = () => {
    const left = (arriving.get(workspaceId) ?? 1) - 1
    if (left === 0) arriving.delete(workspaceId)
    else arriving.set(workspaceId, left)
  }
  try {
    const bytesMax = config.importFileMegabytes * MEGABYTE
    const stored = await bytesIn(folder)
    const { bavail, bsize } = await statfs(folder)
    const ofWorkspace = config.importWorkspaceMegabytes * MEGABYTE - stored
    const ofDisk = bavail * bsize - DISK_BYTES_MIN
    return {
      leave,
      require(bytes) {
        if (bytes > bytesMax)
          throw new Invalid('file-too-large', { bytesMax, megabytesMax: config.importFileMegabytes })
        if (bytes > ofWorkspace) throw new Conflict('uploads-full', { megabytesMax: config.importWorkspaceMegabytes })
        if (bytes > ofDisk) throw new Conflict('disk-full')
      },
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder)) {
    const found = await stat(path.join(folder, name)).catch(() => null)
    bytes += found?.size ?? 0
  }
  return bytes
}
