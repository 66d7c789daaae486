import type { Context } from 'hono'
import { NotFound } from '../platform/errors.ts'
import { isId } from '../platform/ids.ts'
import type { HttpApp, HttpVariables } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { fileHeaders, imageTypeOf } from '../publishing/index.ts'
import { type AttachedFile, readAttachedFile } from './attached-files.ts'

/** As long as a deleted post may still be seen somewhere. */
const CACHED_SECONDS = 60

/** What is attached to a letter is for whoever may read the letter: a picture to look at, and anything to save. */
export function attachedRoutes(app: HttpApp, services: Services): void {
  app.get('/media/posts/:postId/:index{[0-9]{1,2}}/attached', async (context) => {
    const { bytes } = await read(context, services)
    const mediaType = imageTypeOf(bytes)
    if (mediaType === null) throw new NotFound('medium-unknown')
    return context.body(new Uint8Array(bytes), 200, fileHeaders(mediaType, CACHED_SECONDS))
  })
  app.get('/media/posts/:postId/:index{[0-9]{1,2}}/file', async (context) => {
    const { name, bytes } = await read(context, services)
    // Never opened here, whatever it is.
    return context.body(new Uint8Array(bytes), 200, {
      ...fileHeaders('application/octet-stream', CACHED_SECONDS),
      'content-disposition': `attachment; filename*=UTF-8''${encodedName(name)}`,
    })
  })
}

async function read(context: Context<HttpVariables>, services: Services): Promise<AttachedFile> {
  const { workspaceId, actor } = authoriseInWorkspace('inbox.read', await context.get('caller')())
  const { postId = '', index = '' } = context.req.param() as Record<string, string>
  if (!isId(postId)) throw new NotFound('medium-unknown')
  const inWorkspace: Parameters<typeof readAttachedFile>[1]['inWorkspace'] = (work) =>
    services.database.inWorkspace(workspaceId, actor, work)
  return readAttachedFile(services, { workspaceId, inWorkspace }, postId, Number(index))
}

/** RFC 8187, 3.2. */
const encodedName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)
