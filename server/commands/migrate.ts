import { start } from '../start.ts'
import type { Command } from './run-command.ts'

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Brings the database up to date; every start does so as well.',
  usage: 'rapport migrate [--json]',
  async run({ config, say }) {
    const started = await start(config, say)
    await started.stop()
    const { applied, version } = started.migrated
    say(applied.length > 0 ? `Applied ${applied.join(', ')}.` : `Nothing to do: the database is at ${version}.`)
    return { applied, version }
  },
}
