import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { HOUR_MS } from './entries.ts'
import { close, emptyTally, merge, readCounts, SECTIONS, subtract, type Tally, writeCounts } from './tally.ts'

const ENTRIES_AT_ONCE = 500
const HOURS_CLOSED_AT_ONCE = 50
const STEPS_AT_ONCE = 4
/** Posts are heard late; afterwards they are counted in the hour and in its day. */
const CLOSED_AFTER_MS = 2 * HOUR_MS
const DAY_MS = 24 * HOUR_MS

interface CountsRow extends Record<(typeof SECTIONS)[number], string> {
  posts: number
}

interface EntryRow extends CountsRow {
  entry_id: string
  topic_id: string
  topic_version: number
  hour: Date
  removes: boolean
}

interface TallyKey {
  topicId: string
  version: number
  span: 'hour' | 'day'
  startsAt: Date
}

interface TallyRow extends CountsRow {
  topic_id: string
  topic_version: number
  span: 'hour' | 'day'
  starts_at: Date
  closed: boolean
}

/**
 * Takes entries into the tallies of their hours, and of their days where the hour is over; then closes hours. In one
 * transaction with the removal of the entries, so each is counted once. One worker at a time in a workspace: what removes
 * must come after what added. Returns whether there may be more to do.
 */
export async function foldSome(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  if (!(await takeTurn(tx))) return false
  const { rows: entries } = await sql<EntryRow>`
    select * from tally_entry where workspace_id = ${tx.workspaceId} order by entry_id limit ${ENTRIES_AT_ONCE}`.execute(
    tx.sql,
  )
  if (entries.length > 0) await fold(tx, entries, now)
  const closed = await closeHours(tx, now)
  return entries.length === ENTRIES_AT_ONCE || closed === HOURS_CLOSED_AT_ONCE
}

/** Tallies are read and written whole: only one transaction of a workspace at a time may do so. False: another does. */
async function takeTurn(tx: WorkspaceTransaction): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`
    select pg_try_advisory_xact_lock(${turnOf(tx)}) as mine`.execute(tx.sql)
  return rows[0]?.mine ?? false
}

/** For whoever holds nothing yet. */
export async function waitForTurn(tx: WorkspaceTransaction): Promise<void> {
  await sql`select pg_advisory_xact_lock(${turnOf(tx)})`.execute(tx.sql)
}

const turnOf = (tx: WorkspaceTransaction) => sql`hashtextextended('tally ' || ${tx.workspaceId}, 0)`

/** Right away, as far as a deletion can wait for it: what was deleted is then in no entry any more. The loop does the rest. */
export async function foldNow(tx: WorkspaceTransaction, now: Date): Promise<void> {
  for (let step = 0; step < STEPS_AT_ONCE; step++) if (!(await foldSome(tx, now))) return
}

async function fold(tx: WorkspaceTransaction, entries: EntryRow[], now: Date): Promise<void> {
  const tallies = new Tallies()
  const hours = entries.map(hourOf)
  await tallies.load(tx, hours)
  const isOver = (hour: Date) => hour.getTime() + CLOSED_AFTER_MS < now.getTime()
  await tallies.load(tx, hours.filter(({ startsAt }) => isOver(startsAt)).map(dayOf))
  for (const [at, entry] of entries.entries()) {
    const hour = hours[at] as TallyKey
    const said = tallyOf(entry)
    const add = entry.removes ? subtract : merge
    const held = tallies.of(hour)
    // An hour that nothing was said in until it was over begins closed.
    if (held.isNew && isOver(entry.hour)) held.closed = true
    add(held.tally, said)
    if (held.closed) add(tallies.of(dayOf(hour)).tally, said)
  }
  await tallies.write(tx)
  await sql`delete from tally_entry where workspace_id = ${tx.workspaceId}
    and entry_id = any(${entries.map((entry) => entry.entry_id)}::uuid[])`.execute(tx.sql)
}

/** Served by tally_open. */
async function closeHours(tx: WorkspaceTransaction, now: Date): Promise<number> {
  const { rows } = await sql<TallyRow>`
    select topic_id, topic_version, span, starts_at from tally where workspace_id = ${tx.workspaceId} and span = 'hour' and not closed
      and starts_at < ${new Date(now.getTime() - CLOSED_AFTER_MS)} order by starts_at limit ${HOURS_CLOSED_AT_ONCE}`.execute(
    tx.sql,
  )
  if (rows.length === 0) return 0
  const tallies = new Tallies()
  const hours = rows.map((row) => keyOf(row))
  await tallies.load(tx, [...hours, ...hours.map(dayOf)])
  for (const hour of hours) {
    const held = tallies.of(hour)
    merge(tallies.of(dayOf(hour)).tally, held.tally)
    close(held.tally, 'hour')
    held.closed = true
  }
  await tallies.write(tx)
  return rows.length
}

interface Held {
  key: TallyKey
  tally: Tally
  closed: boolean
  isNew: boolean
}

/** Rows of `tally` while they are worked on. */
class Tallies {
  readonly #held = new Map<string, Held>()

  async load(tx: WorkspaceTransaction, keys: TallyKey[]): Promise<void> {
    if (keys.length === 0) return
    const { rows } = await sql<TallyRow>`
      select t.* from (select distinct * from unnest(${keys.map((key) => key.topicId)}::uuid[], ${keys.map((key) => key.version)}::int[],
          ${keys.map((key) => key.span)}::text[], ${keys.map((key) => key.startsAt)}::timestamptz[])
        as g(topic_id, topic_version, span, starts_at)) g
        join tally t on t.workspace_id = ${tx.workspaceId} and t.topic_id = g.topic_id
          and t.topic_version = g.topic_version and t.span = g.span and t.starts_at = g.starts_at`.execute(tx.sql)
    for (const row of rows)
      this.#held.set(nameOf(keyOf(row)), { key: keyOf(row), tally: tallyOf(row), closed: row.closed, isNew: false })
  }

  of(key: TallyKey): Held {
    const known = this.#held.get(nameOf(key))
    if (known) return known
    const made = { key, tally: emptyTally(), closed: false, isNew: true }
    this.#held.set(nameOf(key), made)
    return made
  }

  /** What is added to an old tally may be what a single person said: it is made anonymous again (`expiring.ts`). */
  async write(tx: WorkspaceTransaction): Promise<void> {
    const held = [...this.#held.values()]
    const [terms, links, threads, waves, voices] = SECTIONS.map((section) =>
      held.map(({ tally }) => writeCounts(tally.sections[section])),
    )
    await sql`
      insert into tally as t (workspace_id, topic_id, topic_version, span, starts_at, posts, terms, links, threads, waves,
        voices, closed)
      select ${tx.workspaceId}, * from unnest(${held.map(({ key }) => key.topicId)}::uuid[], ${held.map(({ key }) => key.version)}::int[],
        ${held.map(({ key }) => key.span)}::text[], ${held.map(({ key }) => key.startsAt)}::timestamptz[],
        ${held.map(({ tally }) => tally.posts)}::int[], ${terms}::text[], ${links}::text[], ${threads}::text[],
        ${waves}::text[], ${voices}::text[], ${held.map(({ closed }) => closed)}::boolean[])
      on conflict (workspace_id, topic_id, topic_version, span, starts_at) do update set posts = excluded.posts,
        terms = excluded.terms, links = excluded.links, threads = excluded.threads, waves = excluded.waves,
        voices = excluded.voices, closed = excluded.closed, anonymous = false`.execute(tx.sql)
  }
}

const hourOf = ({ topic_id, topic_version, hour }: EntryRow): TallyKey => ({
  topicId: topic_id,
  version: topic_version,
  span: 'hour',
  startsAt: hour,
})

const dayOf = (hour: TallyKey): TallyKey => ({
  ...hour,
  span: 'day',
  startsAt: new Date(Math.floor(hour.startsAt.getTime() / DAY_MS) * DAY_MS),
})

const keyOf = ({ topic_id, topic_version, span, starts_at }: TallyRow): TallyKey => ({
  topicId: topic_id,
  version: topic_version,
  span,
  startsAt: starts_at,
})

const nameOf = ({ topicId, version, span, startsAt }: TallyKey): string =>
  `${topicId} ${version} ${span} ${startsAt.getTime()}`

export const tallyOf = (row: CountsRow): Tally => {
  const tally = emptyTally()
  tally.posts = row.posts
  for (const section of SECTIONS) tally.sections[section] = readCounts(row[section])
  return tally
}
