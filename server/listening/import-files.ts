import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileProblemText } from '../../contract/file-problems.ts'
import { csvFile } from '../platform/csv.ts'
import { Invalid, NotFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/ids.ts'
import type { HttpApp } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { createImport, type ImportedFile, type ImportRow, listRejections } from './imports.ts'
import { enterUpload } from './upload-limits.ts'

const REJECTIONS_AT_ONCE = 1_000

export const importFolder = (services: Services, workspaceId: string): string =>
  path.join(services.config.home, 'imports', workspaceId)

/** What was uploaded goes; a file of the command line is its owner's. */
export async function removeUpload(
  services: Services,
  row: Pick<ImportRow, 'workspace_id' | 'file_path'>,
): Promise<void> {
  const folder = importFolder(services, row.workspace_id)
  if (row.file_path.startsWith(folder + path.sep)) await rm(row.file_path, { force: true })
}

export function importRoutes(app: HttpApp, services: Services): void {
  app.post('/files/imports', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('imports.run', await context.get('caller')())
    const importId = newId()
    const file = await receive(
      services,
      workspaceId,
      importId,
      context.req.query('name') ?? 'upload',
      context.req.raw.body,
    )
    await services.database.inWorkspace(workspaceId, actor, (tx) =>
      createImport(tx, file, services.clock.now(), importId),
    )
    return context.json({ importId }, 201)
  })
  app.get('/files/imports/:importId/rejections.csv', async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('imports.run', await context.get('caller')())
    const importId = context.req.param('importId')
    if (!isId(importId)) throw new NotFound('import-unknown')
    const page = (after?: string) =>
      services.database.inWorkspace(workspaceId, actor, (tx) =>
        listRejections(tx, { importId, after, limit: REJECTIONS_AT_ONCE }),
      )
    const first = await page()
    const language = context.req.query('language') ?? 'en'
    const header = REJECTION_HEADERS[language] ?? ENGLISH_HEADER
    return downloadCsv('rejections.csv', header, rejectionLines(first, page, language))
  })
}

type Rejections = Awaited<ReturnType<typeof listRejections>>

const ENGLISH_HEADER = ['line', 'column', 'problem', 'explanation', 'row']
const REJECTION_HEADERS: Record<string, string[]> = {
  de: ['Zeile', 'Spalte', 'Problem', 'Erklärung', 'Inhalt'],
  nl: ['regel', 'kolom', 'probleem', 'uitleg', 'inhoud'],
}

async function* rejectionLines(first: Rejections, next: (after: string) => Promise<Rejections>, language: string) {
  for (let page: Rejections | null = first; page; page = page.nextCursor ? await next(page.nextCursor) : null)
    for (const { line, column, code, params, message, raw } of page.items)
      yield [line, column, code, fileProblemText(language, code, params) ?? message, raw]
}

/** Streams to the disk under a name of ours; what is too large or breaks off leaves nothing behind. */
async function receive(
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

/** A download that a spreadsheet opens safely, sent as it is read. */
export function downloadCsv(name: string, header: readonly string[], lines: Parameters<typeof csvFile>[1]): Response {
  const encoder = new TextEncoder()
  const text = csvFile(header, lines)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await text.return(undefined)
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
