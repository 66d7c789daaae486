import { setTimeout as delay } from 'node:timers/promises'
import { dataRegister } from '../modules.ts'
import type { Services } from '../platform/services.ts'
import { erasuresUnderWay, reapplyErasures, workOnce } from '../privacy/index.ts'
import { start } from '../start.ts'
import { type Command, CommandFault } from './run-command.ts'

const USAGE = 'rapport privacy reapply'
const LOOK_MS = 500
const WAIT_MINUTES_MAX = 60

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
      await untilErased(started.services)
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

/** A server that runs may have taken one: then it is waited for. One that died leaves it after two minutes. */
async function untilErased(services: Services): Promise<void> {
  const until = Date.now() + WAIT_MINUTES_MAX * 60_000
  for (;;) {
    await workOnce(services, dataRegister())
    const open = await erasuresUnderWay(services)
    if (open === 0) return
    if (Date.now() > until)
      throw new CommandFault('erasures-under-way', `${open} erasures are not done yet. Run it again.`, { open })
    await delay(LOOK_MS)
  }
}
