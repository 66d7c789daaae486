/** The far side of PictureProcess. An exception here is a bug: it ends the process and reaches the caller. */
import type { PictureLimits } from '../connectors/index.ts'
import { cleanPicture, fitPicture } from './picture-fitting.ts'

export interface PictureJob {
  bytes: Uint8Array
  /** Null: to be kept; else to be sent. */
  limits: PictureLimits | null
}

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ bytes, limits }: PictureJob) => {
  process.send?.(limits ? await fitPicture(bytes, limits) : await cleanPicture(bytes))
})
