import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { AccountStateChange, AuthorState } from '../people/index.ts'
import type { Sql } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Loop } from '../platform/module.ts'
import type { Services } from '../platform/services.ts'
import type { Normalised, PostPlace } from './normalise.ts'
import { applyAccountStates, type Deletion, deletePosts } from './withdraw.ts'

/**
 * Deletions and departures told by a stream concern all workspaces, and nearly always posts that none of them stored. So
 * they are written down once, before the stream's cursor moves, and applied to every workspace by a loop: half a minute
 * at most, a few seconds as a rule. A post that a source brings in at that very moment is checked when it is stored
 * (applyStreamWithdrawals); a withdrawal written later finds it by the loop. So none slips through between the two.
 */
const EVERY_MS = 3_000
const AT_ONCE_MAX = 2_000
/** The loop goes back this far: what was committed late is not overlooked. */
const OVERLAP_MS = 15_000
/** After being applied, for posts that a slow source still brings in. */
const KEPT_MS = 3_600_000
const LOCK = 7_202_613
const WATERMARK = 'stream-withdrawals-applied'

interface Withdrawal {
  network: string
  scope: string
  kind: string
  subject: string
  at: Date
  received_at: Date
}

const KINDS: Record<AuthorState, string> = {
  active: 'author-back',
  deactivated: 'author-deactivated',
  gone: 'author-gone',
}
const STATES: Record<string, AuthorState> = {
  'author-back': 'active',
  'author-deactivated': 'deactivated',
  'author-gone': 'gone',
}

export async function rememberStreamWithdrawals(services: Services, heard: Normalised): Promise<void> {
  const now = services.clock.now()
  const rows = [
    ...heard.deletions.map(({ externalId, ...place }) => ({ ...place, kind: 'post-deleted', subject: externalId })),
    ...heard.states.map(({ networkId, state, ...place }) => ({ ...place, kind: KINDS[state], subject: networkId })),
  ]
  if (rows.length === 0) return
  await sql`
    insert into system.stream_withdrawal as w (network, scope, kind, subject, at, received_at)
    select distinct on (network, scope, kind, subject) network, scope, kind, subject, at, ${now}
    from unnest(${rows.map((r) => r.network)}::text[], ${rows.map((r) => r.scope)}::text[], ${rows.map((r) => r.kind)}::text[],
      ${rows.map((r) => r.subject)}::text[], ${rows.map((r) => r.at)}::timestamptz[]) as g(network, scope, kind, subject, at)
    order by network, scope, kind, subject, at desc
    on conflict (network, scope, kind, subject) do update set at = greatest(w.at, excluded.at), received_at = excluded.received_at
  `.execute(services.database.system)
}

/** Withdraws what a stream had withdrawn before the workspace stored it. */
export async function applyStreamWithdrawals(
  services: Services,
  workspaceId: string,
  places: PostPlace[],
): Promise<void> {
  if (places.length === 0) return
  const { rows } = await sql<Withdrawal>`
    select w.* from unnest(${places.map((p) => p.network)}::text[], ${places.map((p) => p.scope)}::text[],
        ${places.map((p) => p.externalId)}::text[]) as g(network, scope, external_id)
      join system.stream_withdrawal w on w.network = g.network and w.scope = g.scope and w.kind = 'post-deleted'
        and w.subject = g.external_id`.execute(services.database.system)
  if (rows.length > 0) await applyTo(services, workspaceId, rows)
}

export const withdrawalLoop: Loop = {
  name: 'listening.withdrawals',
  async run(services, signal) {
    while (!signal.aborted) {
      try {
        await applyDueWithdrawals(services)
      } catch (error) {
        services.log.error({ err: error }, 'could not apply withdrawals, will try again')
      }
      await delay(EVERY_MS, undefined, { signal }).catch(() => {})
    }
  },
}

/** Everything that is due, by one worker at a time. Applying twice changes nothing. */
export async function applyDueWithdrawals(services: Services): Promise<void> {
  await services.database.system.transaction().execute(async (system) => {
    const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as taken`.execute(system)
    if (!rows[0]?.taken) return
    const workspaces = await workspacesOf(services)
    const appliedUntil = await readWatermark(system)
    let page = await pageAfter(system, new Date(appliedUntil.getTime() - OVERLAP_MS), null)
    while (page.length > 0) {
      for (const workspaceId of workspaces) await applyTo(services, workspaceId, page)
      const last = page.at(-1) as Withdrawal
      page = page.length < AT_ONCE_MAX ? [] : await pageAfter(system, last.received_at, last)
      await writeWatermark(system, last.received_at)
    }
    await sql`delete from system.stream_withdrawal where received_at < ${new Date(appliedUntil.getTime() - KEPT_MS)}`.execute(
      system,
    )
  })
}

async function pageAfter(system: Sql, since: Date, last: Withdrawal | null): Promise<Withdrawal[]> {
  const { rows } = await sql<Withdrawal>`
    select * from system.stream_withdrawal where received_at >= ${since}
      ${last ? sql`and (received_at, network, scope, kind, subject) > (${last.received_at}, ${last.network}, ${last.scope}, ${last.kind}, ${last.subject})` : sql``}
    order by received_at, network, scope, kind, subject limit ${AT_ONCE_MAX}`.execute(system)
  return rows
}

async function readWatermark(system: Sql): Promise<Date> {
  const row = await system.selectFrom('system.setting').select('value').where('name', '=', WATERMARK).executeTakeFirst()
  return new Date((row?.value as { until: string } | undefined)?.until ?? 0)
}

async function writeWatermark(system: Sql, until: Date): Promise<void> {
  const value = JSON.stringify({ until })
  await system
    .insertInto('system.setting')
    .values({ name: WATERMARK, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

async function applyTo(services: Services, workspaceId: string, rows: Withdrawal[]): Promise<void> {
  const deletions: Deletion[] = []
  const changes: AccountStateChange[] = []
  for (const { network, scope, kind, subject, at } of rows) {
    const state = STATES[kind]
    if (state) changes.push({ network, scope, networkId: subject, state, at })
    else deletions.push({ network, scope, externalId: subject, at })
  }
  await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    await deletePosts(tx, deletions)
    await applyAccountStates(tx, changes)
  })
}

async function workspacesOf(services: Services): Promise<string[]> {
  const rows = await services.database.system.selectFrom('system.workspace').select('id').orderBy('id').execute()
  return rows.map((row) => row.id)
}
