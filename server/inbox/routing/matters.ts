import { sql } from 'kysely'
import { membersWhoAt, type StaffedDesk, staffedDesk } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type ConversationRow, lockConversations } from '../conversation.ts'
import { liveLeases } from '../leases.ts'
import { openByMember } from '../load.ts'
import { type Decided, NOTHING_DECIDED, whatPeopleDecided } from './decided.ts'

/** A conversation that rules act on, as it becomes while they do. */
export interface Matter {
  row: ConversationRow
  decided: Decided
  /** Somebody is writing. */
  held: boolean
  tagIds: Set<string>
  /** Tags that rules put on. */
  newTagIds: Set<string>
  /** Posts for which a rule that closes held, and the rule that closes it. */
  noise: Set<string>
  closedBy: string | null
}

/** Locks the conversations. Those that are gone are absent. */
export async function openMatters(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, Matter>> {
  const rows = await lockConversations(tx, conversationIds)
  const ids = [...rows.keys()]
  const decided = await whatPeopleDecided(tx, ids)
  const leases = await liveLeases(tx, ids)
  const tags = await tagsOf(tx, ids)
  return new Map(
    [...rows].map(([id, row]) => [
      id,
      {
        row: { ...row },
        decided: decided.get(id) ?? NOTHING_DECIDED,
        held: leases.has(id),
        tagIds: tags.get(id) ?? new Set(),
        newTagIds: new Set(),
        noise: new Set(),
        closedBy: null,
      },
    ]),
  )
}

async function tagsOf(tx: WorkspaceTransaction, conversationIds: string[]): Promise<Map<string, Set<string>>> {
  const { rows } = await sql<{ conversation_id: string; tag_id: string }>`
    select conversation_id, tag_id from conversation_tag
    where workspace_id = ${tx.workspaceId} and conversation_id = any(${conversationIds}::uuid[])`.execute(tx.sql)
  const tags = new Map<string, Set<string>>()
  for (const row of rows) tags.set(row.conversation_id, (tags.get(row.conversation_id) ?? new Set()).add(row.tag_id))
  return tags
}

/** Whom and what rules may name now. What was removed since a version was saved is left out, and its action does nothing. */
export interface Office {
  teamIds: ReadonlySet<string>
  tagIds: ReadonlySet<string>
  /** Active members who may work at a source; null: through none. */
  workersAt(sourceId: string | null): Promise<ReadonlySet<string>>
  desk(): Promise<StaffedDesk>
}

export async function openOffice(tx: WorkspaceTransaction, now: Date): Promise<Office> {
  const idsOf = async (table: 'team' | 'tag'): Promise<Set<string>> => {
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(`${table}_id`)} as id from ${sql.table(table)} where workspace_id = ${tx.workspaceId}`.execute(
      tx.sql,
    )
    return new Set(rows.map(({ id }) => id))
  }
  const workers = new Map<string | null, ReadonlySet<string>>()
  let desk: Promise<StaffedDesk> | undefined
  return {
    teamIds: await idsOf('team'),
    tagIds: await idsOf('tag'),
    async workersAt(sourceId) {
      const known = workers.get(sourceId) ?? new Set(await membersWhoAt(tx, 'inbox.work', sourceId))
      workers.set(sourceId, known)
      return known
    },
    desk() {
      desk ??= staffedDesk(tx, now, openByMember)
      return desk
    },
  }
}
