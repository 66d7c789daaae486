import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Invalid } from '../../platform/errors.ts'
import { isId } from '../../platform/ids.ts'
import type { HttpApp } from '../../platform/module.ts'
import { authoriseInWorkspace } from '../../platform/procedures.ts'
import type { Services } from '../../platform/services.ts'
import { openArchive } from './archives.ts'

/** The file itself, for those who manage data protection; each download is in the trail before its first byte leaves. */
export function archiveRoutes(app: HttpApp, services: Services): void {
  app.get('/files/access/:file', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('privacy.manage', await context.get('caller')())
    const archiveId = /^([0-9a-f-]{36})\.zip$/.exec(context.req.param('file'))?.[1]
    if (!archiveId || !isId(archiveId)) throw new Invalid('archive-unknown')
    const { file, bytes } = await services.database.inWorkspace(workspaceId, actor, (tx) =>
      openArchive(services, tx, archiveId),
    )
    return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
      headers: {
        'content-type': 'application/zip',
        'content-length': String(bytes),
        'content-disposition': `attachment; filename="data-${archiveId.slice(0, 8)}.zip"`,
        'cache-control': 'no-store',
      },
    })
  })
}
