import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { CONTACT_IMPORT_SETTINGS, type ContactImportSettings } from '../../contract/people-contact-imports.ts'
import { findWorkspaceId } from '../accounts/index.ts'
import { importContacts, inspectContacts, isContactField, rehearseFile } from '../people/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { start } from '../start.ts'
import { type Command, CommandFault, type CommandInput, textOption, textOptions } from './run-command.ts'

/** `rapport contacts import FILE --workspace NAME`: docs/contacts.md says what each count means. */
export const contactsCommand: Command = {
  name: 'contacts',
  summary: 'Takes in a file of contacts (CSV, TSV, JSON, XLSX, vCard); a second run of the same file changes nothing.',
  usage:
    'rapport contacts import FILE --workspace NAME --system NAME --legal-basis BASIS [--mapping FILE.json] [--map COLUMN=FIELD …]\n' +
    '       [--in-use propose|share|join] [--dry-run] [--json]',
  options: {
    workspace: { type: 'string' },
    system: { type: 'string' },
    'legal-basis': { type: 'string' },
    mapping: { type: 'string' },
    map: { type: 'string', multiple: true },
    'in-use': { type: 'string' },
    'dry-run': { type: 'boolean' },
  },
  async run(input) {
    const [verb, file] = input.words
    const workspace = textOption(input, 'workspace')
    if (verb !== 'import' || !file || !workspace) throw new CommandFault('usage', `Usage: ${contactsCommand.usage}`)
    if (!existsSync(file)) throw new CommandFault('file-missing', `There is no file ${file}.`)
    const settings = await settingsFor(file, input)
    const started = await start(input.config, input.say)
    try {
      const workspaceId = await findWorkspaceId(started.services, workspace)
      if (!workspaceId) throw new CommandFault('workspace-unknown', `There is no workspace "${workspace}".`)
      const request = { workspaceId, file, actor: SYSTEM, settings }
      if (input.options['dry-run']) return await rehearse(input, started.services, request)
      const { problem, state, rows, rejected, counts } = await importContacts(started.services, request)
      const result = { rows, rejected, ...counts }
      if (problem) throw new CommandFault(problem.code, problem.message, result)
      if (state !== 'done') throw new CommandFault('import-stopped', `The import was ${state}.`, result)
      input.say(sentence(result))
      return result
    } finally {
      await started.stop()
    }
  },
}

type Counts = { rows: number; rejected: number } & Awaited<ReturnType<typeof importContacts>>['counts']

const sentence = ({ rows, rejected, begun, joined, changed, unchanged, possible, leftOut, warned }: Counts): string =>
  `${rows} rows read: ${begun} new persons, ${joined} about known ones, ${changed} changed, ${unchanged} unchanged, ` +
  `${possible} wait for somebody to decide, ${leftOut} left out, ${rejected} rejected; in ${warned} something was left out.`

async function rehearse(
  input: CommandInput,
  services: Parameters<typeof rehearseFile>[0],
  request: Parameters<typeof rehearseFile>[1],
): Promise<Record<string, unknown>> {
  const { rehearsal, problem } = await rehearseFile(services, request)
  if (problem) throw new CommandFault(problem.code, problem.message)
  if (!rehearsal) throw new CommandFault('import-stopped', 'The file could not be looked at to its end.')
  const { rows, rejected, counts, samples, whole } = rehearsal
  const result = { rows, rejected, ...counts }
  input.say(`Nothing was written. ${sentence(result)}`)
  for (const { line, outcome, name, problems } of samples)
    input.say(`  line ${line}: ${outcome} ${name} ${problems.map(({ message }) => message).join(' ')}`)
  return { ...result, dryRun: true, whole, samples }
}

/** A mapping file holds what the API takes, the options say it over. */
async function settingsFor(file: string, input: CommandInput): Promise<ContactImportSettings> {
  const named = textOption(input, 'mapping')
  const kept = named ? await readMapping(named) : {}
  const given = {
    ...kept,
    ...present('system', textOption(input, 'system')),
    ...present('legalBasis', textOption(input, 'legal-basis')),
    ...present('inUse', textOption(input, 'in-use')),
  }
  const wanted = textOptions(input, 'map').map(parseMapping)
  const mapping = wanted.length > 0 ? await corrected(file, given.mapping, wanted) : given.mapping
  const parsed = CONTACT_IMPORT_SETTINGS.safeParse({ ...given, ...(mapping ? { mapping } : {}) })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new CommandFault('usage', `${issue?.path.join('.')}: ${issue?.message}\nUsage: ${contactsCommand.usage}`)
}

const present = (name: string, value: string | null) => (value === null ? {} : { [name]: value })

async function readMapping(file: string): Promise<Partial<ContactImportSettings>> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    // A plain list of columns will do.
    const isPlain = Object.values(read).every((value) => typeof value === 'string') && !('system' in read)
    return (isPlain ? { mapping: read } : read) as Partial<ContactImportSettings>
  } catch (error) {
    throw new CommandFault('mapping-unreadable', `${file}: ${(error as Error).message}`)
  }
}

async function corrected(
  file: string,
  kept: Record<string, string> | undefined,
  wanted: readonly { column: string; field: string }[],
): Promise<Record<string, string>> {
  const inspection = await inspectContacts(file, { mapping: kept })
  const columns = inspection.columns.map(({ name }) => name)
  const mapping = { ...inspection.mapping }
  for (const { column, field } of wanted) {
    if (!columns.includes(column))
      throw new CommandFault('unknown-column', `The file has no column "${column}". It has: ${columns.join(', ')}.`)
    mapping[column] = field
  }
  return mapping
}

function parseMapping(text: string): { column: string; field: string } {
  const at = text.indexOf('=')
  const field = text.slice(at + 1)
  if (at < 1 || !isContactField(field))
    throw new CommandFault('usage', `--map ${text}: write COLUMN=FIELD; docs/contacts.md lists the fields.`)
  return { column: text.slice(0, at), field }
}
