import { dataRegister } from '../modules.ts'
import { reapplyErasures, workOnce } from '../privacy/index.ts'
import { start } from '../start.ts'
import { type Command, CommandFault } from './run-command.ts'

const USAGE = 'rapport privacy reapply'

/** A start does the same by itself; this one waits until it is done, for a script that puts a backup back. */
export const privacyCommand: Command = {
  name: 'privacy',
  summary: 'Carries out again what was erased after a backup was made that has been put back.',
  usage: USAGE,
  async run({ config, words, say }) {
    if (words[0] !== 'reapply') throw new CommandFault('usage', `Usage: ${USAGE}`)
    const started = await start(config, say)
    try {
      const erasures = await reapplyErasures(started.services)
      await workOnce(started.services, dataRegister())
      say(
        erasures === 0
          ? 'The database knows every erasure of the manifest.'
          : `${erasures} erasures were carried out again.`,
      )
      return { erasures }
    } finally {
      await started.stop()
    }
  },
}
