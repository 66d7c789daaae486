import { existsSync } from 'node:fs'
import { findWorkspaceId } from '../accounts/index.ts'
import { IMPORT_FIELDS, inspectFile, type Problem } from '../connectors/index.ts'
import { importFile } from '../listening/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { start } from '../start.ts'
import { type Command, CommandFault, type CommandInput, textOption, textOptions } from './run-command.ts'

/** `rapport import FILE --workspace NAME`: docs/import.md says what each count means. */
export const importCommand: Command = {
  name: 'import',
  summary:
    'Takes in a file of posts (CSV, TSV, JSON, JSON Lines, XLSX); a second run of the same file changes nothing.',
  usage:
    'rapport import FILE --workspace NAME [--map COLUMN=FIELD …] [--network NETWORK] [--time-zone ZONE] [--json]\n' +
    `Fields: ${IMPORT_FIELDS.join(', ')}`,
  options: {
    workspace: { type: 'string' },
    map: { type: 'string', multiple: true },
    network: { type: 'string' },
    'time-zone': { type: 'string' },
  },
  async run(input) {
    const [file] = input.words
    const workspace = textOption(input, 'workspace')
    if (!file || !workspace) throw new CommandFault('usage', `Usage: ${importCommand.usage}`)
    if (!existsSync(file)) throw new CommandFault('file-missing', `There is no file ${file}.`)
    const settings = await settingsFor(file, input)
    const started = await start(input.config, input.say)
    try {
      const workspaceId = await findWorkspaceId(started.services, workspace)
      if (!workspaceId) throw new CommandFault('workspace-unknown', `There is no workspace "${workspace}".`)
      const { problem, state, ...counts } = await importFile(started.services, {
        workspaceId,
        file,
        actor: SYSTEM,
        settings,
      })
      if (problem) throw refusedBy(problem, counts)
      if (state !== 'done') throw new CommandFault('import-stopped', `The import was ${state}.`, counts)
      input.say(
        `${counts.rows} rows read: ${counts.posts} new posts by ${counts.authors} new authors, ${counts.duplicates} that were there already, ${counts.rejected} rejected.`,
      )
      return counts
    } finally {
      await started.stop()
    }
  },
}

/** What was guessed, corrected by --map. An unknown column or field is told before anything is written. */
async function settingsFor(file: string, input: CommandInput) {
  const choices = {
    ...(textOption(input, 'network') ? { network: textOption(input, 'network') ?? '' } : {}),
    ...(textOption(input, 'time-zone') ? { timeZone: textOption(input, 'time-zone') ?? '' } : {}),
  }
  const wanted = textOptions(input, 'map').map(parseMapping)
  if (wanted.length === 0) return choices
  const inspection = await inspectFile(file, choices)
  const columns = inspection.columns.map(({ name }) => name)
  const mapping = { ...inspection.mapping }
  for (const { column, field } of wanted) {
    if (!columns.includes(column))
      throw new CommandFault('unknown-column', `The file has no column "${column}". It has: ${columns.join(', ')}.`)
    for (const [other, taken] of Object.entries(mapping)) if (taken === field) delete mapping[other]
    mapping[column] = field
  }
  return { ...choices, mapping }
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

const refusedBy = (problem: Problem, counts: Record<string, unknown>): CommandFault =>
  new CommandFault(problem.code, problem.message, counts)
