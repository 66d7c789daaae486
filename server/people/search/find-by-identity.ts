import { type RawBuilder, sql } from 'kysely'
import { textArray } from '../../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { prefixEnd } from '../name-keys.ts'
import type { Typed } from './typed.ts'

const FOUND_PER_WAY_MAX = 20

export type Way = 'handle' | 'former-handle' | 'mail' | 'phone' | 'site' | 'customer-number'

/** An identity that agrees with what was typed, and by what. */
export interface FoundIdentity {
  authorId: string
  /** To whom it belongs; several where it is shared contact data. */
  personIds: string[]
  by: Way
  value: string
  /** Typed whole, not only begun. */
  exact: boolean
}

interface Row {
  author_id: string
  person_id: string | null
  kind: string
  by: 'handle' | 'former-handle' | 'contact'
  value: string
  exact: boolean
}

/** Identities by handle, also former ones, and by mail, phone, site and customer number; whole ones first. */
export async function findByIdentity(tx: WorkspaceTransaction, typed: Typed): Promise<FoundIdentity[]> {
  const { rows } = await identityQuery(tx, typed).execute(tx.sql)
  const shared = await sharedBy(
    tx,
    rows.flatMap((row) => (row.by === 'contact' && row.person_id === null ? [row.author_id] : [])),
  )
  const seen = new Set<string>()
  return rows
    .toSorted((a, b) => Number(b.exact) - Number(a.exact))
    .flatMap((row) => {
      if (seen.has(row.author_id)) return []
      seen.add(row.author_id)
      const personIds = row.person_id ? [row.person_id] : (shared.get(row.author_id) ?? [])
      const by = row.by === 'contact' ? (row.kind as Way) : row.by
      return [{ authorId: row.author_id, personIds, by, value: row.value, exact: row.exact }]
    })
}

/** Served by author_by_handle, author_handle_key and author_contact. */
export function identityQuery(tx: WorkspaceTransaction, typed: Typed): RawBuilder<Row> {
  const { contacts, contactPrefix, handle } = typed
  const handles =
    handle === ''
      ? sql``
      : sql`
    (select author_id, person_id, kind, 'handle' as by, handle as value, handle_key = ${handle} as exact from author
     where workspace_id = ${tx.workspaceId} and handle_key >= ${handle} and handle_key < ${prefixEnd(handle)}
     order by handle_key, author_id limit ${FOUND_PER_WAY_MAX})
    union all
    (select a.author_id, a.person_id, a.kind, 'former-handle', h.handle, h.handle_key = ${handle}
     from (select author_id, handle, handle_key from author_handle
           where workspace_id = ${tx.workspaceId} and handle_key >= ${handle} and handle_key < ${prefixEnd(handle)}
           order by handle_key, author_id limit ${FOUND_PER_WAY_MAX}) h
       join author a on a.workspace_id = ${tx.workspaceId} and a.author_id = h.author_id)
    union all`
  const begun =
    contactPrefix === null
      ? sql``
      : sql`
    union all
    (select author_id, person_id, kind, 'contact', network_id, false from author
     where workspace_id = ${tx.workspaceId} and kind <> 'account' and network_id collate "C" >= ${contactPrefix}
       and network_id collate "C" < ${prefixEnd(contactPrefix)}
     order by network_id collate "C", author_id limit ${FOUND_PER_WAY_MAX})`
  return sql`${handles}
    (select a.author_id, a.person_id, a.kind, 'contact' as by, a.network_id as value, true as exact
     from unnest(${textArray(contacts)}::text[]) as g(contact) cross join lateral (
       select author_id, person_id, kind, network_id from author
       where workspace_id = ${tx.workspaceId} and kind <> 'account' and network_id collate "C" = g.contact collate "C"
       order by author_id limit ${FOUND_PER_WAY_MAX}) a)${begun}`
}

/** Who shares a contact point that says nothing about who somebody is (a family's phone). Served by person_link_stack. */
async function sharedBy(tx: WorkspaceTransaction, authorIds: string[]): Promise<Map<string, string[]>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await sql<{ author_id: string; person_id: string }>`
    select distinct l.author_id, p.current_id as person_id from person_link l
      join person p on p.workspace_id = l.workspace_id and p.person_id = l.person_id
    where l.workspace_id = ${tx.workspaceId} and l.author_id = any(${authorIds}::uuid[]) and l.withdrawn_at is null and l.shared
    limit ${FOUND_PER_WAY_MAX}`.execute(tx.sql)
  const byAuthor = Map.groupBy(rows, (row) => row.author_id)
  return new Map([...byAuthor].map(([authorId, all]) => [authorId, all.map((row) => row.person_id)]))
}
