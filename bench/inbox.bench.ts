import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import { createTopic } from '../server/listening/topics.ts'
import { SYSTEM } from '../server/platform/events.ts'
import { newId } from '../server/platform/ids.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { insertAuthors, insertPosts, ROWS_AT_ONCE } from './inbox-rows.ts'
import type { ServerTask } from './inbox-server.ts'
import { AGENT, openWorkspace, vacuum, withInstallation } from './installation.ts'
import { quantile } from './statistics.ts'

/** How long a page of the inbox takes over HTTP, in an inbox with history, while posts are taken in beside it. */
const POSTS = 1_000_000
const REQUESTS = 1_500
const WARM_UP = 150
const POSTS_PER_SECOND = 200

type Ask = (procedure: string, input: object) => Promise<{ items?: { conversationId: string }[]; nextCursor?: string }>

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started, home) => {
    const children: ChildProcess[] = []
    try {
      const { services } = started
      const place = await fill(services, options.number('posts', POSTS), options)
      const task = { connection: services.database.connection, home, ...place, firstPost: 0 }
      const postsPerSecond = options.number('posts-per-second', POSTS_PER_SECOND)
      const web = await startChild({ ...task, side: 'web', postsPerSecond }, children)
      const worker = await startChild({ ...task, side: 'worker', postsPerSecond }, children)
      const ask = await signIn(Number(web.message.port), place.workspaceId)
      const begunAt = performance.now()
      const times = await measurePages(ask, options.number('requests', REQUESTS))
      const seconds = (performance.now() - begunAt) / 1_000
      const taken = await takenBy(worker.child)
      return {
        figures: {
          posts: options.number('posts', POSTS),
          conversations: place.conversations,
          'posts taken in beside it, per second': Math.round(taken / seconds),
          'a procedure that does nothing p50 ms': quantile(times.nothing, 0.5),
          'a procedure that does nothing p99 ms': quantile(times.nothing, 0.99),
          'inbox page p50 ms': quantile(times.page, 0.5),
          'inbox page p99 ms': quantile(times.page, 0.99),
          'conversation p50 ms': quantile(times.conversation, 0.5),
          'conversation p99 ms': quantile(times.conversation, 0.99),
          'five counts p50 ms': quantile(times.counts, 0.5),
          'five counts p99 ms': quantile(times.counts, 0.99),
        },
        targets: [
          { figure: 'inbox page p99 ms', atMost: 10 },
          { figure: 'posts taken in beside it, per second', atLeast: Math.round(postsPerSecond / 2) },
        ],
      }
    } finally {
      for (const child of children) child.kill('SIGKILL')
    }
  })
}

async function fill(services: Services, posts: number, { say }: BenchOptions) {
  const workspaceId = await openWorkspace(services)
  const sourceId = newId()
  const inWorkspace: typeof services.database.inWorkspace = services.database.inWorkspace
  await inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await sql`insert into source (workspace_id, source_id, network, name, identity, keeps)
      values (${workspaceId}, ${sourceId}, 'bench', 'bench', 'bench', 'everything')`.execute(tx.sql)
    const topic = { name: 'Nordwind', kind: 'brand' as const, query: 'nordwind', opensConversations: true }
    await createTopic(tx, topic, services.clock.now())
    await insertAuthors(tx)
  })
  for (let from = 0; from < posts; from += ROWS_AT_ONCE) {
    await inWorkspace(workspaceId, SYSTEM, (tx) => insertPosts(tx, from, Math.min(ROWS_AT_ONCE, posts - from)))
    if (from % (10 * ROWS_AT_ONCE) === 0) say(`${from} of ${posts} posts are there`)
  }
  await vacuum(services)
  return { workspaceId, sourceId, conversations: Math.ceil(posts / 5) }
}

function startChild(task: ServerTask, children: ChildProcess[]) {
  const child = fork(path.join(import.meta.dirname, 'inbox-server.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  child.send(task)
  return new Promise<{ child: ChildProcess; message: { port?: number } }>((resolve, reject) => {
    child.once('message', (message) => resolve({ child, message: message as { port?: number } }))
    child.once('exit', (code) => reject(new Error(`the ${task.side} ended with ${code}`)))
  })
}

const takenBy = (worker: ChildProcess): Promise<number> =>
  new Promise((resolve) => {
    worker.once('message', (message) => resolve((message as { taken: number }).taken))
    worker.send('how many?')
  })

async function signIn(port: number, workspaceId: string): Promise<Ask> {
  const base = `http://127.0.0.1:${port}`
  const answer = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'http://localhost:3000' },
    body: JSON.stringify({ email: AGENT.email, password: AGENT.password }),
  })
  if (!answer.ok) throw new Error(`sign-in failed: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers.getSetCookie().map((one) => one.split(';')[0])
  const headers = { 'content-type': 'application/json', 'x-rapport-workspace': workspaceId, cookie: cookie.join('; ') }
  return async (procedure, input) => {
    const response = await fetch(`${base}/rpc/${procedure.replaceAll('.', '/')}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ json: input }),
    })
    const body = (await response.json()) as { json: never }
    if (!response.ok) throw new Error(`${procedure}: ${response.status} ${JSON.stringify(body)}`)
    return body.json
  }
}

/** What agents do: mostly the newest page, further pages, the longest waiting, one language; each opens one of them. */
async function measurePages(ask: Ask, requests: number) {
  const times = { nothing: [] as number[], page: [] as number[], conversation: [] as number[], counts: [] as number[] }
  const timed = async (kind: keyof typeof times, procedure: string, input: object, counted: boolean) => {
    const at = performance.now()
    const answer = await ask(procedure, input)
    if (counted) times[kind].push(performance.now() - at)
    return answer
  }
  const filters = [
    { state: 'open' },
    { assignee: 'me' },
    { assignee: 'nobody' },
    { waiting: 'yes' },
    { state: 'snoozed' },
  ]
  let after: string | undefined
  for (let number = -WARM_UP; number < requests; number++) {
    const counted = number >= 0
    const open = { state: 'open', limit: 50 }
    const views = [open, open, open, { ...open, after }, { ...open, order: 'waiting' }, { ...open, language: 'nl' }]
    const page = await timed(
      'page',
      'inbox.conversations.list',
      views[Math.abs(number) % views.length] ?? open,
      counted,
    )
    after = page.nextCursor ?? undefined
    const [first] = page.items ?? []
    if (number % 5 === 0 && first)
      await timed('conversation', 'inbox.conversations.get', { conversationId: first.conversationId }, counted)
    if (number % 5 === 0) await timed('nothing', 'inbox.tags.list', {}, counted)
    if (number % 10 === 0) await timed('counts', 'inbox.conversations.count', { filters }, counted)
  }
  return times
}
