/** Rows of a file of contacts, taken in with one transaction. */
import type { ContactImportSettings } from '../../../contract/people-contact-imports.ts'
import type { BatchOutcome, ImportProblem, ImportRow } from '../../imports/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { type ContactChange, changeOf } from './contact-change.ts'
import type { ContactOutcome, Taken } from './contacts.ts'
import { addOutcome, type ContactCounts, NO_COUNTS } from './counts.ts'
import { contactProblem, type ReadContact } from './reading.ts'
import { sourceOf } from './settings.ts'
import { takeStretch } from './stretch.ts'

export interface Batch {
  settings: ContactImportSettings
  rows: ReadContact[]
  room: number
}

/** As many of the rows as there is room for. What is refused as it was written takes no work of the graph. */
export async function takeBatch(
  services: Services,
  tx: WorkspaceTransaction,
  current: ImportRow,
  { settings, rows, room }: Batch,
): Promise<BatchOutcome> {
  const source = sourceOf(settings, services.secrets, services.clock.now(), current.import_id)
  const read = rows.slice(0, room).map(readRow)
  const told = read.flatMap(({ change, line }, index) => (change ? [{ change, line, index }] : []))
  const { taken, work } = await takeStretch(tx, told, source, room)
  // What stands behind the last record that was taken comes in the next transaction.
  const end = told[taken.length]?.index ?? read.length
  const takenAt = new Map(taken.map((one, place) => [told[place]?.index, one]))
  const done = read.slice(0, end).map((row, index) => outcomeOf(row, takenAt.get(index)))
  return { taken: end, work: Math.max(work, 1), ...summed(current, done) }
}

interface RowOfFile {
  line: number | null
  raw: string
  column: string | null
  /** Null: it is refused as it was written. */
  change: ContactChange | null
  problems: ImportProblem[]
}

function readRow({ line, row }: ReadContact): RowOfFile {
  if (row.kind === 'refused') throw new Error('a row that refuses its file ends the reading')
  const place = { line, raw: row.raw, column: null }
  if (row.kind === 'rejected') return { ...place, column: row.column, change: null, problems: [row.problem] }
  const { change, faults } = changeOf(row.told)
  const refused = faults.find(({ refuses }) => refuses)
  const said = refused ? [refused] : faults
  return {
    ...place,
    change: refused ? null : change,
    problems: said.map(({ code, params }) => contactProblem(code, params)),
  }
}

interface RowOutcome extends Omit<RowOfFile, 'change'> {
  outcome: ContactOutcome
}

/** Why something was refused is said before what was left out of it. */
function outcomeOf({ change: _, ...row }: RowOfFile, taken: Taken | undefined): RowOutcome {
  if (!taken) return { ...row, outcome: 'refused' }
  const faults = taken.faults.toSorted((one, other) => Number(other.refuses) - Number(one.refuses))
  const told = faults.map(({ code, params }) => contactProblem(code, params))
  const isRefused = taken.outcome === 'refused'
  return {
    ...row,
    outcome: taken.outcome,
    problems: isRefused ? [...told, ...row.problems] : [...row.problems, ...told],
  }
}

function summed(current: ImportRow, rows: readonly RowOutcome[]): Pick<BatchOutcome, 'rejected' | 'kept' | 'counts'> {
  let counts: ContactCounts = { ...NO_COUNTS, ...(current.counts as Partial<ContactCounts>) }
  for (const { outcome, problems } of rows)
    if (outcome !== 'refused') counts = addOutcome(counts, outcome, problems.length > 0)
  return {
    counts: { ...counts },
    rejected: rows.filter(({ outcome }) => outcome === 'refused').length,
    kept: rows.flatMap(({ line, raw, column, problems: [problem] }) =>
      problem ? [{ line: line ?? 0, raw, column, problem }] : [],
    ),
  }
}
