import { sql } from 'kysely'
import { nextStepAt, planSteps } from '../../clocks/index.ts'
import { segmentsOfAuthors } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { sendSignal } from '../../platform/live.ts'
import { lockConversations } from '../conversation.ts'
import { FROM_THE_BEGINNING } from './clock-events.ts'
import { type CrisesOf, type Facts, readFacts } from './facts.ts'
import { type Promises, readPromises } from './promises.ts'
import { type Plan, performSteps } from './steps.ts'
import { type Wait, waitsOf } from './waits.ts'

/** Somebody is writing right now: what a step would take from them is looked at again so much later. */
const POSTPONED_MS = 60_000

/**
 * Reads the clocks of conversations anew from their events, keeps what was read for lists and figures, and does the steps that
 * are due. Safe at any time and any number of times: a step that was done is kept, and so is never done twice.
 */
export async function keepClocks(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
  now: Date,
  crisesOf: CrisesOf,
): Promise<void> {
  const promises = await readPromises(tx)
  if (promises.all.size === 0 || conversationIds.length === 0) return
  const ids = [...new Set(conversationIds)].sort()
  await hold(tx, ids)
  const facts = await readFacts(tx, ids, crisesOf)
  await noteSegments(tx, promises, facts, now)
  const read = facts.map((one) => ({ facts: one, waits: waitsOf(promises, one, now.getTime()) }))
  await writeClocks(tx, ids, read, now)
  const looks: Look[] = []
  for (const { facts: one, waits } of read) {
    const open = openWaits(waits)
    const plans = open.map((wait) => ({
      wait,
      steps: planSteps(wait.promise.policy, one.conversationId, wait.reading, now.getTime()),
    }))
    const { postponed } = await performSteps(tx, one, plans, now)
    looks.push({
      conversationId: one.conversationId,
      dueAt: least(open.map(({ reading }) => reading.dueAt)),
      lookAt: lookAt(plans, postponed, now.getTime()),
    })
  }
  await writeLooks(tx, looks)
}

interface Look {
  conversationId: string
  dueAt: Date | null
  lookAt: Date | null
}

/** Those that somebody can still do something about. */
export const openWaits = (waits: readonly Wait[]): Wait[] =>
  waits.filter(({ reading }) => reading.epoch.endedAt === null && reading.state !== 'void')

const least = (instants: readonly (number | null)[]): Date | null => {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : new Date(Math.min(...known))
}

/** When something is due without anything happening: a step, or the due time itself, which changes what it is. */
const lookAt = (plans: readonly Plan[], postponed: boolean, now: number): Date | null =>
  least([
    postponed ? now + POSTPONED_MS : null,
    ...plans.flatMap(({ wait: { reading }, steps }) => [
      nextStepAt(steps, now),
      reading.dueAt !== null && reading.dueAt > now ? reading.dueAt : null,
    ]),
  ])

/**
 * One at a time for each conversation, in the order of their ids. The conversations too: a step must not move what somebody took
 * a moment ago, and whoever changes many at once must not wait in a circle with this.
 */
async function hold(tx: WorkspaceTransaction, ids: readonly string[]): Promise<void> {
  await sql`
    insert into clock_watch (workspace_id, conversation_id)
    select ${tx.workspaceId}, c.conversation_id from conversation c
      where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${[...ids]}::uuid[])
      order by c.conversation_id
    on conflict do nothing`.execute(tx.sql)
  await sql`
    select from clock_watch where workspace_id = ${tx.workspaceId} and conversation_id = any(${[...ids]}::uuid[])
    order by conversation_id for update`.execute(tx.sql)
  await lockConversations(tx, [...ids])
}

/**
 * In which of the segments that promises ask for the customers are now. Kept in the trail, so that it can be read again; that it was
 * none too, or a segment that comes later would be taken for one that was there from the beginning.
 */
async function noteSegments(tx: WorkspaceTransaction, promises: Promises, all: Facts[], now: Date): Promise<void> {
  if (promises.segmentIds.size === 0) return
  const held = await segmentsOfAuthors(tx, [...new Set(all.map(({ authorId }) => authorId))], now)
  for (const facts of all) {
    const segments = (held.get(facts.authorId) ?? []).filter((id) => promises.segmentIds.has(id)).sort()
    if (segments.join() === facts.segments?.join()) continue
    tx.record({
      type: 'conversation.segmented',
      subjects: { conversationId: facts.conversationId, segmentIds: segments },
    })
    const isFirst = facts.segments === null
    facts.events.push({ id: 'segments', at: isFirst ? FROM_THE_BEGINNING : now.getTime(), kind: 'changed', segments })
  }
}

async function writeClocks(
  tx: WorkspaceTransaction,
  ids: readonly string[],
  read: readonly { facts: Facts; waits: Wait[] }[],
  now: Date,
): Promise<void> {
  const rows = read.flatMap(({ facts, waits }) => waits.map((wait) => rowOf(facts.conversationId, wait)))
  await sql`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(conversation_id uuid, kind text, epoch text,
        clock_policy_id uuid, policy_version int, started_at timestamptz, ended_at timestamptz, ended_by text,
        ended_with uuid, state text, because text, target_minutes int, counted_ms bigint, due_at timestamptz,
        due_unknown text, priority text, team_id uuid)),
    gone as (
      delete from clock k where k.workspace_id = ${tx.workspaceId} and k.conversation_id = any(${[...ids]}::uuid[])
        and not exists (select from told t where t.conversation_id = k.conversation_id and t.kind = k.kind
          and t.epoch = k.epoch))
    insert into clock (workspace_id, conversation_id, kind, epoch, clock_policy_id, policy_version, started_at, ended_at,
      ended_by, ended_with, state, because, target_minutes, counted_ms, due_at, due_unknown, priority, team_id, read_at)
    select ${tx.workspaceId}, t.*, ${now} from told t
    on conflict (workspace_id, conversation_id, kind, epoch) do update set clock_policy_id = excluded.clock_policy_id,
      policy_version = excluded.policy_version, started_at = excluded.started_at, ended_at = excluded.ended_at,
      ended_by = excluded.ended_by, ended_with = excluded.ended_with, state = excluded.state, because = excluded.because,
      target_minutes = excluded.target_minutes, counted_ms = excluded.counted_ms, due_at = excluded.due_at,
      due_unknown = excluded.due_unknown, priority = excluded.priority, team_id = excluded.team_id,
      read_at = excluded.read_at`.execute(tx.sql)
}

const rowOf = (conversation_id: string, { promise, reading, priority, teamId }: Wait) => ({
  conversation_id,
  kind: reading.clock,
  epoch: reading.epoch.key,
  clock_policy_id: promise.clockPolicyId,
  policy_version: promise.version,
  started_at: new Date(reading.epoch.startedAt),
  ended_at: reading.epoch.endedAt === null ? null : new Date(reading.epoch.endedAt),
  ended_by: reading.epoch.endedBy,
  ended_with: reading.epoch.endedWith,
  state: reading.state,
  because: reading.because,
  target_minutes: reading.targetMinutes,
  counted_ms: Math.round(reading.elapsedMinutes * 60_000),
  due_at: reading.dueAt === null ? null : new Date(reading.dueAt),
  due_unknown: reading.dueUnknown,
  priority,
  team_id: teamId,
})

async function writeLooks(tx: WorkspaceTransaction, looks: readonly Look[]): Promise<void> {
  const ids = looks.map(({ conversationId }) => conversationId)
  await sql`
    update clock_watch w set look_at = g.look_at
    from unnest(${ids}::uuid[], ${looks.map((look) => look.lookAt)}::timestamptz[]) as g(conversation_id, look_at)
    where w.workspace_id = ${tx.workspaceId} and w.conversation_id = g.conversation_id`.execute(tx.sql)
  const { rows } = await sql<{ id: string; due_at: Date | null }>`
    update conversation c set due_at = g.due_at
    from unnest(${ids}::uuid[], ${looks.map((look) => look.dueAt)}::timestamptz[]) as g(conversation_id, due_at)
    where c.workspace_id = ${tx.workspaceId} and c.conversation_id = g.conversation_id
      and c.due_at is distinct from g.due_at
    returning c.conversation_id as id, c.due_at`.execute(tx.sql)
  await tellScreens(tx, rows)
}

/** One signal, however many: of a single conversation it says what it comes to, of several that lists have to ask. */
async function tellScreens(tx: WorkspaceTransaction, changed: { id: string; due_at: Date | null }[]): Promise<void> {
  const [one, ...more] = changed
  if (!one) return
  const subjects: Record<string, string> =
    more.length > 0 ? {} : { conversationId: one.id, dueAt: one.due_at?.toISOString() ?? '' }
  await sendSignal(tx, { kind: 'clocks', permission: 'inbox.read', subjects })
}
