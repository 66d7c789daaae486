import writeExcelFile from 'write-excel-file/node'
import { type ContactExportField, WORKBOOK_PERSONS_MAX } from '../../../contract/contact-export.ts'
import { CSV_MARK, csvLine } from '../../platform/csv.ts'
import { downloadText } from '../../platform/csv-download.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import type { HttpApp } from '../../platform/module.ts'
import { authoriseInWorkspace } from '../../platform/procedures.ts'
import type { Services } from '../../platform/services.ts'
import { exportCell, exportRequest } from './export-columns.ts'
import { areMoreThan, type ExportedPerson, exportedPersons, type Which } from './exported.ts'
import { cardOf } from './vcard-write.ts'

const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Persons as CSV, Excel workbook or vCards: one, those of a segment, or all. */
export function contactExportRoutes(app: HttpApp, services: Services): void {
  for (const format of ['csv', 'xlsx', 'vcf'] as const)
    app.get(`/files/persons.${format}`, async (context) => {
      const caller = authoriseInWorkspace('posts.export', await context.get('caller')())
      authoriseInWorkspace('people.read', await context.get('caller')())
      // Whoever sees accounts without their names is not handed the names in a file.
      if (caller.veil) throw new Forbidden('export-veiled')
      const asked = exportRequest.safeParse(Object.fromEntries(new URL(context.req.url).searchParams))
      if (!asked.success) throw new Invalid('filters-invalid', { fault: asked.error.issues[0]?.message ?? '' })
      const { person, segment, fields, mark } = asked.data
      const run = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
        services.database.inWorkspace(caller.workspaceId, caller.actor, work)
      const which: Which = person ? { personId: person } : segment ? { segmentId: segment } : { all: true }
      const now = services.clock.now()
      if (format === 'xlsx' && (await areMoreThan(run, which, WORKBOOK_PERSONS_MAX, now)))
        throw new Invalid('workbook-too-long', { most: WORKBOOK_PERSONS_MAX })
      await run(async (tx) =>
        tx.record({
          type: 'contacts.exported',
          subjects: { ...(person ? { person } : {}), ...(segment ? { segment } : {}) },
          codes: { format, fields: fields.join() },
        }),
      )
      const persons = exportedPersons(run, which, now)
      if (format === 'xlsx') return workbook(persons, fields)
      if (format === 'vcf') return downloadText('persons.vcf', 'text/vcard; charset=utf-8', cards(persons, fields))
      return downloadText('persons.csv', 'text/csv; charset=utf-8', csv(persons, fields, mark === 'yes'))
    })
}

async function* csv(persons: AsyncIterable<ExportedPerson>, fields: readonly ContactExportField[], isMarked: boolean) {
  yield (isMarked ? CSV_MARK : '') + csvLine(fields)
  for await (const person of persons) yield csvLine(fields.map((field) => exportCell(person, field)))
}

async function* cards(persons: AsyncIterable<ExportedPerson>, fields: readonly ContactExportField[]) {
  const wanted = new Set(fields)
  for await (const person of persons) yield cardOf(person, wanted)
}

/** Cells are texts, never formulas: a phone number keeps its plus, and nothing runs when the file is opened. */
async function workbook(
  persons: AsyncIterable<ExportedPerson>,
  fields: readonly ContactExportField[],
): Promise<Response> {
  const rows = [fields.map((field) => ({ value: field as string, type: String, fontWeight: 'bold' as const }))]
  const body: { value: string; type: StringConstructor }[][] = []
  for await (const person of persons) {
    // Some may have begun meanwhile.
    if (body.length >= WORKBOOK_PERSONS_MAX) throw new Invalid('workbook-too-long', { most: WORKBOOK_PERSONS_MAX })
    body.push(fields.map((field) => ({ value: exportCell(person, field), type: String })))
  }
  const bytes = await writeExcelFile([...rows, ...body], { stickyRowsCount: 1 }).toBuffer()
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': WORKBOOK_TYPE,
      'content-disposition': 'attachment; filename="persons.xlsx"',
      'cache-control': 'no-store',
    },
  })
}
