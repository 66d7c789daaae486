import { runCommand } from './commands/run-command.ts'
import { serve } from './commands/serve.ts'

// `npm start`: the web and the worker in one process, unless RAPPORT_ROLE says otherwise.
await runCommand(serve, process.argv.slice(2))
