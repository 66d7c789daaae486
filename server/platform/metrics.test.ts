import { Hono } from 'hono'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { SYSTEM } from './events.ts'
import { addJob, registerTasks } from './jobs.ts'
import { createMetrics, type Metrics, mountMetrics } from './metrics.ts'
import type { HttpApp, HttpVariables } from './module.ts'
import { createTestDatabase, type TestDatabase } from './testing/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
  const client = new pg.Client(db.admin)
  await client.connect()
  await registerTasks(client, ['greet'])
  await client.end()
})
afterAll(() => db.close())

const app = (metrics: Metrics): HttpApp => {
  const made: HttpApp = new Hono<HttpVariables>()
  made.use(metrics.middleware)
  made.get('/people/:personId', (context) => context.text('Ada'))
  made.all('/rpc/*', (context) => context.text('', context.req.path.startsWith('/rpc/inbox') ? 200 : 404))
  mountMetrics(made, metrics, 'secret')
  made.get('/*', (context) => context.text('page'))
  return made
}

const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name))

test('requests are counted under their template; ids and made-up names never become labels', async () => {
  const metrics = createMetrics({ database: db.database, subscribers: [] })
  const http = app(metrics)
  for (const path of ['/people/7f1c', '/rpc/inbox/list', '/rpc/made/up', '/some/page?q=ada@example.org'])
    await http.request(path)
  await http.request('/people/7f1c', { method: 'PROPFIND' })
  const text = await metrics.render()
  const counted = linesOf(text, 'rapport_http_request_seconds_count').map((line) => line.replace(/^[^{]*/, ''))
  expect(counted).toEqual([
    '{method="GET",route="/people/:personId",status="200"} 1',
    '{method="GET",route="/rpc/inbox/list",status="200"} 1',
    '{method="GET",route="/rpc/*",status="404"} 1',
    '{method="GET",route="/*",status="200"} 1',
    '{method="other",route="/*",status="404"} 1',
  ])
  expect(text).not.toMatch(/7f1c|ada@/)
})

test('shows where subscribers lag, which jobs wait, and how many events there are', async () => {
  await db.database.inWorkspace(db.workspaceId, SYSTEM, async (transaction) => {
    transaction.record({ type: 'a', subjects: {} })
    transaction.record({ type: 'b', subjects: {} })
    await addJob(transaction, 'greet', {}, { runAt: new Date(Date.now() - 60_000) })
  })
  const metrics = createMetrics({
    database: db.database,
    subscribers: ['timeline'],
    gauges: { rapport_live_connections: { help: 'Open event streams', read: () => 7 } },
  })
  metrics.observeJob('greet', 'done', 0.02)
  const text = await metrics.render()
  expect(text).toContain('rapport_events 2\n')
  expect(text).toContain('rapport_subscription_pending_events{subscriber="timeline"} 2\n')
  expect(text).toContain('rapport_subscription_failing_workspaces{subscriber="timeline"} 0\n')
  expect(text).toContain('rapport_jobs{task="greet",state="due"} 1\n')
  expect(text).toMatch(/rapport_jobs_oldest_due_seconds\{task="greet"\} (59|6\d)/)
  expect(text).toContain('rapport_job_seconds_count{task="greet",outcome="done"} 1\n')
  expect(text).toContain('rapport_live_connections 7\n')
  expect(text).toContain('rapport_database_up 1\n')
  expect(text).not.toContain(db.workspaceId)
})

test('says that the database is away instead of failing', async () => {
  const database = await openDatabase(db.database.connection, 1)
  const metrics = createMetrics({ database, subscribers: [] })
  await database.system.selectFrom('system.workspace').select('id').execute()
  await database.close()
  const text = await metrics.render()
  expect(text).toContain('rapport_database_up 0\n')
  expect(text).toContain('process_cpu_seconds_total')
})

test('a module counts with words of its own, but not people', async () => {
  const metrics = createMetrics({ database: db.database, subscribers: [] })
  const heard = metrics.counter('rapport_intake_posts_total', 'Posts by network and what became of them', [
    'network',
    'outcome',
  ])
  heard({ network: 'feeds', outcome: 'kept' }, 3)
  expect(await metrics.render()).toContain('rapport_intake_posts_total{network="feeds",outcome="kept"} 3\n')
  for (const label of ['workspace', 'member_id', 'handle', 'id', 'Network'])
    expect(() => metrics.counter('rapport_x_total', 'x', [label])).toThrow('could tell people apart')
})

test('metrics are read with the token and not without', async () => {
  const http = app(createMetrics({ database: db.database, subscribers: [] }))
  const statusWith = async (authorization?: string) =>
    (await http.request('/metrics', { headers: authorization ? { authorization } : {} })).status
  expect(await statusWith()).toBe(401)
  expect(await statusWith('Bearer secre')).toBe(401)
  expect(await statusWith('Bearer secret2')).toBe(401)
  expect(await statusWith('Bearer secret')).toBe(200)
})
