import { downloadCsv } from '../platform/csv-download.ts'
import { NotFound } from '../platform/errors.ts'
import { isId, newId } from '../platform/ids.ts'
import type { HttpApp } from '../platform/module.ts'
import { authoriseInWorkspace } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import { listRejections } from './rejections.ts'
import { createImport, type ImportKind } from './states.ts'
import { receiveUpload } from './uploads.ts'

const REJECTIONS_AT_ONCE = 1_000

const ENGLISH_HEADER = ['line', 'column', 'problem', 'explanation', 'row']
const REJECTION_HEADERS: Record<string, string[]> = {
  de: ['Zeile', 'Spalte', 'Problem', 'Erklärung', 'Inhalt'],
  nl: ['regel', 'kolom', 'probleem', 'uitleg', 'inhoud'],
}

type Rejections = Awaited<ReturnType<typeof listRejections>>
/** A sentence for a problem in a language; null where there is none. */
type TextOf = (language: string, code: string, params: Record<string, unknown>) => string | null

/** Takes files of one kind in below `path`, and gives back what was refused of them. */
export function importRoutes(
  app: HttpApp,
  services: Services,
  { kind, path, textOf }: { kind: ImportKind; path: string; textOf: TextOf },
): void {
  app.post(path, async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('imports.run', await context.get('caller')())
    const importId = newId()
    const name = context.req.query('name') ?? 'upload'
    const file = await receiveUpload(services, workspaceId, importId, name, context.req.raw.body)
    await services.database.inWorkspace(workspaceId, actor, (tx) =>
      createImport(tx, kind, file, services.clock.now(), importId),
    )
    return context.json({ importId }, 201)
  })
  app.get(`${path}/:importId/rejections.csv`, async (context) => {
    const { workspaceId, actor } = authoriseInWorkspace('imports.run', await context.get('caller')())
    const importId = context.req.param('importId')
    if (!importId || !isId(importId)) throw new NotFound('import-unknown')
    const page = (after?: string) =>
      services.database.inWorkspace(workspaceId, actor, (tx) =>
        listRejections(tx, kind, { importId, after, limit: REJECTIONS_AT_ONCE }),
      )
    const first = await page()
    const language = context.req.query('language') ?? 'en'
    const header = REJECTION_HEADERS[language] ?? ENGLISH_HEADER
    return downloadCsv('rejections.csv', header, rejectionLines(first, page, language, textOf))
  })
}

async function* rejectionLines(
  first: Rejections,
  next: (after: string) => Promise<Rejections>,
  language: string,
  textOf: TextOf,
) {
  for (let page: Rejections | null = first; page; page = page.nextCursor ? await next(page.nextCursor) : null)
    for (const { line, column, code, params, message, raw } of page.items)
      yield [line, column, code, textOf(language, code, params) ?? message, raw]
}
