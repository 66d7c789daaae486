import { sql } from 'kysely'
import { everyWorkspace } from '../../accounts/index.ts'
import { packedModel } from '../../linkage/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Loop } from '../../platform/module.ts'
import type { Services } from '../../platform/services.ts'
import { joinOne } from './answering.ts'
import type { Compared, ThreadTask } from './comparing-thread.ts'
import { SUGGESTED_WEIGHT_MIN } from './evidence.ts'
import { type Impersonators, readIdentities } from './identities.ts'
import { currentModel } from './models.ts'
import { PairList } from './pair-list.ts'
import { readPolicy } from './policy.ts'
import { openBehindQuery, trimSuggestions } from './rows.ts'
import { endRun, FIRST_ID, LAST_ID, newestRun, nextOfRun, type Run, takeRun, tellProgress } from './runs.ts'
import { closeWhatWasNotFound, eachOnce, settle } from './settling.ts'
import { Comparer, type SidePair, sideOf } from './sides.ts'
import { Conversation } from './thread-conversation.ts'
import { waitForTurn } from './turns.ts'

/** Up to so many identities are looked at one by one: that takes seconds, and starting threads does too. */
export const WALKED_MAX = 1_000
const EVERY_MS = 2_000
const READ_AT_ONCE = 1_000
/** Pairs of one transaction, some 300 ms: whoever answers a suggestion meanwhile waits no longer. */
const PAIRS_AT_ONCE = 80
/** Of one side: more than stand open, because some were refused. */
const PAIRS_PER_SIDE_MAX = 20
/** A batch weighs to the hundredth of a bit. */
const LEAST = SUGGESTED_WEIGHT_MIN - 0.05
const THREADS = 2
const MEMORY_MB_MAX = 1_024
const STEP_MS_MAX = 15 * 60_000

/** Compares everything with everything where that is asked for: one workspace at a time, so that memory is bounded. */
export const comparisonLoop = (impersonators: Impersonators): Loop =>
  everyWorkspace(
    { name: 'people.comparisons', everyMs: EVERY_MS, failed: 'identities could not be compared' },
    (services, workspaceId, signal) => compareAll(services, workspaceId, impersonators, { signal }),
  )

export const isWhole = ({ phase, identitiesExpected }: Run, walkedMax = WALKED_MAX): boolean =>
  phase === 'comparing' && identitiesExpected > walkedMax

interface Options {
  signal?: AbortSignal
  walkedMax?: number
}

/**
 * All identities at once: the pairs above the line come out of a thread of their own, and are then weighed as a whole and
 * written, so many in a transaction, each with where it has come. Killed, the thread's minutes are spent again, and the writing
 * goes on. Nothing lies on a disk meanwhile. Returns whether this process was the one to do it.
 */
export async function compareAll(
  services: Services,
  workspaceId: string,
  impersonators: Impersonators,
  { signal, walkedMax }: Options = {},
): Promise<boolean> {
  const whole = { services, workspaceId, impersonators, signal }
  const run = await inWorkspace(whole, newestRun)
  if (run?.state !== 'running' || !isWhole(run, walkedMax)) return false
  return inWorkspace(whole, async (tx) => {
    if (!(await isOnlyOne(tx))) return false
    const pairs = await findPairs(whole, run)
    if (pairs) await writePairs(whole, run.runId, pairs)
    return true
  })
}

interface Whole {
  services: Services
  workspaceId: string
  impersonators: Impersonators
  signal: AbortSignal | undefined
}

const inWorkspace = <T>({ services, workspaceId }: Whole, work: (tx: WorkspaceTransaction) => Promise<T>) =>
  services.database.inWorkspace(workspaceId, SYSTEM, work)

/** Held as long as its transaction is open, which does nothing else: a process that is killed lets go by itself. */
async function isOnlyOne(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ only: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`comparison ${tx.workspaceId}`}, 0)) as only`.execute(tx.sql)
  return rows[0]?.only ?? false
}

/** Null: the run has ended meanwhile, or the process does. */
async function findPairs(whole: Whole, run: Run): Promise<PairList | null> {
  const { services, impersonators, signal } = whole
  const { model } = await inWorkspace(whole, (tx) => currentModel(tx, services.secrets))
  const task: ThreadTask = {
    packed: packedModel(model),
    least: LEAST,
    perSideMax: PAIRS_PER_SIDE_MAX,
    threads: THREADS,
  }
  const thread = new Conversation(new URL('./comparing-thread.ts', import.meta.url), task, MEMORY_MB_MAX)
  try {
    let [after, read]: [string | null, number] = [null, 0]
    for (;;) {
      const stretch = await inWorkspace(whole, async (tx) => {
        const { heardToo } = await readPolicy(tx)
        const { rows } = await nextOfRun(tx.workspaceId, after, heardToo, READ_AT_ONCE).execute(tx.sql)
        const ids = rows.map(({ author_id }) => author_id)
        const known = await readIdentities(tx, ids, impersonators)
        // In the order of ids, and without what only the database needs.
        const identities = ids.flatMap((id): Compared[] => {
          const { personId, kind, record } = known.get(id) ?? {}
          return record && (personId || kind === 'account')
            ? [{ authorId: id, personId: personId ?? null, record }]
            : []
        })
        const isRunning = await tellProgress(tx, run.runId, { done: (read + ids.length) / 2 })
        return { ids, identities, isRunning }
      })
      if (!stretch.isRunning || signal?.aborted) return null
      if (stretch.identities.length > 0) await thread.ask(stretch.identities, STEP_MS_MAX)
      read += stretch.ids.length
      after = stretch.ids.at(-1) ?? after
      if (stretch.ids.length < READ_AT_ONCE) break
    }
    return new PairList((await thread.ask('all', STEP_MS_MAX)) as Uint8Array)
  } finally {
    await thread.end()
  }
}

async function writePairs(whole: Whole, runId: string, pairs: PairList): Promise<void> {
  for (let isMore = true; isMore && !whole.signal?.aborted; ) {
    const step = await inWorkspace(whole, async (tx) => {
      await waitForTurn(tx)
      return writeSome(tx, whole, runId, pairs)
    })
    for (const suggestionId of step.automatic) await joinOne(whole.services, whole.workspaceId, suggestionId)
    isMore = step.isMore
  }
}

/** The pairs of the next identities, and what stands open for these: a suggestion that was not found again goes. */
async function writeSome(tx: WorkspaceTransaction, { services, impersonators }: Whole, runId: string, pairs: PairList) {
  const run = await takeRun(tx)
  const policy = await readPolicy(tx)
  if (run?.runId !== runId || policy.mode === 'none') return { isMore: false, automatic: [] }
  const after = run.afterAuthorId ?? FIRST_ID
  const from = pairs.behind(after)
  const found = pairs.stretch(from, PAIRS_AT_ONCE)
  const { rows: open } = await openBehindQuery(tx.workspaceId, after, PAIRS_AT_ONCE).execute(tx.sql)
  const until = earliest(
    from + found.length < pairs.length ? found.at(-1)?.[0] : undefined,
    open.length < PAIRS_AT_ONCE ? undefined : lastWhole(open),
  )
  const [mine, before] = [found.filter(([id]) => id <= until), open.filter(({ author_id }) => author_id <= until)]
  const now = services.clock.now()
  const model = await currentModel(tx, services.secrets)
  const around = { secrets: services.secrets, impersonators, now }
  const sides = await sidesOf(tx, [...mine, ...before.map((row): SidePair => [row.author_id, row.other_author_id])])
  const settled = await settle(tx, sides, { comparer: new Comparer(model.model), model, policy, around })
  await closeWhatWasNotFound(
    tx,
    before.filter(({ suggestion_id }) => !settled.kept.has(suggestion_id)),
  )
  await trimSuggestions(tx, settled.authorIds)
  if (settled.news > 0) tx.record({ type: 'suggestion.found', subjects: {}, codes: { count: settled.news } })
  if (until === LAST_ID) await endRun(tx, run, now)
  else {
    const half = run.identitiesExpected / 2
    const done = half + (half * (from + mine.length)) / Math.max(1, pairs.length)
    await tellProgress(tx, runId, { done, afterAuthorId: until })
  }
  return { isMore: until !== LAST_ID, automatic: settled.automatic }
}

/** Of the last identity there may be more than was read. */
const lastWhole = (rows: readonly { author_id: string }[]): string | undefined =>
  (rows.findLast(({ author_id }) => author_id !== rows.at(-1)?.author_id) ?? rows.at(-1))?.author_id

/** Neither: nothing lies behind. */
const earliest = (one: string | undefined, other: string | undefined): string =>
  [one ?? LAST_ID, other ?? LAST_ID].sort()[0] as string

/** Whose these identities are now. Two accounts that are nobody's are no pair. */
async function sidesOf(tx: WorkspaceTransaction, pairs: readonly SidePair[]): Promise<SidePair[]> {
  const { rows } = await sql<{ author_id: string; person_id: string | null }>`
    select a.author_id, a.person_id from unnest(${[...new Set(pairs.flat())]}::uuid[]) as g(author_id)
      join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = g.author_id`.execute(tx.sql)
  const known = new Map(rows.map((row) => [row.author_id, row]))
  return eachOnce(
    pairs.flatMap(([one, other]) => {
      const [first, second] = [known.get(one), known.get(other)]
      if (!first || !second || (first.person_id === null && second.person_id === null)) return []
      const sides = [first, second].map(({ author_id, person_id }) =>
        sideOf({ authorId: author_id, personId: person_id }),
      ) as [string, string]
      return sides[0] === sides[1] ? [] : [sides]
    }),
  )
}
