import { IMPORT_FIELDS, type ImportChoices, inspectFile, type Mapping } from '../connectors/index.ts'
import { CommandFault, type CommandInput, textOptions } from './run-command.ts'

/** What was guessed, corrected by --map COLUMN=FIELD; undefined without one. Unknown columns and fields are refused. */
export async function mappingOption(
  input: CommandInput,
  file: string,
  choices: ImportChoices,
): Promise<Mapping | undefined> {
  const wanted = textOptions(input, 'map').map(parseMapping)
  if (wanted.length === 0) return undefined
  const inspection = await inspectFile(file, choices)
  const columns = inspection.columns.map(({ name }) => name)
  const mapping = { ...inspection.mapping }
  for (const { column, field } of wanted) {
    if (!columns.includes(column))
      throw new CommandFault('unknown-column', `The file has no column "${column}". It has: ${columns.join(', ')}.`)
    for (const [other, taken] of Object.entries(mapping)) if (taken === field) delete mapping[other]
    mapping[column] = field
  }
  return mapping
}

function parseMapping(text: string): { column: string; field: string } {
  const at = text.lastIndexOf('=')
  const plain = (word: string) => word.toLowerCase().replace(/[^a-z]/g, '')
  const field = IMPORT_FIELDS.find((known) => plain(known) === plain(text.slice(at + 1)))
  if (at < 1 || !field)
    throw new CommandFault(
      'usage',
      `--map ${text}: write COLUMN=FIELD, with one of the fields ${IMPORT_FIELDS.join(', ')}.`,
    )
  return { column: text.slice(0, at), field }
}
