import { sql } from 'kysely'
import { everyWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { joinOne } from './answering.ts'
import { isWhole } from './comparing.ts'
import { compareAllWhenFlooded, identitiesChanged, takeDue } from './due.ts'
import { findFor, keepKeys } from './finding.ts'
import type { Impersonators } from './identities.ts'
import { isLearningDue, learnFromPairs } from './learning.ts'
import { takeAnswersIn } from './models.ts'
import { forgetSome, readPolicy } from './policy.ts'
import { forgetEnded, refuseWhatWasTakenApart } from './rows.ts'
import { areKeysOld, endRun, moveRun, newestRun, nextOfRun, type Run, startRun, takeRun } from './runs.ts'
import { isTurnFree } from './turns.ts'

const EVERY_MS = 1_000
/** Identities of one transaction: some 200 ms. */
const DUE_AT_ONCE = 15
const COMPARED_AT_ONCE = 15
/** Writing keys costs little. */
const KEYED_AT_ONCE = 200
/** Steps of one workspace before the next one has its turn. */
const STEPS_MAX = 20
/** How often answers are taken into the model, and the model's age is looked at. */
const MODEL_EVERY_MS = 30_000
const FORGOTTEN_AT_ONCE = 20_000
const ENDED_KEPT_MS = 30 * 24 * 3_600_000
/** Open suggestions that are weighed again when the model has changed; the strongest. */
const WEIGHED_AGAIN_MAX = 2_000

/** Keeps keys, suggestions and models in step with identities, answers and the policy. */
export const suggestionLoop = (impersonators: Impersonators): Loop => {
  const modelSeen = new Map<string, number>()
  return everyWorkspace(
    { name: 'people.suggestions', everyMs: EVERY_MS, failed: 'suggestions could not be kept up' },
    async (services, workspaceId, signal) => {
      const now = services.clock.now().getTime()
      const looksAtModel = now - (modelSeen.get(workspaceId) ?? 0) >= MODEL_EVERY_MS
      if (looksAtModel) modelSeen.set(workspaceId, now)
      await keepUpSuggestions(services, workspaceId, impersonators, { looksAtModel, signal })
    },
  )
}

export interface Turn {
  looksAtModel?: boolean
  /** Up to so many identities are walked through one by one; more are compared at once (comparing.ts). */
  walkedMax?: number
  /** So many that are due are not looked at one by one. */
  floodMin?: number
  signal?: AbortSignal
}

/** One turn: what is due, a stretch of a walk over everything, and now and then the model. Returns whether there is more. */
export async function keepUpSuggestions(
  services: Services,
  workspaceId: string,
  impersonators: Impersonators,
  { looksAtModel = true, walkedMax, floodMin, signal }: Turn = {},
): Promise<boolean> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const around = () => ({ secrets: services.secrets, impersonators, now: services.clock.now() })
  const { mode, run } = await inWorkspace(async (tx) => ({ ...(await readPolicy(tx)), run: await newestRun(tx) }))
  if (mode === 'none') return inWorkspace((tx) => forgetSome(tx, FORGOTTEN_AT_ONCE))
  if (areKeysOld(run)) await inWorkspace((tx) => walkAnew(tx, around().now))
  const isWaiting = run?.state === 'running' && run.phase === 'learning' && !areKeysOld(run)
  if (looksAtModel || isWaiting) await keepModel(services, workspaceId, impersonators, signal)
  await inWorkspace((tx) => compareAllWhenFlooded(tx, services.clock.now(), floodMin))
  let isMore = true
  for (let step = 0; step < STEPS_MAX && isMore && !signal?.aborted; step++) {
    const { worked, automatic } = await inWorkspace(async (tx) => {
      if (!(await isTurnFree(tx))) return { worked: false, automatic: [] }
      const due = await takeDue(tx, DUE_AT_ONCE)
      if (due.length > 0) return { worked: true, automatic: await findFor(tx, due, around()) }
      return walkSome(tx, around, walkedMax)
    })
    for (const suggestionId of automatic) await joinOne(services, workspaceId, suggestionId)
    isMore = worked
  }
  return isMore
}

/** Two processes that both find old keys begin one walk. */
async function walkAnew(tx: WorkspaceTransaction, now: Date): Promise<void> {
  if ((await isTurnFree(tx)) && areKeysOld(await newestRun(tx))) await startRun(tx, now)
}

type Around = () => Parameters<typeof findFor>[2]
interface Step {
  worked: boolean
  automatic: string[]
}

/** A stretch of the walk over everything, in one transaction with where it has come. */
async function walkSome(tx: WorkspaceTransaction, around: Around, walkedMax?: number): Promise<Step> {
  const run = await takeRun(tx)
  if (!run || run.phase === 'learning' || isWhole(run, walkedMax)) return { worked: false, automatic: [] }
  const policy = await readPolicy(tx)
  const atOnce = run.phase === 'keys' ? KEYED_AT_ONCE : COMPARED_AT_ONCE
  const { rows } = await nextOfRun(tx.workspaceId, run.afterAuthorId, policy.heardToo, atOnce).execute(tx.sql)
  const ids = rows.map(({ author_id }) => author_id)
  const automatic = run.phase === 'comparing' ? await findFor(tx, ids, around()) : []
  if (run.phase === 'keys') {
    await keepKeys(tx, policy, ids, around())
    await refuseWhatWasTakenApart(tx, ids, around().now)
  }
  await nextPlace(tx, run, ids, ids.length < atOnce, around().now)
  return { worked: true, automatic }
}

async function nextPlace(tx: WorkspaceTransaction, run: Run, ids: readonly string[], isEnd: boolean, now: Date) {
  if (!isEnd) return moveRun(tx, run, { phase: run.phase, afterAuthorId: ids.at(-1) ?? null, done: ids.length })
  if (run.phase === 'comparing') return endRun(tx, run, now)
  return moveRun(tx, run, { phase: 'learning', afterAuthorId: null, done: 0 })
}

/** Learns from the workspace's own pairs where that is due, and takes in what people answered. */
async function keepModel(
  services: Services,
  workspaceId: string,
  impersonators: Impersonators,
  signal: AbortSignal | undefined,
): Promise<void> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const now = services.clock.now()
  const learned = (await inWorkspace((tx) => isLearningDue(tx, now)))
    ? await learnFromPairs(services, workspaceId, impersonators, signal)
    : null
  const recalibrated = await inWorkspace((tx) => takeAnswersIn(tx, services.secrets, now))
  if (learned !== null || recalibrated !== null) await inWorkspace(weighAgain)
  await inWorkspace((tx) => forgetEnded(tx, new Date(now.getTime() - ENDED_KEPT_MS)))
  await inWorkspace(async (tx) => {
    const run = await takeRun(tx)
    if (run?.phase === 'learning') await moveRun(tx, run, { phase: 'comparing', afterAuthorId: null, done: 0 })
  })
}

/** What was suggested by an older model is looked at by the new one. */
async function weighAgain(tx: WorkspaceTransaction): Promise<void> {
  const { rows } = await sql<{ author_id: string }>`
    select author_id from suggestion where workspace_id = ${tx.workspaceId} and state = 'open'
    order by weight desc limit ${WEIGHED_AGAIN_MAX}`.execute(tx.sql)
  await identitiesChanged(
    tx,
    rows.map(({ author_id }) => author_id),
  )
}
