import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { type LinkageRecord, type Model, unpackedModel } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { type Impersonators, readIdentities } from './identities.ts'
import { countIdentities, learnedFromPairsAt, modelFacts, storeModel } from './models.ts'
import { readPolicy } from './policy.ts'

/** What pairs at random say is settled by so many; more would only take longer. */
const IDENTITIES_MAX = 40_000
/** Fewer teach less than the shipped values know. */
export const IDENTITIES_MIN = 300
const READ_AT_ONCE = 1_000
/** A machine that is busy is waited for: nothing else waits for the thread. */
const LEARNING_MS_MAX = 600_000
const MEMORY_MB_MAX = 512
/** Identities that are erased or change leave the counts with the next learning, after so long at the latest. */
export const LEARN_AGAIN_AFTER_MS = 7 * 24 * 3_600_000
const GROWN = 1.5

/** Whether the workspace's own model is missing, old, or from a much smaller workspace. */
export async function isLearningDue(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  const facts = await modelFacts(tx)
  const identities = await countIdentities(tx)
  if (identities < IDENTITIES_MIN) return false
  if (!facts || facts.identities === 0) return true
  const learnedAt = (await learnedFromPairsAt(tx)) ?? new Date(0)
  return now.getTime() - learnedAt.getTime() > LEARN_AGAIN_AFTER_MS || identities > facts.identities * GROWN
}

/**
 * Learns from the workspace's own pairs, without labels. Read in short transactions, spread evenly over all identities;
 * counted in a thread of its own, so that nobody waits for it. Null: too few, or the policy changed meanwhile.
 */
export async function learnFromPairs(
  services: Services,
  workspaceId: string,
  impersonators: Impersonators,
  signal?: AbortSignal,
): Promise<number | null> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const ids = await inWorkspace(drawIdentities)
  if (ids.length < IDENTITIES_MIN) return null
  const records: LinkageRecord[] = []
  for (let at = 0; at < ids.length && !signal?.aborted; at += READ_AT_ONCE) {
    const read = await inWorkspace((tx) => readIdentities(tx, ids.slice(at, at + READ_AT_ONCE), impersonators))
    for (const { record } of read.values()) records.push(record)
  }
  if (signal?.aborted) return null
  const base = await learnApart(records)
  return inWorkspace(async (tx) => {
    if ((await readPolicy(tx)).mode === 'none') return null
    return storeModel(
      tx,
      services.secrets,
      base,
      { learnedFrom: 'own-pairs', identities: records.length },
      services.clock.now(),
    )
  })
}

/** Identities of persons; ids are in order of time, so the most that fit are taken from all times alike. */
async function drawIdentities(tx: WorkspaceTransaction): Promise<string[]> {
  const { rows } = await sql<{ author_id: string }>`
    select author_id from (
      select author_id, row_number() over (order by author_id) as place, count(*) over () as identities
      from author where workspace_id = ${tx.workspaceId} and person_id is not null) a
    where identities <= ${IDENTITIES_MAX} or place % ceil(identities::numeric / ${IDENTITIES_MAX})::bigint = 0
    order by author_id limit ${IDENTITIES_MAX}`.execute(tx.sql)
  return rows.map(({ author_id }) => author_id)
}

/** A workspace's names and handles go into a thread, and counts come out of it; it ends with the answer. */
function learnApart(records: readonly LinkageRecord[]): Promise<Model> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./learning-thread.ts', import.meta.url), {
      workerData: records,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX },
    })
    const timer = setTimeout(() => {
      reject(new Error(`learning took longer than ${LEARNING_MS_MAX} ms`))
      void worker.terminate()
    }, LEARNING_MS_MAX)
    worker.once('message', (packed: string) => {
      const model = unpackedModel(packed)
      if (model) resolve(model)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`learning ended with ${code} and without a model`))
    })
  })
}
