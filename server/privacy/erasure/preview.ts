import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import type { DataRegister } from '../../platform/personal-data.ts'
import { erasureOrder } from '../register/register.ts'
import { subjectOf } from '../register/subjects.ts'

export interface Preview {
  /** In the person's present name, so that nobody erases somebody else. */
  name: string
  persons: number
  identities: { network: string; name: string }[]
  /** By table: how many rows go, are emptied, or stay, and why. */
  tables: {
    table: string
    how: 'deleted' | 'emptied' | 'words-removed'
    rows: number
    because: string | null
  }[]
  /** Mentioned by name in a query that somebody wrote: changed by hand, because a query means something. */
  queries: { topicId: string; name: string }[]
}

/** Exactly what an erasure would do now, without doing it. */
export async function previewErasure(
  tx: WorkspaceTransaction,
  register: DataRegister,
  personId: string,
): Promise<Preview> {
  const subject = await subjectOf(tx, personId)
  if (subject.personIds.length === 0) throw new NotFound('person-unknown')
  const tables: Preview['tables'] = []
  for (const { table, erase } of erasureOrder(register)) {
    const rows = await erase.count(tx, subject)
    if (rows > 0) tables.push({ table, how: erase.how, rows, because: erase.because ?? null })
  }
  return {
    name: await nameOf(tx, personId),
    persons: subject.personIds.length,
    identities: await identitiesOf(tx, subject.authorIds),
    tables,
    queries: await queriesNaming(tx, subject.names),
  }
}

async function nameOf(tx: WorkspaceTransaction, personId: string): Promise<string> {
  const row = await tx.sql
    .selectFrom('person as p')
    .innerJoin('person as n', (join) =>
      join.onRef('n.workspace_id', '=', 'p.workspace_id').onRef('n.person_id', '=', 'p.current_id'),
    )
    .select('n.name')
    .where('p.workspace_id', '=', tx.workspaceId)
    .where('p.person_id', '=', personId)
    .executeTakeFirst()
  return row?.name ?? ''
}

async function identitiesOf(tx: WorkspaceTransaction, authorIds: string[]): Promise<Preview['identities']> {
  if (authorIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('author')
    .select(['network', 'handle', 'name', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', 'in', authorIds)
    .orderBy('author_id')
    .execute()
  return rows.map((row) => ({ network: row.network, name: row.handle ?? row.name ?? row.network_id }))
}

async function queriesNaming(tx: WorkspaceTransaction, names: string[]): Promise<Preview['queries']> {
  const topics = await tx.sql
    .selectFrom('topic')
    .select(['topic_id', 'name', 'query'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  const lower = names.filter((name) => name.length > 3).map((name) => name.toLowerCase())
  return topics
    .filter(({ query }) => lower.some((name) => query.toLowerCase().includes(name)))
    .map((topic) => ({ topicId: topic.topic_id, name: topic.name }))
}
