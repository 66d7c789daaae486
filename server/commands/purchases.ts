import { existsSync } from 'node:fs'
import { PURCHASE_IMPORT_SETTINGS } from '../../contract/people-purchases.ts'
import { findWorkspaceId } from '../accounts/index.ts'
import { importPurchases } from '../people/index.ts'
import { SYSTEM } from '../platform/events.ts'
import { start } from '../start.ts'
import { type Command, CommandFault, textOption, textOptions } from './run-command.ts'

/** `rapport purchases import FILE --workspace NAME --system NAME`. */
export const purchasesCommand: Command = {
  name: 'purchases',
  summary:
    'Takes in a file of orders or contracts (CSV, TSV, JSON, XLSX); a second run of the same file changes nothing.',
  usage:
    'rapport purchases import FILE --workspace NAME --system NAME [--kind order|contract] [--currency EUR] [--map COLUMN=FIELD …] [--json]',
  options: {
    workspace: { type: 'string' },
    system: { type: 'string' },
    kind: { type: 'string' },
    currency: { type: 'string' },
    map: { type: 'string', multiple: true },
  },
  async run(input) {
    const [verb, file] = input.words
    const workspace = textOption(input, 'workspace')
    if (verb !== 'import' || !file || !workspace) throw new CommandFault('usage', `Usage: ${purchasesCommand.usage}`)
    if (!existsSync(file)) throw new CommandFault('file-missing', `There is no file ${file}.`)
    const pairs = textOptions(input, 'map').map((pair) => [
      pair.slice(0, pair.indexOf('=')),
      pair.slice(pair.indexOf('=') + 1),
    ])
    const settings = PURCHASE_IMPORT_SETTINGS.safeParse({
      system: textOption(input, 'system') ?? undefined,
      kind: textOption(input, 'kind') ?? undefined,
      currency: textOption(input, 'currency') ?? undefined,
      ...(pairs.length > 0 ? { mapping: Object.fromEntries(pairs) } : {}),
    })
    if (!settings.success) {
      const [issue] = settings.error.issues
      throw new CommandFault('usage', `${issue?.path.join('.')}: ${issue?.message}\nUsage: ${purchasesCommand.usage}`)
    }
    const started = await start(input.config, input.say)
    try {
      const workspaceId = await findWorkspaceId(started.services, workspace)
      if (!workspaceId) throw new CommandFault('workspace-unknown', `There is no workspace "${workspace}".`)
      const request = { workspaceId, file, actor: SYSTEM, settings: settings.data }
      const { state, problem, rows, rejected, counts } = await importPurchases(started.services, request)
      const result = { rows, rejected, ...counts }
      if (problem) throw new CommandFault(problem.code, problem.message, result)
      if (state !== 'done') throw new CommandFault('import-stopped', `The import was ${state}.`, result)
      input.say(
        `${rows} rows read: ${counts.created} new, ${counts.updated} changed, ${counts.unchanged} unchanged, ${rejected} rejected.`,
      )
      return result
    } finally {
      await started.stop()
    }
  },
}
