import { sql } from 'kysely'
import type { ClockName } from '../../../contract/clock-words.ts'
import { behindPseudonyms, deskAgreedSince, onlyMember } from '../../accounts/index.ts'
import { type Contribution, publishable } from '../../disclosure/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { type Weeks, waitsOf } from './waits.ts'

/** Done in the network's own app by somebody whom nobody knows here: taken for one and the same person. */
const UNKNOWN = 'unknown'

interface Piece {
  week: string
  contributor: string | null
  /** What closed it, where an event says who did. */
  event_id: string | null
  groups: string[]
}

interface Told {
  all: Set<string>
  published: Set<string>
  /** The whole desk is told because an agreement says so: fewer than five people did it. */
  isAgreed: boolean
}

/** The whole desk, which an agreement can open; what it is broken down by stays the work of few. */
const DESK: ReadonlySet<string> = new Set(['all'])

/**
 * Which groups of which week can be told (T11). It depends on what was done and on nothing that is asked: every breakdown is
 * weighed together, so that no two figures that anybody may read differ by the work of fewer than five people. Who did what
 * leaves this function by what it leaves out alone.
 */
export async function publishedGroups(
  tx: WorkspaceTransaction,
  { clock: { now }, secrets }: Pick<Services, 'clock' | 'secrets'>,
  clock: ClockName,
  weeks: Weeks,
): Promise<Map<string, Told>> {
  const { rows } = await sql<Piece>`
    with ${waitsOf(tx, clock, weeks)}, done as (
      select g.week, g.conversation_id, g.epoch, array_agg(g.grp order by g.grp) as groups,
        min(case
          when d.delivery_id is not null then case when d.created_by_kind = 'member' then d.created_by::text end
          when g.ended_by = 'answered' then ${UNKNOWN}
          when g.ended_by = 'closed' then case when e.actor_kind = 'member' then e.actor_id::text end
          else c.assigned_member_id::text end) as contributor,
        min(case when g.ended_by = 'closed' and e.actor_kind = 'member' then e.event_id::text end) as event_id
      from grouped g
        join conversation c on c.workspace_id = g.workspace_id and c.conversation_id = g.conversation_id
        left join delivery d on g.ended_by = 'answered' and d.workspace_id = g.workspace_id and d.delivery_id = g.ended_with
        left join event e on g.ended_by = 'closed' and e.workspace_id = g.workspace_id and e.event_id = g.ended_with
      group by g.week, g.conversation_id, g.epoch)
    select distinct week, contributor, event_id, groups from done`.execute(tx.sql)
  // Old events name whoever closed something by a pseudonym: without this one person would count as many.
  const closed = rows.flatMap(({ event_id: eventId, contributor: actorId }) =>
    eventId !== null && actorId !== null ? [{ eventId, actorId }] : [],
  )
  const behind = await behindPseudonyms(tx, secrets, closed)
  const known = rows.map((row) => ({ ...row, contributor: behind.get(row.contributor ?? '') ?? row.contributor }))
  const agreedSince = await deskAgreedSince(tx, now())
  const alone = await onlyMember(tx)
  return new Map(
    [...Map.groupBy(known, ({ week }) => week)].map(([week, pieces]) => {
      const all = inOrder(pieces)
      const contributions = contributionsOf(pieces)
      // Whoever works alone reads of nobody but themselves.
      if (alone !== null && contributions.every(({ contributor }) => contributor === alone))
        return [week, { all: new Set(all), published: new Set(all), isAgreed: false }]
      const published = publishable(contributions, all)
      // Weeks that began before the agreement did stay the work of whoever agreed to nothing.
      const isAgreed = agreedSince !== null && week >= agreedSince && !published.has('all')
      return [
        week,
        { all: new Set(all), published: isAgreed ? publishable(contributions, all, DESK) : published, isAgreed },
      ]
    }),
  )
}

/** What rules and bots did is nobody's work. */
const contributionsOf = (pieces: readonly Piece[]): Contribution[] =>
  pieces.flatMap(({ contributor, groups }) => (contributor === null ? [] : [{ contributor, groups }]))

/** All of it matters most, then what most people did; of equals by name, so that it is the same for everybody. */
function inOrder(pieces: readonly Piece[]): string[] {
  const people = new Map<string, Set<string | null>>()
  for (const { contributor, groups } of pieces)
    for (const group of groups) people.set(group, (people.get(group) ?? new Set()).add(contributor))
  return [...people]
    .sort(
      ([a, theirs], [b, others]) =>
        Number(b === 'all') - Number(a === 'all') || others.size - theirs.size || (a < b ? -1 : 1),
    )
    .map(([group]) => group)
}
