import { audit } from './commands/audit.ts'
import { contactsCommand } from './commands/contacts.ts'
import { doctor } from './commands/doctor.ts'
import { importCommand } from './commands/import.ts'
import { migrateCommand } from './commands/migrate.ts'
import { privacyCommand } from './commands/privacy.ts'
import { purchasesCommand } from './commands/purchases.ts'
import { type Command, runCommand } from './commands/run-command.ts'
import { serve } from './commands/serve.ts'
import { setup } from './commands/setup.ts'
import { user } from './commands/user.ts'
import { work } from './commands/work.ts'

const commands: Command[] = [
  serve,
  work,
  migrateCommand,
  setup,
  importCommand,
  contactsCommand,
  purchasesCommand,
  user,
  audit,
  privacyCommand,
  doctor,
]

const [name, ...rest] = process.argv.slice(2)
const command = commands.find((entry) => entry.name === name)
if (command) await runCommand(command, rest)
else {
  const known = name === undefined || name === 'help' || name === '--help' || name === '-h'
  const list = commands.map((entry) => `  ${entry.name.padEnd(9)} ${entry.summary}`).join('\n')
  console[known ? 'log' : 'error'](
    `${known ? 'Rapport: hear a brand, know who speaks, answer once.' : `"${name}" is not a command of rapport.`}\n\nCommands:\n${list}\n\nEach takes --help, and --json for one JSON object on standard output.`,
  )
  if (!known) process.exitCode = 2
}
