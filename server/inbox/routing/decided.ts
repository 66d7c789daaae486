import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** Acts of a conversation that are looked through for what people decided: what was only said or routed is not among them. */
const ACTS_MAX = 500

/** What people (and programs with a key) decided about a conversation: rules leave it as it is. */
export interface Decided {
  /** Who has it was last said by a person, with nobody too. */
  assignee: boolean
  /** The last word on who has it was: nobody. */
  toNobody: boolean
  priority: boolean
  clock: boolean
  /** The promise that was chosen last, by whomever. */
  clockPolicyId: string | null
  /** Tags that a person took off. */
  untagged: ReadonlySet<string>
  /** Opened, or opened again, by a person. */
  open: boolean
  /** Position of the last thing that a person did; '0': nothing. */
  lastAct: string
}

const PEOPLE = ['member', 'bot']
/** Of these the last one counts, whoever it is of. */
const LAST_WORDS = [
  'conversation.assigned',
  'conversation.prioritised',
  'conversation.clock-chosen',
  'conversation.opened',
  'conversation.reopened',
  'conversation.closed',
]

interface Act {
  conversation_id: string
  position: string
  type: string
  actor_kind: string
  subjects: Record<string, string | string[]>
  codes: Record<string, unknown>
}

export const NOTHING_DECIDED: Decided = {
  assignee: false,
  toNobody: false,
  priority: false,
  clock: false,
  clockPolicyId: null,
  untagged: new Set(),
  open: false,
  lastAct: '0',
}

/** The caller holds the conversations' rows, so that nothing is decided in between. Served by event_conversation. */
export async function whatPeopleDecided(
  tx: WorkspaceTransaction,
  conversationIds: readonly string[],
): Promise<Map<string, Decided>> {
  if (conversationIds.length === 0) return new Map()
  const { rows } = await sql<Act>`
    select e.conversation_id, e.position, e.type, e.actor_kind, e.subjects, e.codes from unnest(${[...conversationIds]}::text[]) as g(id)
      cross join lateral (
        select conversation_id, position, type, actor_kind, subjects, codes from event
        where workspace_id = ${tx.workspaceId} and conversation_id = g.id
          and (actor_kind = any(${PEOPLE}::text[]) or type = any(${LAST_WORDS}::text[]))
        order by position desc limit ${ACTS_MAX}) e`.execute(tx.sql)
  const acts = Map.groupBy(rows, (row) => row.conversation_id)
  return new Map([...acts].map(([conversationId, some]) => [conversationId, decidedBy(some)]))
}

/** Newest first. */
function decidedBy(acts: Act[]): Decided {
  const last = (...types: string[]) => acts.find(({ type }) => types.includes(type))
  const assigned = last('conversation.assigned')
  const clock = last('conversation.clock-chosen')
  return {
    assignee: isOfPerson(assigned),
    toNobody: assigned?.codes.toNobody === true,
    priority: isOfPerson(last('conversation.prioritised')),
    clock: isOfPerson(clock),
    clockPolicyId: typeof clock?.subjects.clockPolicyId === 'string' ? clock.subjects.clockPolicyId : null,
    untagged: untaggedIn(acts),
    open: isOfPerson(last('conversation.opened', 'conversation.reopened', 'conversation.closed')),
    lastAct: acts.find(isOfPerson)?.position ?? '0',
  }
}

const isOfPerson = (act: Act | undefined): boolean => act !== undefined && PEOPLE.includes(act.actor_kind)

function untaggedIn(acts: Act[]): Set<string> {
  const untagged = new Set<string>()
  const tagged = new Set<string>()
  for (const act of acts.filter((each) => each.type === 'conversation.tagged' && isOfPerson(each))) {
    for (const tagId of [act.subjects.added ?? []].flat()) tagged.add(tagId)
    for (const tagId of [act.subjects.removed ?? []].flat()) if (!tagged.has(tagId)) untagged.add(tagId)
  }
  return untagged
}
