import { sql } from 'kysely'
import { identityHash, lockGraph, suppress } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { DataRegister, DataSubject, PersonalTable } from '../../platform/personal-data.ts'
import type { Services } from '../../platform/services.ts'
import { erasureOrder } from '../register/register.ts'
import { withNames } from '../register/subjects.ts'
import { appendToManifest } from './manifest.ts'

/** Longer than any one step takes: statements end after half a minute. */
const LEASE_SECONDS = 120
/** Something can be written between two steps. What still comes after so many rounds is a bug, and is logged. */
const ROUNDS_MAX = 3

interface Taken {
  erasureId: string
  authorIds: string[]
  personIds: string[]
  stepsDone: string[]
}

/**
 * Carries out one erasure that waits, or that somebody began and did not end. Every step is a transaction that also says
 * how far it came: after kill -9 the next worker goes on. Returns whether there was one.
 *
 * First the manifest on the disk, then the hashes that keep intake away, then every table of the register, the
 * identities last, because everything else is found by them.
 */
export async function eraseNext(
  services: Services,
  register: DataRegister,
  workspaceId: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const taken = await inWorkspace(takeErasure)
  if (!taken) return false
  if (!taken.stepsDone.includes('manifest')) await writeDown(services, workspaceId, taken)
  const tables = erasureOrder(register)
  for (const table of tables) {
    if (taken.stepsDone.includes(table.table)) continue
    for (let came: Came = 'on'; came === 'on'; ) {
      came = await inWorkspace((tx) => eraseSome(tx, services, taken, table))
      if (came === 'grown' || (came === 'on' && signal?.aborted)) return true
    }
  }
  await inWorkspace((tx) => finish(tx, services, taken, tables))
  return true
}

async function takeErasure(tx: WorkspaceTransaction): Promise<Taken | null> {
  const { rows } = await sql<Taken>`
    update erasure e set state = 'running', attempts = e.attempts + 1, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
    from (select erasure_id from erasure where workspace_id = ${tx.workspaceId} and state <> 'done'
        and (lease_until is null or lease_until < now())
      order by requested_at, erasure_id limit 1 for update skip locked) due
    where e.workspace_id = ${tx.workspaceId} and e.erasure_id = due.erasure_id
    returning e.erasure_id as "erasureId", e.author_ids as "authorIds", e.person_ids as "personIds",
      e.steps_done as "stepsDone"`.execute(tx.sql)
  return rows[0] ?? null
}

/** On the disk before anything is erased, and the hashes in the database before identities lose what they are made of. */
async function writeDown(services: Services, workspaceId: string, taken: Taken): Promise<void> {
  const { database, secrets, clock, config } = services
  const accounts = await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const { rows } = await sql<{ network: string; scope: string; networkId: string }>`
      select network, scope, network_id as "networkId" from author where workspace_id = ${workspaceId}
        and author_id = any(${taken.authorIds}::uuid[]) and network_id <> 'erased:' || author_id`.execute(tx.sql)
    return rows
  })
  await appendToManifest(config, {
    erasureId: taken.erasureId,
    workspaceId,
    at: clock.now().toISOString(),
    personIds: taken.personIds,
    identityHashes: accounts.map((account) => identityHash(secrets, workspaceId, account)),
  })
  await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    for (const account of accounts) await suppress(tx, secrets, account, 'erasure')
    await note(tx, taken.erasureId, 'manifest', 0, true)
  })
}

/**
 * Somebody said meanwhile that another person is the same, or linked another account: they belong to it, and everything is
 * walked again, the manifest too.
 */
async function hasGrown(tx: WorkspaceTransaction, { erasureId, personIds, authorIds }: Taken): Promise<boolean> {
  const { rows } = await sql<{ grown: boolean }>`
    with now as (
      select array(select distinct p.person_id from person n join person p on p.workspace_id = n.workspace_id
          and p.current_id = n.current_id and p.erased_at is null
        where n.workspace_id = ${tx.workspaceId} and n.person_id = any(${personIds}::uuid[])) as persons,
      array(select a.author_id from author a join person n on n.workspace_id = a.workspace_id and n.current_id = a.person_id
        where a.workspace_id = ${tx.workspaceId} and not a.own and n.person_id = any(${personIds}::uuid[])) as authors)
    update erasure e set lease_until = null, steps_done = '{}',
      person_ids = array(select unnest(e.person_ids) union select unnest(now.persons)),
      author_ids = array(select unnest(e.author_ids) union select unnest(now.authors))
    from now where e.workspace_id = ${tx.workspaceId} and e.erasure_id = ${erasureId}
      and not (now.persons <@ ${personIds}::uuid[] and now.authors <@ ${authorIds}::uuid[])
    returning true as grown`.execute(tx.sql)
  return rows.length > 0
}

/** How far one step came; `grown`: everything has to be walked again. */
type Came = 'on' | 'over' | 'grown'

/** One batch of one table. Before a person goes it is asked, under the graph's lock, whether all that is theirs was walked. */
async function eraseSome(
  tx: WorkspaceTransaction,
  services: Services,
  taken: Taken,
  { table, erase }: PersonalTable,
): Promise<Came> {
  const { erasureId, personIds, authorIds } = taken
  if (table === 'person') {
    await lockGraph(tx)
    if (await hasGrown(tx, taken)) return 'grown'
  }
  const subject = await withNames(tx, { personIds, authorIds })
  const rows = await erase.step(tx, subject, services)
  await note(tx, erasureId, table, rows, rows === 0)
  return rows > 0 ? 'on' : 'over'
}

async function note(
  tx: WorkspaceTransaction,
  erasureId: string,
  step: string,
  rows: number,
  over: boolean,
): Promise<void> {
  await sql`
    update erasure set lease_until = now() + make_interval(secs => ${LEASE_SECONDS}),
      report = case when ${rows} = 0 then report
        else report || jsonb_build_object(${step}::text, coalesce((report ->> ${step})::bigint, 0) + ${rows}) end,
      steps_done = case when ${over} and ${step} <> all(steps_done) then steps_done || ${step}::text else steps_done end
    where workspace_id = ${tx.workspaceId} and erasure_id = ${erasureId}`.execute(tx.sql)
}

/** What was written meanwhile goes in the same transaction that says that it is done. */
async function finish(
  tx: WorkspaceTransaction,
  services: Services,
  taken: Taken,
  tables: PersonalTable[],
): Promise<void> {
  const subject: DataSubject = await withNames(tx, taken)
  for (const { table, erase } of tables)
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const rows = await erase.step(tx, subject, services)
      if (rows === 0) break
      await note(tx, taken.erasureId, table, rows, true)
    }
  await sql`update erasure set state = 'done', lease_until = null, finished_at = ${services.clock.now()}
    where workspace_id = ${tx.workspaceId} and erasure_id = ${taken.erasureId}`.execute(tx.sql)
  tx.record({
    type: 'erasure.done',
    subjects: { erasure: taken.erasureId },
    codes: { identities: taken.authorIds.length },
  })
}
