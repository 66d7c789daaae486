import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { type BlueskyNetwork, startBlueskyNetwork } from './bluesky-network.ts'

const START_MS_MAX = 60_000

type Told = { pdsUrl: string; appViewUrl: string } | 'settled' | 'stopped'

/** The real network in a process of its own, for runs of minutes. */
export async function startNetworkProcess(): Promise<BlueskyNetwork> {
  const child = fork(import.meta.filename, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
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

/**
 * The PDS's SQLite binding lets go of statements in callbacks of the garbage collector and asks Node for the running
 * context there; between two tasks there is none, and Node ends the process. Statements that are kept are not collected.
 */
function keepStatements(): void {
  const kept: unknown[] = []
  const { prototype } = createRequire(import.meta.url)('better-sqlite3') as { prototype: Prepares }
  const { prepare } = prototype
  prototype.prepare = function (this: Prepares, source: string) {
    const statement = prepare.call(this, source)
    kept.push(statement)
    return statement
  }
}

interface Prepares {
  prepare(source: string): unknown
}

async function serve(): Promise<void> {
  keepStatements()
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
