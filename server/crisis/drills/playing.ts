import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { STORM_SIZES, type StormName, type StormSize } from '../../../contract/crisis-drills.ts'
import { readWorkspace } from '../../accounts/index.ts'
import { startTwinProcess, type TwinProcess } from '../../connectors/index.ts'
import { connectAccount, hearNow, mainAccountId, restSources } from '../../listening/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { setFence } from '../../platform/fence.ts'
import { newId } from '../../platform/ids.ts'
import type { Services } from '../../platform/services.ts'
import { sendRevocable } from '../../publishing/index.ts'
import { cardOf } from './card.ts'
import { type House, makeSandbox } from './sandbox.ts'

/**
 * One drill from its sandbox to its score card, in the hands of one worker, because the twin is a process beside it.
 *
 *   preparing  twin, sandbox, fence, account, storm -> `running`
 *   running    every few seconds: what was said meanwhile is noted; until the time is over, or somebody ends it (`ending`)
 *   ending     the storm is over; what can still be taken back goes at once, while the twin is there to take it
 *   over       the account rests, the fence closes, the card is made, the twin ends
 *
 * All the while its lease is renewed. A worker that dies takes its twin along. Whoever finds the drill then ends it with what
 * is there (`interrupted`), and so does its own worker when its twin dies. Where no card can be made of that either, it is over
 * all the same (`not-ended`): nobody takes it up again.
 */
const TICK_MS = 2_000
const LET_GO_LOOK_MS = 200
/** Ten seconds. */
const LET_GO_LOOKS_MAX = 50
export const LEASE_SECONDS = 30
const DAY_MS = 86_400_000

interface Drill {
  storm: StormName
  size: StormSize
  minutes: number
  languages: string[]
  state: 'preparing' | 'running' | 'ending' | 'over' | 'failed'
  member_ids: string[]
  sandbox_id: string | null
  begun_at: Date | null
  keep_days: number
}

export interface Place {
  home: string
  drillId: string
}

export async function playDrill(services: Services, house: House, place: Place, signal: AbortSignal): Promise<void> {
  const drill = await inHome(services, place, (tx) => readDrill(tx, place.drillId))
  if (drill.sandbox_id !== null || drill.state !== 'preparing') return endWithWhatIsThere(services, place)
  let twin: TwinProcess | undefined
  const keeping = setInterval(() => void keep(services, place), (LEASE_SECONDS * 1_000) / 3)
  try {
    twin = await startTwinProcess()
    await prepare(services, house, place, drill, twin)
    await watch(services, place, twin, signal)
    await twin.direct('endStorms', {})
    await letGo(services, place, signal)
    await finish(services, place, signal.aborted ? 'interrupted' : null, twin)
  } catch (error) {
    services.log.error({ err: error, ...place }, 'a drill failed')
    await endWithWhatIsThere(services, place)
  } finally {
    clearInterval(keeping)
    twin?.stop()
  }
}

/** The drill stays in our hands, also while a twin and a sandbox take their time to be made. */
const keep = (services: Services, place: Place): Promise<unknown> =>
  inHome(services, place, (tx) =>
    sql`update drill set lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      where workspace_id = ${place.home} and drill_id = ${place.drillId}
        and state in ('preparing', 'running', 'ending')`.execute(tx.sql),
  ).catch((error: unknown) => services.log.error({ err: error, ...place }, 'the lease of a drill was not renewed'))

async function prepare(services: Services, house: House, place: Place, drill: Drill, twin: TwinProcess): Promise<void> {
  const { home } = place
  const { brand, name, slug, accountId } = await inHome(services, place, async (tx) => ({
    ...(await readWorkspace(tx)),
    accountId: await mainAccountId(tx),
  }))
  const sandboxId = newId()
  // Noted before it is there: after a crash in between, whoever finds the drill finds its sandbox too.
  await inHome(services, place, (tx) => change(tx, place, { sandbox_id: sandboxId, member_ids: [] }))
  await makeSandbox(services, house, { home, sandboxId, memberIds: drill.member_ids })
  await setFence(services, sandboxId, twin.place)
  const called = brand.trim() || name
  const handle = `${slug}.test`
  const account = await twin.openAccount({ handle, name: called })
  // Under the id of the account that it stands for: rules that name the one then mean the other.
  await connectAccount(services, sandboxId, { ...account, ...(accountId ? { sourceId: accountId } : {}) })
  const { posts } = await twin.direct<{ posts: number }>('storm', {
    script: drill.storm,
    brand: called,
    account: handle,
    languages: drill.languages,
    posts: STORM_SIZES[drill.size],
    seconds: drill.minutes * 60,
    seed: Math.trunc(services.clock.now().getTime() / 1_000),
  })
  await inHome(services, place, (tx) =>
    sql`update drill set planned = ${posts}, begun_at = ${services.clock.now()},
      state = case when state = 'preparing' then 'running' else state end
      where workspace_id = ${home} and drill_id = ${place.drillId}`.execute(tx.sql),
  )
}

/** Until it is to end. */
async function watch(services: Services, place: Place, twin: TwinProcess, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const drill = await note(services, place, twin)
    const lastsMs = services.clock.now().getTime() - (drill.begun_at?.getTime() ?? 0)
    if (drill.state !== 'running' || lastsMs >= drill.minutes * 60_000) return
    await delay(TICK_MS, undefined, { signal }).catch(() => {})
  }
}

interface Told {
  uri: string
  part: 'must' | 'troll' | 'crowd'
  handle: string
  text: string
  at: string
}

/** Writes down what the storm said since, and has it heard. */
async function note(services: Services, place: Place, twin: TwinProcess): Promise<Drill> {
  const known = await inHome(services, place, async (tx) => {
    const { rows } = await sql<{ told: number }>`
      select told from drill where workspace_id = ${place.home} and drill_id = ${place.drillId}`.execute(tx.sql)
    return rows[0]?.told ?? 0
  })
  const { posts } = await twin.direct<{ posts: Told[] }>('stormTold', { from: known })
  const drill = await inHome(services, place, async (tx) => {
    await sql`insert into drill_post (workspace_id, drill_id, external_id, part, handle, text, said_at)
      select ${place.home}, ${place.drillId}, g.uri, g.part, g.handle, g.text, g.at::timestamptz
      from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as g(uri text, part text, handle text, text text, at text)
      on conflict do nothing`.execute(tx.sql)
    await sql`update drill set told = told + ${posts.length}
      where workspace_id = ${place.home} and drill_id = ${place.drillId}`.execute(tx.sql)
    return readDrill(tx, place.drillId)
  })
  if (drill.sandbox_id)
    await services.database.inWorkspace(drill.sandbox_id, SYSTEM, (tx) => hearNow(tx, services.clock.now()))
  return drill
}

/** What the team has said counts, also in the last minute. Bounded: an outbox that does not send holds no drill up. */
async function letGo(services: Services, place: Place, signal: AbortSignal): Promise<void> {
  const { sandbox_id: sandboxId } = await inHome(services, place, (tx) => readDrill(tx, place.drillId))
  for (let look = 0; sandboxId && look < LET_GO_LOOKS_MAX && !signal.aborted; look++) {
    const onTheWay = await services.database.inWorkspace(sandboxId, SYSTEM, sendRevocable)
    if (onTheWay === 0) return
    await delay(LET_GO_LOOK_MS, undefined, { signal }).catch(() => {})
  }
}

async function finish(
  services: Services,
  place: Place,
  failure: string | null,
  twin: TwinProcess | null = null,
): Promise<void> {
  if (twin) await note(services, place, twin)
  const drill = await inHome(services, place, (tx) => readDrill(tx, place.drillId))
  const { sandbox_id: sandboxId, begun_at: begunAt } = drill
  const now = services.clock.now()
  if (sandboxId) {
    await services.database.inWorkspace(sandboxId, SYSTEM, restSources)
    await setFence(services, sandboxId, '')
  }
  const posts = await inHome(services, place, (tx) => postsOf(tx, place.drillId))
  const card =
    sandboxId && begunAt
      ? await services.database.inWorkspace(sandboxId, SYSTEM, (tx) => cardOf(tx, posts, begunAt, now))
      : null
  await inHome(services, place, async (tx) => {
    await change(tx, place, {
      state: card ? 'over' : 'failed',
      failure: card ? failure : 'not-begun',
      ended_at: now,
      kept_until: keptUntil(drill, now),
      card: card && JSON.stringify(card),
      lease_until: null,
    })
    tx.record({ type: 'drill.ended', subjects: { drillId: place.drillId }, codes: { interrupted: failure !== null } })
  })
}

async function endWithWhatIsThere(services: Services, place: Place): Promise<void> {
  try {
    await finish(services, place, 'interrupted')
  } catch (error) {
    services.log.error({ err: error, ...place }, 'a drill ends without a score card')
    await fail(services, place)
  }
}

/** It is over before its fence is closed: whatever stands in the way of that must not set it going again. */
async function fail(services: Services, place: Place): Promise<void> {
  const now = services.clock.now()
  const sandboxId = await inHome(services, place, async (tx) => {
    const drill = await readDrill(tx, place.drillId)
    await change(tx, place, {
      state: 'failed',
      failure: drill.begun_at ? 'not-ended' : 'not-begun',
      ended_at: now,
      kept_until: keptUntil(drill, now),
      lease_until: null,
    })
    tx.record({ type: 'drill.ended', subjects: { drillId: place.drillId }, codes: { interrupted: true } })
    return drill.sandbox_id
  })
  if (sandboxId) await setFence(services, sandboxId, '')
}

/** The sandbox of a drill that never began is of no use: it goes with the next clean-up. */
const keptUntil = ({ begun_at, keep_days }: Drill, now: Date): Date =>
  begun_at ? new Date(now.getTime() + keep_days * DAY_MS) : now

const inHome = <T>(services: Services, { home }: Place, work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T> =>
  services.database.inWorkspace(home, SYSTEM, work)

async function readDrill(tx: WorkspaceTransaction, drillId: string): Promise<Drill> {
  const { rows } = await sql<Drill>`
    select storm, size, minutes, languages, state, member_ids, sandbox_id, begun_at, keep_days from drill
    where workspace_id = ${tx.workspaceId} and drill_id = ${drillId}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new Error('the drill is gone')
  return row
}

async function postsOf(tx: WorkspaceTransaction, drillId: string) {
  const rows = await tx.sql
    .selectFrom('drill_post')
    .select(['external_id', 'part', 'handle', 'text', 'said_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('drill_id', '=', drillId)
    .orderBy('said_at')
    .execute()
  return rows.map(({ external_id, said_at, ...post }) => ({ ...post, externalId: external_id, saidAt: said_at }))
}

const change = (
  tx: WorkspaceTransaction,
  { drillId }: Place,
  values: Partial<{
    state: Drill['state']
    sandbox_id: string
    member_ids: string[]
    failure: string | null
    ended_at: Date
    kept_until: Date
    card: string | null
    lease_until: null
  }>,
) =>
  tx.sql
    .updateTable('drill')
    .set(values)
    .where('workspace_id', '=', tx.workspaceId)
    .where('drill_id', '=', drillId)
    .execute()
