import type { FileProblemCode } from '../../../contract/file-problems.ts'

/** What can be wrong with a file or a row. `message` is for command line and API; readers get contract/file-problems.ts. */
export interface Problem {
  code: ProblemCode
  params: Record<string, string | number>
  message: string
}

const messages = {
  // Files as a whole
  'empty-file': 'The file has no rows.',
  'not-a-table': 'This is not a table that can be read: CSV, TSV, JSON, JSON Lines or XLSX is needed.',
  'binary-file': 'The file holds bytes that no text has. CSV, TSV, JSON, JSON Lines or XLSX is needed.',
  'old-workbook': 'This is an old Excel workbook (.xls). Save it as .xlsx or, better, as CSV.',
  'compressed-file': 'The file is compressed. Unpack it first.',
  'broken-workbook': 'The workbook cannot be opened: {detail}.',
  'workbook-too-large': 'The workbook unpacks to more than {megabytesMax} MB. Save it as CSV.',
  'too-many-columns': 'The file has {columns} columns; {columnsMax} can be read.',
  'no-header': 'The first row looks like data ({example}). Column names are needed there.',
  'broken-json': 'The JSON breaks off or is damaged near line {line}.',
  'ids-mangled':
    'The ids in column "{column}" were damaged by a spreadsheet program: it took them for numbers and kept only the first 15 digits ({example} in line {line}). Different posts now carry the same id, and the lost digits cannot be brought back. Use the original export, or in the spreadsheet import column "{column}" as text.',
  'no-text-column': 'No column is chosen for the text.',
  'no-date-column': 'No column is chosen for the time of publication.',
  'unknown-column': 'The file has no column "{column}".',
  'unknown-field': '"{field}" is nothing that a column can be used for.',
  'date-order-unknown':
    'Dates like {example} in column "{column}" can be read in two ways. Choose whether the day or the month comes first.',
  'date-order-mixed':
    'Column "{column}" has dates with the day first ({dayFirst}) and with the month first ({monthFirst}). Choose one; rows in the other order are listed as errors.',
  // Worth knowing, not in the way
  'encoding-guessed':
    'The file is not valid UTF-8 (first in line {line}). It is read as Windows-1252: check the letters with accents.',
  'ids-made':
    'There is no column with ids. Each post gets one made of author, time and text, so a changed text is a new post.',
  'parents-mangled':
    'The ids in column "{column}" were damaged by a spreadsheet program: replies are not linked to what they answer.',
  'time-zone-assumed': 'Times in column "{column}" name no time zone: {timeZone} is assumed.',
  // Rows
  'row-too-long': 'The row is longer than {bytesMax} bytes.',
  'quote-not-closed': 'A quotation mark is opened and not closed.',
  'too-many-cells': 'The row has {cells} cells, the header has {columns}: perhaps a text with an unquoted delimiter.',
  'not-an-object': 'This is no JSON object.',
  'text-missing': 'There is no text.',
  'id-missing': 'There is no id.',
  'id-mangled': 'The id {value} was damaged by a spreadsheet program.',
  'date-missing': 'There is no time of publication.',
  'date-unreadable': 'The time {value} cannot be read.',
} as const satisfies Record<FileProblemCode, string>

export type ProblemCode = FileProblemCode

export function problem(code: ProblemCode, params: Problem['params'] = {}): Problem {
  const message = messages[code].replace(/\{(\w+)\}/g, (_all, name: string) => String(params[name] ?? ''))
  return { code, params, message }
}

/** A file that cannot be read on. Thrown only within this folder; what leaves it is data. */
export class FileFault extends Error {
  readonly problem: Problem

  constructor(fault: Problem) {
    super(fault.message)
    this.problem = fault
  }
}

export function refuse(code: ProblemCode, params: Problem['params'] = {}): FileFault {
  return new FileFault(problem(code, params))
}
