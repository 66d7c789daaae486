import { bodyLimit } from 'hono/body-limit'
import { Invalid, NotFound } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import type { HttpApp } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { ATTACHMENT_BYTES_MAX, findAttachment, readFileOf, receivePicture, storeAttachment } from './attachments.ts'

/** An attachment never changes. */
const ATTACHMENT_CACHED_SECONDS = 86_400

const tooLarge = () => {
  throw new Invalid('attachment-too-large', { bytesMax: ATTACHMENT_BYTES_MAX })
}

/** The raw body goes up, the bytes come down; everything else about attachments are procedures. */
export function attachmentRoutes(app: HttpApp, services: Services): void {
  const limit = bodyLimit({ maxSize: ATTACHMENT_BYTES_MAX, onError: tooLarge })
  app.post('/files/attachments', limit, async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('answers.draft', await context.get('caller')(), true)
    const bytes = new Uint8Array(await context.req.arrayBuffer())
    const name = context.req.query('name') ?? ''
    const picture = await receivePicture(bytes)
    const { hash: _, ...attachment } = await services.database.inWorkspace(workspaceId, actor, (tx) =>
      storeAttachment(services, tx, { name, picture }),
    )
    return context.json(attachment, 201)
  })
  app.get('/files/attachments/:attachmentId', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('inbox.read', await context.get('caller')())
    const attachmentId = context.req.param('attachmentId')
    if (!isId(attachmentId)) throw new NotFound('attachment-unknown')
    const attachment = await services.database.inWorkspace(workspaceId, actor, (tx) => findAttachment(tx, attachmentId))
    const bytes = await readFileOf(services, workspaceId, attachment.hash).catch(() => {
      throw new NotFound('attachment-missing')
    })
    return context.body(new Uint8Array(bytes), 200, fileHeaders(attachment.mediaType, ATTACHMENT_CACHED_SECONDS))
  })
}

/** Shown, never run: the type is ours, nothing is guessed, and as a page of its own it may do nothing. */
export const fileHeaders = (mediaType: string, cachedSeconds: number): Record<string, string> => ({
  'content-type': mediaType,
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': `private, max-age=${cachedSeconds}`,
})
