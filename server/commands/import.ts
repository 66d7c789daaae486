import { existsSync } from 'node:fs'
import { findWorkspaceId } from '../accounts/index.ts'
import { IMPORT_FIELDS, type Problem } from '../connectors/index.ts'
import { importFile } from '../listening/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { start } from '../start.ts'
import { mappingOption } from './mapping-option.ts'
import { type Command, CommandFault, type CommandInput, textOption } from './run-command.ts'

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

/** What was guessed, corrected by --map. */
async function settingsFor(file: string, input: CommandInput) {
  const choices = {
    ...(textOption(input, 'network') ? { network: textOption(input, 'network') ?? '' } : {}),
    ...(textOption(input, 'time-zone') ? { timeZone: textOption(input, 'time-zone') ?? '' } : {}),
  }
  const mapping = await mappingOption(input, file, choices)
  return mapping ? { ...choices, mapping } : choices
}

const refusedBy = (problem: Problem, counts: Record<string, unknown>): CommandFault =>
  new CommandFault(problem.code, problem.message, counts)
