import { sql } from 'kysely'
import type { PERSON_FACTS } from '../../../contract/people-graph.ts'
import type { Permission } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** What stands on a person: on everyone who is the same, and on their identities. */
export interface Standing {
  personIds: readonly string[]
  authorIds: readonly string[]
}

/** How much of something comes together with persons. Modules below bring their own (server/modules.ts). */
export interface PersonFact {
  fact: (typeof PERSON_FACTS)[number]
  /** Told to those who may read it. */
  allow?: Permission
  count(tx: WorkspaceTransaction, of: Standing): Promise<number>
}

/** person_note_person and person_current. */
const notes: PersonFact = {
  fact: 'notes',
  count: async (tx, { personIds }) => {
    const { rows } = await sql<{ count: number }>`
      select (select count(*) from person_note
          where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]))::int
        + (select count(*) from person
          where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]) and note <> '')::int as count`.execute(
      tx.sql,
    )
    return rows[0]?.count ?? 0
  },
}

/** consent_person and consent_author. */
const consents: PersonFact = {
  fact: 'consents',
  count: async (tx, { personIds, authorIds }) => {
    const { rows } = await sql<{ count: number }>`
      select (select count(*) from consent
          where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]))::int
        + (select count(*) from consent
          where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]))::int as count`.execute(
      tx.sql,
    )
    return rows[0]?.count ?? 0
  },
}

/** purchase_person, and purchase_customer by the keys of contact points. */
const purchases: PersonFact = {
  fact: 'purchases',
  count: async (tx, { personIds, authorIds }) => {
    const { rows } = await sql<{ count: number }>`
      select (select count(*) from purchase where workspace_id = ${tx.workspaceId}
          and person_id = any(${personIds}::uuid[]) and withdrawn_at is null)::int
        + (select count(*) from author a join purchase p on p.workspace_id = a.workspace_id and p.customer_kind = a.kind
            and p.customer_scope = a.scope and p.customer_id = a.network_id and p.withdrawn_at is null
          where a.workspace_id = ${tx.workspaceId} and a.author_id = any(${authorIds}::uuid[]))::int as count`.execute(
      tx.sql,
    )
    return rows[0]?.count ?? 0
  },
}

export const OWN_FACTS: readonly PersonFact[] = [notes, consents, purchases]
