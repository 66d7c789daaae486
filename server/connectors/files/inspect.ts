/** What a file is and whether it can be imported, before a single row of it is. */
import { dayAndMonth } from '../dates.ts'
import { INSPECTED_BYTES_MAX } from './encoding.ts'
import { DATE_FIELDS, type ImportField, type Mapping } from './fields.ts'
import { cleanId, isLong, isScientific, looksRounded } from './ids.ts'
import { type ColumnSamples, columnsByField, guessMapping, mappingProblems } from './mapping.ts'
import type { Preset } from './presets.ts'
import { FileFault, type Problem, problem, refuse } from './problem.ts'
import { type ReadRow, readRow } from './read.ts'
import { FILE_START } from './record.ts'
import type { RowReading } from './row.ts'
import { estimateRows, type FileFormat, looksLikeData, openTable, type Table } from './table.ts'

const SAMPLE_ROWS = 1000
const SAMPLES_MAX = 5
const SAMPLE_CHARACTERS_MAX = 200
const PREVIEW_ROWS = 10
const INSPECTED_ROWS_MAX = 200_000
/** Fewer long ids ending in zeros may be chance. */
const ROUNDED_MIN = 3
const ROUNDED_SHARE_MIN = 0.5

export interface ImportChoices {
  /** Absent: guessed. */
  mapping?: Mapping | undefined
  /** The network of all rows; absent: by preset, column or address of each row. */
  network?: string | undefined
  /** IANA zone of times that name none; absent: UTC. */
  timeZone?: string | undefined
}

export interface FileInspection {
  /** Null where the file cannot be read at all. */
  format: FileFormat | null
  encoding: string | null
  delimiter: string | null
  preset: string | null
  columns: ColumnSamples[]
  /** As chosen or guessed; a guess already says which way round dates are, where the column tells. */
  mapping: Mapping
  rowsEstimated: number
  /** `refuses`: the file is not imported like this. The others are worth showing. */
  problems: (Problem & { refuses: boolean })[]
  preview: ReadRow[]
}

export async function inspectFile(path: string, choices: ImportChoices = {}): Promise<FileInspection> {
  try {
    using table = await openTable(path)
    return await inspectTable(table, choices)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return { ...unreadable, problems: [{ ...error.problem, refuses: true }] }
  }
}

const unreadable: FileInspection = {
  format: null,
  encoding: null,
  delimiter: null,
  preset: null,
  columns: [],
  mapping: {},
  rowsEstimated: 0,
  problems: [],
  preview: [],
}

async function inspectTable(table: Table, choices: ImportChoices): Promise<FileInspection> {
  const { preset, mapping, columns } = await chooseMapping(table, choices)
  const faults = mappingProblems(mapping, table.columns)
  const reading = readingOf(table, mapping, preset, choices)
  const survey = await surveyRows(table, reading)
  const resolved = choices.mapping === undefined ? withDateOrder(mapping, survey) : mapping
  const notes = notesOf(table, reading, survey, choices)
  const refusing = [...faults, ...idProblems(table, reading, survey), ...dateProblems(resolved, survey)]
  return {
    format: table.format,
    encoding: table.characters?.encoding ?? null,
    delimiter: table.delimiter,
    preset: preset?.name ?? null,
    columns,
    mapping: resolved,
    rowsEstimated: estimateRows(table, survey),
    problems: [
      ...refusing.map((fault) => ({ ...fault, refuses: true })),
      ...notes.map((note) => ({ ...note, refuses: false })),
    ],
    preview: await previewRows(table, readingOf(table, resolved, preset, choices)),
  }
}

export async function chooseMapping(
  table: Table,
  choices: ImportChoices,
): Promise<{ preset: Preset | null; mapping: Mapping; columns: ColumnSamples[] }> {
  const columns = await sampleColumns(table)
  const guess = guessMapping(columns)
  return { preset: guess.preset, mapping: choices.mapping ?? guess.mapping, columns }
}

/** The columns with their first values. Refuses a table without rows, and one without names above them. */
export async function sampleColumns(table: Table): Promise<ColumnSamples[]> {
  refuseWithoutHeader(table)
  const columns = table.columns.map((name): ColumnSamples => ({ name, samples: [] }))
  let rows = 0
  for await (const record of table.records(FILE_START)) {
    for (const [index, cell] of ('cells' in record ? record.cells : []).entries()) {
      const sample = cell.trim().slice(0, SAMPLE_CHARACTERS_MAX)
      const samples = columns[index]?.samples
      if (sample !== '' && samples !== undefined && samples.length < SAMPLES_MAX && !samples.includes(sample))
        samples.push(sample)
    }
    if (++rows >= SAMPLE_ROWS) break
  }
  if (rows === 0) throw refuse('empty-file')
  return columns
}

function refuseWithoutHeader(table: Table): void {
  const example = table.columns.find((name) => looksLikeData([name]))
  if (example !== undefined && !table.format.startsWith('json'))
    throw refuse('no-header', { example: example.slice(0, 60) })
}

export function readingOf(table: Table, mapping: Mapping, preset: Preset | null, choices: ImportChoices): RowReading {
  return {
    columns: columnsByField(mapping, table.columns, preset),
    network: choices.network ?? preset?.network ?? null,
    timeZone: choices.timeZone ?? 'UTC',
    workbookDays: table.workbookDays,
  }
}

interface IdSurvey {
  long: number
  rounded: number
  mangled: { example: string; line: number } | null
  rounding: { example: string; line: number } | null
}

interface Survey {
  rows: number
  bytes: number
  whole: boolean
  ids: IdSurvey
  parents: IdSurvey
  /** Examples of dates that can only be read with the day, or only with the month first. */
  dayFirst: string | null
  monthFirst: string | null
  undecided: string | null
  zoneless: boolean
}

async function surveyRows(table: Table, reading: RowReading): Promise<Survey> {
  const none = (): IdSurvey => ({ long: 0, rounded: 0, mangled: null, rounding: null })
  const orders = { dayFirst: null, monthFirst: null, undecided: null }
  const survey: Survey = { rows: 0, bytes: 0, whole: true, ids: none(), parents: none(), ...orders, zoneless: false }
  const dates = DATE_FIELDS.flatMap((field) => reading.columns.get(field) ?? [])
  for await (const record of table.records(FILE_START)) {
    survey.rows++
    survey.bytes = record.after.byte
    if ('cells' in record) {
      for (const column of reading.columns.get('id') ?? []) surveyId(survey.ids, record.cells[column], record.line)
      for (const column of reading.columns.get('parentId') ?? [])
        surveyId(survey.parents, record.cells[column], record.line)
      for (const column of dates) surveyDate(survey, record.cells[column] ?? '')
    }
    if (survey.rows >= INSPECTED_ROWS_MAX || survey.bytes >= INSPECTED_BYTES_MAX) {
      survey.whole = false
      break
    }
  }
  return survey
}

function surveyId(ids: IdSurvey, written: string | undefined, line: number): void {
  const example = cleanId(written ?? '')
  if (isScientific(example)) ids.mangled ??= { example, line }
  if (isLong(example)) ids.long++
  if (!looksRounded(example)) return
  ids.rounded++
  ids.rounding ??= { example, line }
}

function surveyDate(survey: Survey, written: string): void {
  if (/\d:\d\d/.test(written) && !/(z|[+-]\d\d:?\d\d|[a-z]{3,4})\s*\d*\s*$/i.test(written)) survey.zoneless = true
  const numbers = dayAndMonth(written)
  if (numbers === null) return
  const [first, second] = numbers
  if (first > 12 && second <= 12) survey.dayFirst ??= written
  else if (second > 12 && first <= 12) survey.monthFirst ??= written
  else if (first !== second) survey.undecided ??= written
}

/** Where the column tells, or the calendar does (no day above 12 of either kind is left open), the guess says so. */
function withDateOrder(mapping: Mapping, { dayFirst, monthFirst }: Survey): Mapping {
  if ((dayFirst === null) === (monthFirst === null)) return mapping
  const field: ImportField = dayFirst !== null ? 'publishedAtDayFirst' : 'publishedAtMonthFirst'
  return Object.fromEntries(
    Object.entries(mapping).map(([column, known]) => [column, known === 'publishedAt' ? field : known]),
  )
}

function dateProblems(mapping: Mapping, { dayFirst, monthFirst, undecided }: Survey): Problem[] {
  const column = Object.keys(mapping).find((name) => mapping[name] === 'publishedAt')
  if (column === undefined) return []
  if (dayFirst !== null && monthFirst !== null) return [problem('date-order-mixed', { column, dayFirst, monthFirst })]
  return undecided === null ? [] : [problem('date-order-unknown', { column, example: undecided })]
}

function idProblems(table: Table, reading: RowReading, { ids }: Survey): Problem[] {
  const found = damage(ids)
  const column = table.columns[reading.columns.get('id')?.[0] ?? -1]
  return found === null || column === undefined ? [] : [problem('ids-mangled', { column, ...found })]
}

function damage({ mangled, rounding, rounded, long }: IdSurvey): { example: string; line: number } | null {
  if (mangled !== null) return mangled
  return rounded >= ROUNDED_MIN && rounded >= long * ROUNDED_SHARE_MIN ? rounding : null
}

function notesOf(table: Table, reading: RowReading, survey: Survey, choices: ImportChoices): Problem[] {
  const notes: Problem[] = []
  const nameOf = (field: ImportField) => table.columns[reading.columns.get(field)?.[0] ?? -1] ?? ''
  if (table.characters?.invalidLine) notes.push(problem('encoding-guessed', { line: table.characters.invalidLine }))
  if (!reading.columns.has('id')) notes.push(problem('ids-made'))
  if (damage(survey.parents) !== null) notes.push(problem('parents-mangled', { column: nameOf('parentId') }))
  const dateField = DATE_FIELDS.find((field) => reading.columns.has(field))
  if (survey.zoneless && dateField !== undefined && choices.timeZone === undefined) {
    notes.push(problem('time-zone-assumed', { column: nameOf(dateField), timeZone: reading.timeZone }))
  }
  return notes
}

async function previewRows(table: Table, reading: RowReading): Promise<ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const record of table.records(FILE_START)) {
    rows.push(readRow(record, table, reading))
    if (rows.length >= PREVIEW_ROWS) break
  }
  return rows
}
