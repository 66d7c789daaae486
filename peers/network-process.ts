import { fork } from 'node:child_process'
import path from 'node:path'
import { type BlueskyNetwork, startBlueskyNetwork } from './bluesky-network.ts'

/**
 * The PDS's SQLite binding (better-sqlite3) lets go of statements in callbacks of the garbage collector, and asks Node for
 * the running context there; between two tasks there is none, and Node ends the process. It shows in runs of minutes.
 * Here callbacks run at once, inside whatever allocates, and nothing is collected between tasks.
 */
const COLLECTOR = ['--optimize-for-size', '--no-incremental-marking', '--no-memory-reducer', '--single-threaded-gc']
const START_MS_MAX = 60_000

type Told = { pdsUrl: string; appViewUrl: string } | 'settled' | 'stopped'

export async function startNetworkProcess(): Promise<BlueskyNetwork> {
  const child = fork(import.meta.filename, { execArgv: COLLECTOR, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const told = () =>
    new Promise<Told>((resolve, reject) => {
      const ended = () => reject(new Error('the network process ended'))
      child.once('exit', ended)
      child.once('message', (message) => {
        child.off('exit', ended)
        resolve(message as Told)
      })
    })
  const late = setTimeout(() => child.kill('SIGKILL'), START_MS_MAX)
  const urls = (await told()) as Exclude<Told, string>
  clearTimeout(late)
  const ask = async (what: string) => {
    const answer = told()
    child.send(what)
    await answer
  }
  return {
    ...urls,
    settle: () => ask('settle'),
    stop: async () => {
      await ask('stop')
      child.kill('SIGKILL')
    },
  }
}

async function serve(): Promise<void> {
  const network = await startBlueskyNetwork()
  process.on('message', async (what) => {
    if (what === 'settle') await network.settle()
    if (what === 'stop') await network.stop()
    process.send?.(what === 'stop' ? 'stopped' : 'settled')
  })
  process.on('disconnect', () => process.exit())
  process.send?.({ pdsUrl: network.pdsUrl, appViewUrl: network.appViewUrl })
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) await serve()
