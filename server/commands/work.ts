import type { Command } from './run-command.ts'
import { serve } from './serve.ts'

/** A further worker on the same installation: sources, deliveries, jobs; no web. */
export const work: Command = {
  name: 'work',
  summary: 'Does the work without the web: one more worker for the same database.',
  usage: 'rapport work',
  run: (input) => serve.run({ ...input, config: { ...input.config, role: 'worker' } }),
}
