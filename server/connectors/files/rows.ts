import { chooseMapping, type FileInspection, type ImportChoices, inspectFile, readingOf } from './inspect.ts'
import { FileFault } from './problem.ts'
import { type ReadRow, readRow } from './read.ts'
import { FILE_START, type Position } from './record.ts'
import { openTable } from './table.ts'

export interface ReadChoices extends ImportChoices {
  /** The position of the last row that was dealt with; absent: from the first. */
  from?: Position | undefined
  /** What inspectFile said of this file and these choices: whoever reads it several times has it looked at once. */
  inspected?: FileInspection | undefined
}

/**
 * Every row of a file, in memory that does not grow with it. What inspectFile refuses is refused here too: no caller can
 * forget to ask. Without a mapping its guess is used. Rows with an id that came before are not held back: whoever stores
 * them counts them as duplicates.
 */
export async function* readRows(path: string, choices: ReadChoices = {}): AsyncGenerator<ReadRow> {
  let position = choices.from ?? FILE_START
  try {
    const inspection = choices.inspected ?? (await inspectFile(path, choices))
    const fault = inspection.problems.find((problem) => problem.refuses)
    if (fault !== undefined) throw new FileFault({ code: fault.code, params: fault.params, message: fault.message })
    using table = await openTable(path)
    const { preset } = await chooseMapping(table, choices)
    const reading = readingOf(table, inspection.mapping, preset, choices)
    for await (const record of table.records(position)) {
      position = record.after
      yield readRow(record, table, reading)
    }
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    yield { line: null, position, row: { kind: 'refused', problem: error.problem } }
  }
}
