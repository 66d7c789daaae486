/** Files of contacts as records: tables with a mapping of their columns, and vCards, which say themselves what they mean. */

import { open } from 'node:fs/promises'
import { contactProblemText } from '../../../contract/contact-problems.ts'
import {
  type ColumnSamples,
  cleanId,
  estimateRows,
  FILE_START,
  FileFault,
  fileProblem,
  isScientific,
  type Mapping,
  openTable,
  type Position,
  type ReadPart,
  sampleColumns,
  type Table,
} from '../../connectors/index.ts'
import type { ImportProblem } from '../../imports/index.ts'
import { guessContactMapping, identifies, isContactField } from './contact-columns.ts'
import { columnsByField, toldByRow } from './contact-row.ts'
import type { ToldContact } from './told-contact.ts'
import { contactOfCard } from './vcard-contact.ts'
import { readCards } from './vcard-lines.ts'

const RAW_CHARACTERS_MAX = 1_000
const SURVEYED_ROWS_MAX = 200_000
const CARD_START = /^\s*(?:\ufeff)?BEGIN:VCARD/i
const START_BYTES = 200

export interface FileChoices {
  mapping?: Mapping | undefined
}

export interface ReadContact {
  line: number | null
  position: Position
  row:
    | { kind: 'contact'; told: ToldContact; raw: string }
    | { kind: 'rejected'; problem: ImportProblem; column: string | null; raw: string }
    | { kind: 'refused'; problem: ImportProblem }
}

export interface ContactInspection {
  format: string | null
  encoding: string | null
  rowsEstimated: number
  columns: ColumnSamples[]
  mapping: Mapping
  problems: (ImportProblem & { refuses: boolean })[]
}

export const contactProblem = (code: string, params: ImportProblem['params'] = {}): ImportProblem => ({
  code,
  params,
  message: contactProblemText('en', code, params) ?? code,
})

/** Cards say themselves what they mean; nothing has to be mapped. */
export async function isCardFile(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0)
    const bytes = buffer.subarray(0, bytesRead)
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe
    return CARD_START.test(bytes.toString(wide ? 'utf16le' : 'utf8').replace(/^\ufeff/, ''))
  } finally {
    await file.close()
  }
}

/** What a file is, and whether it can be taken in like this; reads it once. Never throws for what a file can be. */
export async function inspectContacts(path: string, choices: FileChoices = {}): Promise<ContactInspection> {
  try {
    if (await isCardFile(path)) return await inspectCards(path)
    using table = await openTable(path)
    return await inspectRows(table, choices)
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    const none = { format: null, encoding: null, rowsEstimated: 0, columns: [], mapping: {} }
    return { ...none, problems: [{ ...error.problem, refuses: true }] }
  }
}

async function inspectCards(path: string): Promise<ContactInspection> {
  let cards = 0
  for await (const _card of readCards(path, FILE_START)) if (++cards >= SURVEYED_ROWS_MAX) break
  return { format: 'vcard', encoding: null, rowsEstimated: cards, columns: [], mapping: {}, problems: [] }
}

async function inspectRows(table: Table, choices: FileChoices): Promise<ContactInspection> {
  const columns = await sampleColumns(table)
  const mapping = choices.mapping ?? guessContactMapping(columns)
  const refusing = mappingProblems(mapping, table.columns)
  const survey = await surveyRows(table, mapping)
  const notes = [...survey.notes]
  if (table.characters?.invalidLine) notes.push(fileProblem('encoding-guessed', { line: table.characters.invalidLine }))
  return {
    format: table.format,
    encoding: table.characters?.encoding ?? null,
    rowsEstimated: estimateRows(table, survey),
    columns,
    mapping,
    problems: [
      ...[...refusing, ...survey.refusing].map((problem) => ({ ...problem, refuses: true })),
      ...notes.map((problem) => ({ ...problem, refuses: false })),
    ],
  }
}

function mappingProblems(mapping: Mapping, columns: readonly string[]): ImportProblem[] {
  const problems: ImportProblem[] = []
  for (const [column, field] of Object.entries(mapping)) {
    if (!columns.includes(column)) problems.push(fileProblem('unknown-column', { column }))
    if (!isContactField(field)) problems.push(fileProblem('unknown-field', { field }))
  }
  if (!identifies(mapping)) problems.push(contactProblem('no-identity-column'))
  return problems
}

interface Survey extends ReadPart {
  refusing: ImportProblem[]
  notes: ImportProblem[]
}

/** What spreadsheet programs do to numbers shows in a whole column, not in a row. */
async function surveyRows(table: Table, mapping: Mapping): Promise<Survey> {
  const found = new Map<string, ImportProblem>()
  const note = (code: string, column: string, line: number, example: string) => {
    const key = `${code} ${column}`
    if (!found.has(key)) found.set(key, contactProblem(code, { column, line, example: example.slice(0, 60) }))
  }
  const watched = table.columns.flatMap((column, index) => {
    const field = mapping[column] ?? ''
    const what =
      field === 'externalId' || field.startsWith('customer-number:') ? 'ids' : field === 'phone' ? 'phones' : null
    return what ? [{ column, index, what }] : []
  })
  const survey: Survey = { rows: 0, bytes: 0, whole: true, refusing: [], notes: [] }
  for await (const record of table.records(FILE_START)) {
    survey.rows++
    survey.bytes = record.after.byte
    if ('cells' in record)
      for (const { column, index, what } of watched) {
        const cell = record.cells[index]?.trim() ?? ''
        if (isScientific(cleanId(cell))) note(`${what}-damaged`, column, record.line, cell)
        else if (what === 'phones' && /^[1-9]\d{5,12}$/.test(cell))
          note('phones-without-zero', column, record.line, cell)
      }
    if (survey.rows < SURVEYED_ROWS_MAX) continue
    survey.whole = false
    break
  }
  survey.refusing = [...found.values()].filter(({ code }) => code === 'ids-damaged')
  survey.notes = [...found.values()].filter(({ code }) => code !== 'ids-damaged')
  return survey
}

/** Every record of a file, in memory that does not grow with it. What inspection refuses is refused here too. */
export async function* readContacts(
  path: string,
  choices: FileChoices & { from?: Position | undefined } = {},
): AsyncGenerator<ReadContact> {
  let position = choices.from ?? FILE_START
  try {
    if (await isCardFile(path)) {
      yield* readCardContacts(path, position)
      return
    }
    const inspection = await inspectContacts(path, choices)
    const fault = inspection.problems.find(({ refuses }) => refuses)
    if (fault) {
      const { code, params, message } = fault
      yield { line: null, position, row: { kind: 'refused', problem: { code, params, message } } }
      return
    }
    using table = await openTable(path)
    const columns = columnsByField(inspection.mapping, table.columns)
    for await (const record of table.records(position)) {
      position = record.after
      const place = { line: record.line, position }
      if ('fault' in record)
        yield { ...place, row: { kind: 'rejected', problem: record.fault, column: null, raw: record.raw } }
      else {
        const raw = record.cells.join(' | ').slice(0, RAW_CHARACTERS_MAX)
        yield { ...place, row: { kind: 'contact', told: toldByRow(record.cells, columns), raw } }
      }
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    yield { line: null, position, row: { kind: 'refused', problem: error.problem } }
  }
}

async function* readCardContacts(path: string, from: Position): AsyncGenerator<ReadContact> {
  for await (const card of readCards(path, from)) {
    const place = { line: card.line, position: card.after }
    if ('fault' in card)
      yield { ...place, row: { kind: 'rejected', problem: contactProblem(card.fault), column: null, raw: card.raw } }
    else {
      const raw = card.lines.join(' | ').slice(0, RAW_CHARACTERS_MAX)
      yield { ...place, row: { kind: 'contact', told: contactOfCard(card.lines), raw } }
    }
  }
}
