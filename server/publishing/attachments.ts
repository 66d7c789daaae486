import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Invalid, NotFound, TooMany } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { imageTypeOf } from './image-type.ts'
import type { Picture, PictureFault } from './picture.ts'
import { PIXELS_MAX } from './picture-header.ts'
import { PictureProcess } from './picture-processing.ts'

/** A photo of 50 megapixels, as phones save it. What is kept and sent is smaller. */
export const ATTACHMENT_BYTES_MAX = 20 * 1024 * 1024
/** One takes a second or two: whoever comes after these would wait too long. */
const PICTURES_UNDER_WAY_MAX = 16
const NAME_CHARACTERS_MAX = 200

export interface Attachment {
  attachmentId: string
  name: string
  mediaType: string
  bytes: number
  hash: string
  alt: string
}

/** One for the process: the pictures of all workspaces wait for each other. */
export const pictures = new PictureProcess()

/**
 * What will be kept of an uploaded file: the picture itself, upright, without place, device and author. What it is, is
 * read from its bytes: neither its name nor what the browser says is believed. Holds no connection to the database, for
 * it takes its time.
 */
export async function receivePicture(bytes: Uint8Array): Promise<Picture> {
  if (bytes.byteLength === 0) throw new Invalid('attachment-empty')
  if (bytes.byteLength > ATTACHMENT_BYTES_MAX)
    throw new Invalid('attachment-too-large', { bytesMax: ATTACHMENT_BYTES_MAX })
  if (!imageTypeOf(bytes)) throw new Invalid('attachment-type')
  if (pictures.underWay >= PICTURES_UNDER_WAY_MAX) throw new TooMany('attachments-busy')
  const outcome = await pictures.clean(bytes)
  if (!outcome.ok) throw refusal(outcome.fault)
  return outcome.picture
}

const refusal = (fault: PictureFault): Invalid =>
  fault === 'too-many-pixels'
    ? new Invalid('attachment-too-many-pixels', { megapixelsMax: PIXELS_MAX / 1_000_000 })
    : new Invalid(fault === 'moves' ? 'attachment-moves' : 'attachment-unreadable')

/** Keeps a picture under its hash below RAPPORT_HOME/attachments (shared by all machines of an installation). */
export async function storeAttachment(
  services: Services,
  tx: WorkspaceTransaction,
  { name, picture }: { name: string; picture: Picture },
): Promise<Attachment> {
  const hash = createHash('sha256').update(picture.bytes).digest('hex')
  await writeOnce(fileOf(services, tx.workspaceId, hash), picture.bytes)
  const attachment = {
    attachmentId: newId(),
    name: cleanName(name),
    mediaType: picture.mediaType,
    bytes: picture.bytes.byteLength,
    hash,
    alt: '',
  }
  await tx.sql
    .insertInto('attachment')
    .values({
      workspace_id: tx.workspaceId,
      attachment_id: attachment.attachmentId,
      name: attachment.name,
      media_type: attachment.mediaType,
      bytes: String(attachment.bytes),
      hash,
      uploaded_by: tx.actor.id,
    })
    .execute()
  return attachment
}

export async function findAttachment(tx: WorkspaceTransaction, attachmentId: string): Promise<Attachment> {
  const row = await tx.sql
    .selectFrom('attachment')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('attachment_id', '=', attachmentId)
    .executeTakeFirst()
  if (!row) throw new NotFound('attachment-unknown')
  return {
    attachmentId,
    name: row.name,
    mediaType: row.media_type,
    bytes: Number(row.bytes),
    hash: row.hash,
    alt: row.alt,
  }
}

export async function describeAttachment(tx: WorkspaceTransaction, attachmentId: string, alt: string): Promise<void> {
  const changed = await tx.sql
    .updateTable('attachment')
    .set({ alt })
    .where('workspace_id', '=', tx.workspaceId)
    .where('attachment_id', '=', attachmentId)
    .returning('attachment_id')
    .executeTakeFirst()
  if (!changed) throw new NotFound('attachment-unknown')
}

/** In the order of the ids, with the text for those who do not see them. Throws NotFound. */
export async function attachedFiles(
  tx: WorkspaceTransaction,
  attachmentIds: string[],
): Promise<{ attachmentId: string; alt: string }[]> {
  if (attachmentIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('attachment')
    .select(['attachment_id', 'alt'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('attachment_id', 'in', attachmentIds)
    .execute()
  const alts = new Map(rows.map((row) => [row.attachment_id, row.alt]))
  return attachmentIds.map((attachmentId) => {
    const alt = alts.get(attachmentId)
    if (alt === undefined) throw new NotFound('attachment-unknown')
    return { attachmentId, alt }
  })
}

export const readFileOf = (services: Services, workspaceId: string, hash: string): Promise<Buffer> =>
  readFile(fileOf(services, workspaceId, hash))

export function fileOf(services: Services, workspaceId: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) return path.join(services.config.home, 'attachments', workspaceId, 'none')
  return path.join(services.config.home, 'attachments', workspaceId, hash.slice(0, 2), hash)
}

/** All files of a workspace that is gone. */
export const removeFilesOf = (services: Services, workspaceId: string): Promise<void> =>
  rm(path.join(services.config.home, 'attachments', workspaceId), { recursive: true, force: true })

/** Complete or not there: the name appears only after the bytes are on the disk. */
async function writeOnce(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  const unfinished = `${file}.${newId()}`
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** A name for people to read; it is never a path. */
const cleanName = (name: string): string =>
  name
    .replaceAll(/[\p{Cc}\p{Cf}/\\]/gu, '')
    .toWellFormed()
    .slice(0, NAME_CHARACTERS_MAX) || 'image'
