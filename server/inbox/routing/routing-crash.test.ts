import { fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pollSource } from '../../listening/source-poll.ts'
import { drainSubscriptions } from '../../platform/subscriptions.ts'
import { queryAsAdmin } from '../../platform/testing/database.ts'
import { rule } from '../../routing/testing.ts'
import { postsSubscription } from '../index.ts'
import { type Desk, openDesk } from '../testing/desk.ts'
import type { RoutingTask } from './testing/routing-child.ts'

const CUSTOMERS = 12

let desk: Desk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const count = async (query: ReturnType<typeof sql<{ count: number }>>) => (await desk.rows(query))[0]?.count

describe('a worker that is killed with SIGKILL while it routes', () => {
  it('leaves nothing half done, and what it had begun happens once', async () => {
    const { teamId } = await desk.ask<{ teamId: string }>('accounts.teams.create', { name: 'Desk', memberIds: [] })
    const actions = [
      { do: 'assign' as const, to: { kind: 'team' as const, teamId } },
      { do: 'priority' as const, priority: 'urgent' as const },
    ]
    await desk.ask('inbox.routing.save', { againstVersion: 0, rules: [rule('All', [], { actions })] })
    for (let at = 0; at < CUSTOMERS; at++) desk.says(`crash${at}.test`, '@nordwind.test Hello?')
    await pollSource(desk.services, desk.workspaceId, desk.sourceId, AbortSignal.timeout(10_000))
    await drainSubscriptions(desk.services.database, [postsSubscription(desk.services)])

    // The last thing it writes waits for us: it dies with everything else written and nothing committed.
    const holder = new pg.Client(desk.app.test.admin)
    await holder.connect()
    await holder.query('begin; lock table rule_run in share mode')
    const task: RoutingTask = { connection: desk.services.database.connection, home: desk.services.config.home }
    const child = fork(path.join(import.meta.dirname, 'testing/routing-child.ts'), {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      execArgv: [],
    })
    const died = new Promise<NodeJS.Signals | null>((resolve) => child.once('exit', (_, signal) => resolve(signal)))
    child.send(task)
    await untilSomebodyWaits(child)
    child.kill('SIGKILL')
    expect(await died).toBe('SIGKILL')
    await holder.query('rollback')
    await holder.end()

    expect(await count(sql`select count(*)::int as count from conversation where priority = 'urgent'`)).toBe(0)
    await desk.app.settle()
    expect(
      await count(sql`select count(*)::int as count from conversation where priority = 'urgent'
      and assigned_team_id = ${teamId}`),
    ).toBe(CUSTOMERS)
    expect(await count(sql`select count(*)::int as count from rule_run`)).toBe(CUSTOMERS)
    for (const type of ['conversation.routed', 'conversation.assigned', 'conversation.prioritised'])
      expect(await count(sql`select count(*)::int as count from event where type = ${type}`)).toBe(CUSTOMERS)
  })
})

async function untilSomebodyWaits(child: { exitCode: number | null }): Promise<void> {
  while (child.exitCode === null) {
    const waiting = await queryAsAdmin(
      desk.app.test.admin,
      `select 1 from pg_locks where relation = 'rule_run'::regclass and not granted`,
    )
    if (waiting.length > 0) return
  }
  throw new Error('the worker ended before it had anything to wait for')
}
