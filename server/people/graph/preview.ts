import { sql } from 'kysely'
import type { z } from 'zod'
import type { graph as contract } from '../../../contract/people-graph.ts'
import { ROLE_PERMISSIONS, ROLES, type Role } from '../../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type AuthorBrief, authorBriefs } from '../reading.ts'
import { conflictsIn, newConflicts } from './conflicts.ts'
import { contactPoint } from './contact-points.ts'
import { loadOperations, type OperationEntry } from './history.ts'
import type { Grounds } from './ledger.ts'
import { linkIdentity } from './link.ts'
import { holdGraph } from './lock.ts'
import { mergePersons } from './merge.ts'
import { cutIdentity, moveIdentity } from './move.ts'
import { type Party, type Reader, readParties } from './parties.ts'
import { rehearse } from './rehearsal.ts'
import { splitPerson } from './split.ts'
import { touchedBy, undoOperation } from './undo.ts'

export type PreviewedAct = z.output<(typeof contract.preview)['~orpc']['inputSchema'] & z.ZodType>

export interface Preview {
  before: Omit<Party, 'memberIds'>[]
  after: Omit<Party, 'memberIds'>[]
  nobodys: AuthorBrief[]
  conflicts: Awaited<ReturnType<typeof conflictsIn>>
  seenBy: Role[]
  later: OperationEntry[]
  erased: { persons: number; authors: number }
}

const LATER_MAX = 20
const GROUNDS: Grounds = { method: 'agent-confirmed', evidence: {}, legalBasis: 'legitimate-interest' }

interface Touched {
  personIds: string[]
  authorIds: string[]
}

/** What an act would do: it is done, looked at by the same eyes as the present, and taken back (rehearsal.ts). */
export async function previewAct(
  tx: WorkspaceTransaction,
  act: PreviewedAct,
  reader: Reader,
  at: Date,
): Promise<Preview> {
  return rehearse(tx, async (rehearsal) => {
    const named = await namedIn(rehearsal, act, at)
    const { personIds } = await holdGraph(rehearsal, named)
    const before = await readParties(rehearsal, [...named.personIds, ...(await holders(rehearsal, named))], reader)
    const conflictsBefore = await conflictsIn(rehearsal, before)
    const begun = await perform(rehearsal, act, named, at)
    const concerned = [
      ...named.personIds,
      ...before.flatMap(({ memberIds }) => memberIds),
      ...(await holders(rehearsal, named)),
      ...begun,
    ]
    const after = await readParties(rehearsal, concerned, reader)
    const withTheirs = (parties: Party[], conflicts: Preview['conflicts']) =>
      parties.map((party) => [party, conflicts.filter(({ personId }) => personId === party.personId)]) as [
        Party,
        Preview['conflicts'],
      ][]
    return {
      before: before.map(withoutMembers),
      after: after.map(withoutMembers),
      nobodys: await nobodysAmong(rehearsal, named.authorIds),
      conflicts: newConflicts(
        withTheirs(before, conflictsBefore),
        withTheirs(after, await conflictsIn(rehearsal, after)),
      ),
      seenBy: ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('people.read')),
      later: act.kind === 'undo' ? await laterThan(rehearsal, act.operationId, { ...named, personIds }) : [],
      erased: await erasedAmong(rehearsal, named),
    }
  })
}

const withoutMembers = ({ memberIds: _, ...party }: Party) => party

async function namedIn(tx: WorkspaceTransaction, act: PreviewedAct, at: Date): Promise<Touched> {
  switch (act.kind) {
    case 'merge':
      return { personIds: act.personIds, authorIds: [] }
    case 'split':
      return { personIds: [act.personId], authorIds: act.authorIds }
    case 'move':
    case 'link':
      return { personIds: [act.personId], authorIds: [act.authorId] }
    case 'contact':
      return { personIds: [act.personId], authorIds: [await contactPoint(tx, act.contact, at)] }
    case 'cut':
      return { personIds: [], authorIds: [act.authorId] }
    case 'undo':
      return touchedBy(tx, act.operationId)
  }
}

/** Returns who began by it. */
async function perform(
  tx: WorkspaceTransaction,
  act: PreviewedAct,
  { authorIds: [authorId = ''] }: Touched,
  at: Date,
): Promise<string[]> {
  switch (act.kind) {
    case 'merge':
      return [(await mergePersons(tx, { ...act, ...GROUNDS }, at)).personId]
    case 'split':
      return [(await splitPerson(tx, { ...act, ...GROUNDS, reason: '' }, at)).personId]
    case 'move':
      await moveIdentity(tx, { ...act, ...GROUNDS }, at)
      return []
    case 'cut':
      await cutIdentity(tx, { ...act, reason: '' }, at)
      return []
    case 'link':
    case 'contact': {
      const { personId, shared } = act
      await linkIdentity(tx, { ...GROUNDS, authorId, personId, shared }, at)
      return []
    }
    case 'undo':
      return (await undoOperation(tx, act.operationId, '', at)).personIds
  }
}

async function holders(tx: WorkspaceTransaction, { authorIds }: Touched): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from author
    where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and person_id is not null`.execute(
    tx.sql,
  )
  return rows.map((row) => row.person_id)
}

async function nobodysAmong(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<AuthorBrief[]> {
  const { rows } = await sql<{ author_id: string }>`
    select author_id from author
    where workspace_id = ${tx.workspaceId} and author_id = any(${authorIds}::uuid[]) and person_id is null
      and erased_at is null
    order by 1`.execute(tx.sql)
  return [
    ...(
      await authorBriefs(
        tx,
        rows.map((row) => row.author_id),
      )
    ).values(),
  ]
}

/** Acts that stand and came after, on the same identities and persons: they stay as they are. */
async function laterThan(tx: WorkspaceTransaction, operationId: string, { personIds, authorIds }: Touched) {
  const { rows } = await sql<{ id: string }>`
    select o.operation_id as id from graph_operation o
    where o.workspace_id = ${tx.workspaceId} and o.undone_at is null
      and o.position > (select position from graph_operation
        where workspace_id = ${tx.workspaceId} and operation_id = ${operationId})
      and o.operation_id in (
        select operation_id from person_link where workspace_id = ${tx.workspaceId}
          and author_id = any(${authorIds}::uuid[])
        union select operation_id from graph_operation_person
          where workspace_id = ${tx.workspaceId} and person_id = any(${personIds}::uuid[]))
    order by o.position desc limit ${LATER_MAX}`.execute(tx.sql)
  const ids = rows.map((row) => row.id)
  const found = await loadOperations(tx, ids)
  return ids.flatMap((id) => found.get(id) ?? [])
}

async function erasedAmong(tx: WorkspaceTransaction, { personIds, authorIds }: Touched) {
  const { rows } = await sql<Preview['erased']>`
    select (select count(*) from person where workspace_id = ${tx.workspaceId}
        and person_id = any(${personIds}::uuid[]) and erased_at is not null)::int as persons,
      (select count(*) from author where workspace_id = ${tx.workspaceId}
        and author_id = any(${authorIds}::uuid[]) and erased_at is not null)::int as authors`.execute(tx.sql)
  return rows[0] ?? { persons: 0, authors: 0 }
}
