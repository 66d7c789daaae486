/**
 * CSV for people, who open it in a spreadsheet. A text that begins like a formula would be run there (formula injection,
 * OWASP "CSV Injection"), so it gets an apostrophe in front; numbers that we computed ourselves do not.
 */
export type CsvCell = string | number | bigint | boolean | Date | null | undefined

/** So that Excel takes the file for UTF-8. */
export const CSV_MARK = '\ufeff'

/** Full-width signs count as formulas in East Asian settings; leading spaces and line breaks are skipped by some programs. */
const formula = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/

/** One line with its end (RFC 4180). Dates are written as ISO 8601, nothing as an empty cell. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: CsvCell): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return cell.toISOString()
  if (typeof cell !== 'string') return String(cell)
  const safe = formula.test(cell) ? `'${cell}` : cell
  return /[",;\t\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A whole file: mark, header, lines as they come. */
export async function* csvFile(
  header: readonly string[],
  rows: AsyncIterable<readonly CsvCell[]> | Iterable<readonly CsvCell[]>,
): AsyncGenerator<string> {
  yield CSV_MARK + csvLine(header)
  for await (const row of rows) yield csvLine(row)
}
