import { openAsBlob } from 'node:fs'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Services } from '../../platform/services.ts'
import { openArchive, orderArchive } from './archives.ts'
import type { Language } from './labels.ts'

/** It is fetched in the same visit, or made again: what lies about can be taken. */
const OWN_COPY_DAYS = 1

export interface OwnCopy {
  archiveId: string
  state: 'waiting' | 'running' | 'done' | 'failed'
  expiresAt: Date
}

/**
 * The copy that somebody ordered on their own page, as far as it still shows who they are: whatever was linked, merged or
 * cut since makes it the copy of somebody else. Served by access_archive_person and graph_operation_person.
 */
export async function ownCopyOf(tx: WorkspaceTransaction, personId: string, now: Date): Promise<OwnCopy | null> {
  const members = sql`any(array(select person_id from person
    where workspace_id = ${tx.workspaceId} and current_id = ${personId}))`
  const { rows } = await sql<OwnCopy>`
    select a.archive_id as "archiveId", a.state, a.expires_at as "expiresAt" from access_archive a
    where a.workspace_id = ${tx.workspaceId} and a.person_id = ${members} and a.created_by_kind = 'customer'
      and a.state <> 'deleted' and a.expires_at > ${now}
      and not exists (select from graph_operation_person c
        join graph_operation o on o.workspace_id = c.workspace_id and o.operation_id = c.operation_id
        where c.workspace_id = ${tx.workspaceId} and c.person_id = ${members}
          and (o.done_at > a.created_at or o.undone_at > a.created_at))
    order by a.created_at desc, a.archive_id desc limit 1`.execute(tx.sql)
  return rows[0] ?? null
}

/** One at a time: what is being made, or lies there, is the same copy. */
export async function orderOwnCopy(
  tx: WorkspaceTransaction,
  personId: string,
  language: Language,
  at: Date,
): Promise<void> {
  const present = await ownCopyOf(tx, personId, at)
  if (present && present.state !== 'failed') return
  await orderArchive(tx, { personId, language, requestId: null, keptDays: OWN_COPY_DAYS, at })
}

/** Counted and told like every download. */
export async function openOwnCopy(services: Services, tx: WorkspaceTransaction, personId: string): Promise<File> {
  const copy = await ownCopyOf(tx, personId, services.clock.now())
  if (!copy) throw new Conflict('archive-not-there')
  const { file } = await openArchive(services, tx, copy.archiveId)
  return new File([await openAsBlob(file)], `data-${copy.archiveId.slice(0, 8)}.zip`, { type: 'application/zip' })
}
