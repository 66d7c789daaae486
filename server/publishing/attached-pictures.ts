import type { OutgoingPost, PictureLimits } from '../connectors/index.ts'
import type { Services } from '../platform/services.ts'
import { pictures, readFileOf } from './attachments.ts'
import type { Payload, Refusal } from './delivery.ts'

/**
 * The files of a delivery as its network takes them. Fitted anew for each attempt: the codecs give the same bytes for the
 * same picture, and the network key makes one post of all attempts anyway.
 */
export async function fittedPictures(
  services: Services,
  workspaceId: string,
  files: Payload['attachments'],
  limits: PictureLimits | null,
): Promise<OutgoingPost['media'] | Refusal> {
  if (files.length === 0) return []
  if (limits === null) return { refused: 'attachment-unreadable', detail: 'this network takes no pictures' }
  const media: OutgoingPost['media'] = []
  for (const { hash, alt } of files) {
    const kept = await readFileOf(services, workspaceId, hash).catch(() => null)
    if (!kept) return { refused: 'attachment-missing', detail: '' }
    const outcome = await pictures.fit(kept, limits)
    if (!outcome.ok) return { refused: 'attachment-unreadable', detail: outcome.fault }
    media.push({ ...outcome.picture, alt })
  }
  return media
}
