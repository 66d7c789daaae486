import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { betweenTurns } from '../../platform/testing/turns.ts'
import { compareAll } from './comparing.ts'
import { newestRun } from './runs.ts'
import { openScene, type Scene } from './testing/scene.ts'
import { waitForTurn } from './turns.ts'
import { keepUpSuggestions } from './upkeep.ts'

let scene: Scene
beforeEach(async () => {
  scene = await openScene()
})
afterEach(() => scene.close())

const NOBODY = async () => new Set<string>()
const word = (text: string, length: number) =>
  createHash('sha1').update(text).digest('hex').replaceAll(/\d/g, '').slice(0, length)
const workspaceId = () => scene.app.workspace.workspaceId
const compare = () => compareAll(scene.app.services, workspaceId(), NOBODY, { walkedMax: 0 })
const run = () => scene.inWorkspace(newestRun)

/** So many with two accounts each, of which both name one site, and as many who resemble nobody. */
async function people(pairs: number): Promise<void> {
  for (let at = 0; at < pairs; at++) {
    const [given, surname] = [word(`given ${at}`, 6), word(`surname ${at}`, 9)]
    const name = `${given} ${surname}`
    await scene.person('bluesky', `${given}-${surname}.test`, { name, bio: `https://${surname}-werkstatt.example` })
    await scene.person('mastodon', `${surname}@social.example`, { name, bio: `${surname}-werkstatt.example` })
    await scene.person('x', word(`alone ${at}`, 11))
  }
  // Before there is a policy: nothing of this is news then.
  await scene.app.settle()
}

/** Keys are written and weights are there; what is left is to compare. */
async function untilComparing(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) {
    await scene.app.settle()
    await keepUpSuggestions(scene.app.services, workspaceId(), NOBODY, { walkedMax: 0 })
    if ((await run())?.phase === 'comparing') return
  }
  throw new Error('the keys were never done')
}

const suggested = async () => {
  const { rows } = await scene.inWorkspace((tx) =>
    sql`select author_id, other_author_id, state, weight, reasons, evidence, held_back, proof_level from suggestion
      order by 1, 2`.execute(tx.sql),
  )
  return rows
}

describe('everything compared at once', () => {
  it('suggests what a walk from one to the next suggests', async () => {
    await people(12)
    await scene.policy('suggest')
    await untilComparing()
    expect(await suggested()).toEqual([])
    expect(await compare()).toBe(true)
    const atOnce = await suggested()
    expect(atOnce).toHaveLength(12)
    expect(await run()).toMatchObject({ state: 'done', identitiesDone: 36, identitiesExpected: 36 })
    await scene.inWorkspace((tx) => sql`delete from suggestion`.execute(tx.sql))
    await scene.call('run', {})
    await scene.settle()
    expect(await suggested()).toEqual(atOnce)
  })

  it('ends what no longer holds, and what is not compared any more', async () => {
    await people(2)
    await scene.policy('suggest')
    await scene.settle()
    expect(await scene.open()).toHaveLength(2)
    await scene.inWorkspace((tx) =>
      sql`update author set bio = 'silent' where network = 'mastodon' and handle = ${`${word('surname 0', 9)}@social.example`}`.execute(
        tx.sql,
      ),
    )
    await scene.call('run', {})
    await untilComparing()
    await compare()
    expect(await scene.open()).toHaveLength(1)
  })

  it('is done by one process at a time, and stops when the policy is switched off', async () => {
    await people(3)
    await scene.policy('suggest')
    await untilComparing()
    const [one, other] = await Promise.all([compare(), compare()])
    expect([one, other].toSorted()).toEqual([false, true])
    await scene.call('run', {})
    await untilComparing()
    const comparing = compare()
    await scene.policy('none')
    await comparing
    await scene.settle()
    expect(await suggested()).toEqual([])
  })

  it('is what follows a flood of news', async () => {
    await scene.policy('suggest')
    await scene.settle()
    await people(3)
    await keepUpSuggestions(scene.app.services, workspaceId(), NOBODY, { floodMin: 5 })
    const { rows } = await scene.inWorkspace((tx) => sql`select from identity_due`.execute(tx.sql))
    expect(rows).toHaveLength(0)
    expect(await run()).toMatchObject({ state: 'running', identitiesExpected: 9 })
    await scene.settle()
    expect(await scene.open()).toHaveLength(3)
  })

  it('goes on where it was when its process is killed', async () => {
    await people(130)
    await scene.policy('suggest')
    await untilComparing()
    const child = fork(path.join(import.meta.dirname, 'testing/comparing-child.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    })
    const ended = once(child, 'exit')
    await betweenTurns(scene.inWorkspace, waitForTurn, {
      begin: () => {
        const { database, config } = scene.app.services
        child.send({ connection: database.connection, home: config.home, workspaceId: workspaceId() })
      },
      meanwhile: async () => {
        child.kill('SIGKILL')
        await ended
      },
    })
    const halfway = await suggested()
    const { state, afterAuthorId } = (await run()) ?? {}
    expect({ state, isBehind: afterAuthorId !== null }).toEqual({ state: 'running', isBehind: true })
    expect(halfway.length).toBeGreaterThan(0)
    expect(halfway.length).toBeLessThan(130)
    expect(await compare()).toBe(true)
    expect(await suggested()).toHaveLength(130)
    expect(await scene.open()).toHaveLength(100)
    expect(await run()).toMatchObject({ state: 'done' })
  })
})
