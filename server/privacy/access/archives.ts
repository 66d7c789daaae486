import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type SqlBool, sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { byPerson, type DataRegister, type Eraser } from '../../platform/personal-data.ts'
import type { Services } from '../../platform/services.ts'
import { requireRequest } from '../requests/taking-in.ts'
import type { Language } from './labels.ts'
import { writeArchive } from './writing.ts'

/** Renewed with every table; a worker that was killed leaves it to the next after so long. */
const LEASE_SECONDS = 120
const ATTEMPTS_MAX = 3

const fileOf = (services: Services, workspaceId: string, archiveId: string): string =>
  path.join(services.config.home, 'access', workspaceId, `${archiveId}.zip`)

/** Orders a copy of everything that is held of a person. Returns its id; a worker makes it. */
export async function orderArchive(
  tx: WorkspaceTransaction,
  {
    personId,
    language,
    requestId,
    keptDays,
    at,
  }: { personId: string; language: Language; requestId: string | null; keptDays: number; at: Date },
): Promise<string> {
  await requireRequest(tx, requestId)
  const { rows } = await sql`select from person where workspace_id = ${tx.workspaceId} and person_id = ${personId}
    and erased_at is null`.execute(tx.sql)
  if (rows.length === 0) throw new NotFound('person-unknown')
  const archiveId = newId()
  await tx.sql
    .insertInto('access_archive')
    .values({
      workspace_id: tx.workspaceId,
      archive_id: archiveId,
      person_id: personId,
      request_id: requestId,
      language,
      state: 'waiting',
      created_at: at,
      created_by_kind: tx.actor.kind,
      created_by: tx.actor.id,
      expires_at: new Date(at.getTime() + keptDays * 86_400_000),
    })
    .execute()
  tx.record({ type: 'archive.asked', subjects: { archive: archiveId, person: personId } })
  return archiveId
}

/** Makes one archive that waits, or that somebody began and did not end. Returns whether there was one. */
export async function makeNextArchive(
  services: Services,
  register: DataRegister,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const taken = await inWorkspace(takeArchive)
  if (!taken) return false
  const { archiveId, personId, language } = taken
  const file = fileOf(services, workspaceId, archiveId)
  const set = (values: Record<string, unknown>) =>
    inWorkspace((tx) =>
      tx.sql
        .updateTable('access_archive')
        .set(values)
        .where('workspace_id', '=', workspaceId)
        .where('archive_id', '=', archiveId)
        .execute(),
    )
  try {
    const bytes = await writeArchive(services, register, {
      workspaceId,
      personId,
      language,
      file,
      ...(signal ? { signal } : {}),
      onStep: async (steps, steps_expected) => {
        await set({
          steps,
          steps_expected,
          lease_until: new Date(services.clock.now().getTime() + LEASE_SECONDS * 1000),
        })
      },
    })
    await inWorkspace(async (tx) => {
      const { numAffectedRows } =
        await sql`update access_archive set state = 'done', bytes = ${bytes}, lease_until = null,
          finished_at = ${services.clock.now()}
        where workspace_id = ${workspaceId} and archive_id = ${archiveId} and state = 'running'`.execute(tx.sql)
      // Erased meanwhile.
      if (numAffectedRows === 0n) await rm(file, { force: true })
      else tx.record({ type: 'archive.made', subjects: { archive: archiveId } })
    })
  } catch (error) {
    await rm(file, { force: true })
    if (signal?.aborted) return true
    services.log.error({ err: error, workspaceId, archiveId }, 'a copy of data could not be made')
    await set({
      ...(taken.attempts >= ATTEMPTS_MAX || error instanceof NotFound ? { state: 'failed' } : {}),
      failure: error instanceof NotFound ? error.code : 'failed',
      lease_until: null,
    })
  }
  return true
}

interface Taken {
  archiveId: string
  personId: string
  language: Language
  attempts: number
}

async function takeArchive(tx: WorkspaceTransaction): Promise<Taken | null> {
  const { rows } = await sql<Taken>`
    update access_archive a set state = 'running', attempts = a.attempts + 1, steps = 0,
      lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    from (select archive_id from access_archive where workspace_id = ${tx.workspaceId} and state in ('waiting', 'running')
        and (lease_until is null or lease_until < now())
      order by created_at, archive_id limit 1 for update skip locked) due
    where a.workspace_id = ${tx.workspaceId} and a.archive_id = due.archive_id
    returning a.archive_id as "archiveId", a.person_id as "personId", a.language, a.attempts`.execute(tx.sql)
  return rows[0] ?? null
}

/** Every download is counted and told. Refused when it is not there yet, or no more. */
export async function openArchive(
  services: Services,
  tx: WorkspaceTransaction,
  archiveId: string,
): Promise<{ file: string; bytes: number }> {
  const row = await tx.sql
    .updateTable('access_archive')
    .set(({ eb }) => ({ downloads: eb('downloads', '+', 1) }))
    .where('workspace_id', '=', tx.workspaceId)
    .where('archive_id', '=', archiveId)
    .where('state', '=', 'done')
    .where('expires_at', '>', services.clock.now())
    .returning('bytes')
    .executeTakeFirst()
  if (!row) throw new Conflict('archive-not-there')
  tx.record({ type: 'archive.downloaded', subjects: { archive: archiveId } })
  return { file: fileOf(services, tx.workspaceId, archiveId), bytes: Number(row.bytes) }
}

const isOver = (now: Date) => sql<SqlBool>`expires_at <= ${now}`

/** Files whose time has passed. Returns how many went. */
export const deleteExpiredArchives = (services: Services, tx: WorkspaceTransaction): Promise<number> =>
  deleteArchives(services, tx, isOver(services.clock.now()))

async function deleteArchives(
  services: Services,
  tx: WorkspaceTransaction,
  which: ReturnType<typeof isOver>,
): Promise<number> {
  const { rows } = await sql<{ archive_id: string }>`
    update access_archive t set state = 'deleted', bytes = null, lease_until = null
    where t.workspace_id = ${tx.workspaceId} and t.state <> 'deleted' and ${which} returning t.archive_id`.execute(
    tx.sql,
  )
  for (const { archive_id } of rows) {
    await rm(fileOf(services, tx.workspaceId, archive_id), { force: true })
    tx.record({ type: 'archive.deleted', subjects: { archive: archive_id } })
  }
  return rows.length
}

/** Copies that were made before go with what they copy. */
export const archivesErased: Eraser = {
  how: 'deleted',
  count: async (tx, subject) => {
    const { rows } = await sql<{ rows: string }>`select count(*) as rows from access_archive t
      where t.workspace_id = ${tx.workspaceId} and t.state <> 'deleted' and ${byPerson()(subject, tx.workspaceId)}`.execute(
      tx.sql,
    )
    return Number(rows[0]?.rows ?? 0)
  },
  step: (tx, subject, services) => deleteArchives(services, tx, byPerson()(subject, tx.workspaceId)),
}
