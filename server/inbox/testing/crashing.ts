import { fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import type { ArmedFaults } from '../../../twin/faults.ts'
import { requireChecked, type SourceInput } from '../../listening/source-check.ts'
import { pollSource } from '../../listening/source-poll.ts'
import { createSource } from '../../listening/sources.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Actor, SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.ts'
import { drainSubscriptions } from '../../platform/subscriptions.ts'
import { setTimes } from '../../publishing/index.ts'
import { sendAnswer } from '../answering.ts'
import { postsSubscription } from '../index.ts'
import type { OutboxTask } from './outbox-child.ts'

/** Short, so that what a killed worker held is free again at once. */
const LIMITS = { leaseSeconds: 1, readTimeoutMs: 5_000, publishTimeoutMs: 5_000, waitMs: 20 }
/** Lives last up to this share of the time in which an undisturbed worker sends its first answer, … */
const ALIVE_SHARE_MAX = 2
/** … and no longer than this: where the first answer had to be tried again, its time says nothing of sending. */
const ALIVE_MS_MAX = 2_000
const ANSWERS_PER_LIFE = 3
const FINISH_MS_MAX = 120_000

export interface Crashes {
  kills: number
  /** Kills that hit a delivery between its freeze and the network's answer. */
  killsWhileSending: number
  answers: number
  /** Said to be sent, or never settled, and not on the network. */
  lost: number
  /** On the network more than once. */
  doubled: number
  /** On the network, and said not to be. */
  denied: number
}

export interface CrashOptions {
  services: Services
  workspaceId: string
  kills: number
  /** Before each life: the network's bad days. */
  trouble(): void
  /** Texts of our account's posts as they stand on the network now. */
  published(): Promise<string[]>
  say?(words: string): void
}

/**
 * Workers send answers to the conversations of the workspace and are killed with SIGKILL at random instants. Afterwards
 * one is left alive until every answer is settled, and the network is asked what stands there.
 */
export async function crashOutbox(options: CrashOptions): Promise<Crashes> {
  const { services, workspaceId, kills } = options
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>, actor: Actor = SYSTEM): Promise<T> =>
    services.database.inWorkspace(workspaceId, actor, work)
  const task: OutboxTask = { connection: services.database.connection, home: services.config.home, limits: LIMITS }
  const bot: Actor = { kind: 'bot', id: newId() }
  const texts: string[] = []
  let killsWhileSending = 0
  const answerOnce = async () => {
    texts.push(await inWorkspace((tx) => answerSomebody(services, tx, texts.length), bot))
  }
  await answerOnce()
  const firstMs = await untilFirstSent(task, () => countOpen(inWorkspace))
  const aliveMsMax = Math.min(ALIVE_SHARE_MAX * firstMs, ALIVE_MS_MAX)
  options.say?.(`a worker sends its first answer within ${Math.round(firstMs)} ms`)
  for (let kill = 0; kill < kills; kill++) {
    for (let count = 0; count < ANSWERS_PER_LIFE; count++) await answerOnce()
    options.trouble()
    await liveAndDie(task, Math.random() * aliveMsMax)
    const [row] = await inWorkspace(async (tx) => {
      const { rows } = await sql<{ sending: number }>`
        select count(*)::int as sending from delivery where state = 'sending'`.execute(tx.sql)
      return rows
    })
    if ((row?.sending ?? 0) > 0) killsWhileSending++
    if ((kill + 1) % 10 === 0) options.say?.(`killed ${kill + 1} times, ${killsWhileSending} of them while sending`)
  }
  options.trouble()
  await finish(task, inWorkspace)
  const settled = await inWorkspace((tx) => tx.sql.selectFrom('delivery').select(['text', 'state']).execute())
  const published = await options.published()
  const times = (text: string): number => published.filter((one) => one === text).length
  const sent = new Set(settled.filter((row) => row.state === 'sent').map((row) => row.text))
  return {
    kills,
    killsWhileSending,
    answers: texts.length,
    lost: texts.filter((text) => times(text) === 0).length,
    doubled: texts.filter((text) => times(text) > 1).length,
    denied: texts.filter((text) => times(text) > 0 && !sent.has(text)).length,
  }
}

/** Slow answers, so that kills fall into them, and answers that are lost after the work was done. */
export function troubleWith(faults: ArmedFaults): () => void {
  const path = 'com.atproto.repo.createRecord'
  return () => {
    faults.clear()
    faults.arm({ kind: 'slow', path, delayMs: Math.round(Math.random() * 80) })
    if (Math.random() < 0.5) faults.arm({ kind: 'cut-after', path })
    faults.arm({ kind: 'slow', path, delayMs: 20, times: 5 })
  }
}

/** A workspace of its own with an account on a network. */
export async function openAccount(services: Services, input: SourceInput) {
  const workspaceId = newId()
  const directory = { id: workspaceId, slug: `crash-${workspaceId.slice(-12)}` }
  await services.database.system.insertInto('system.workspace').values(directory).execute()
  const checked = await requireChecked(services, input)
  const sourceId = await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await tx.sql.insertInto('workspace').values({ workspace_id: workspaceId, name: 'Crash' }).execute()
    await setTimes(tx, { undoSeconds: 0 })
    return createSource(tx, services, { network: input.network, keeps: 'matches' }, checked)
  })
  return { workspaceId, sourceId }
}

/** One poll of the account, and the conversations that come of it. */
export async function hearCustomers(services: Services, account: { workspaceId: string; sourceId: string }) {
  await pollSource(services, account.workspaceId, account.sourceId, AbortSignal.timeout(30_000))
  await drainSubscriptions(services.database, [postsSubscription(services)])
}

/** The conversation answered longest ago, against its present version: nobody speaks in between here. */
async function answerSomebody(services: Services, tx: WorkspaceTransaction, number: number): Promise<string> {
  const { rows } = await sql<{ conversation_id: string; version: string }>`
    select conversation_id, version from conversation order by version, conversation_id limit 1`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new Error('there is nobody to answer')
  const text = `Answer ${number} ${newId()}`
  await sendAnswer(services, tx, {
    conversations: [{ conversationId: row.conversation_id, againstVersion: row.version }],
    text,
    language: null,
    attachmentIds: [],
    close: false,
    undoSeconds: 0,
  })
  return text
}

function liveAndDie(task: OutboxTask, aliveMs: number): Promise<void> {
  const child = startChild(task)
  return new Promise((resolve, reject) => {
    child.on('message', () => setTimeout(() => child.kill('SIGKILL'), aliveMs))
    child.on('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`the worker ended with ${code ?? signal}`)),
    )
  })
}

type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>

async function countOpen(inWorkspace: InWorkspace): Promise<number> {
  return inWorkspace(async (tx) => {
    const { rows } = await sql<{ open: number }>`
      select count(*)::int as open from delivery where state in ('queued', 'sending', 'unknown')`.execute(tx.sql)
    return rows[0]?.open ?? 0
  })
}

/** Milliseconds from the worker's beginning. */
async function untilFirstSent(task: OutboxTask, open: () => Promise<number>): Promise<number> {
  const child = startChild(task)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise((resolve) => child.once('message', resolve))
  const begun = performance.now()
  while ((await open()) > 0 && performance.now() - begun < FINISH_MS_MAX)
    await new Promise((resolve) => setTimeout(resolve, 10))
  const took = performance.now() - begun
  child.kill('SIGKILL')
  await ended
  return took
}

async function finish(task: OutboxTask, inWorkspace: InWorkspace): Promise<void> {
  const child = startChild(task)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const until = Date.now() + FINISH_MS_MAX
  while ((await countOpen(inWorkspace)) > 0 && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 200))
  child.kill('SIGKILL')
  await ended
}

function startChild(task: OutboxTask) {
  const child = fork(path.join(import.meta.dirname, 'outbox-child.ts'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  child.send(task)
  return child
}
