import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** Groups of fewer people are nobody's business (T11). */
const GROUP_PEOPLE = 5

/** The first try of somebody at a version joins the group that is filling; a full one never changes again. */
export async function countWrong(
  tx: WorkspaceTransaction,
  training: { trainingId: string; version: number },
  wrong: readonly string[],
): Promise<void> {
  const { trainingId, version } = training
  const { rows } = await sql<{ ordinal: number; people: number; wrong: Record<string, number> }>`
    select ordinal, people, wrong from quiz_group
    where workspace_id = ${tx.workspaceId} and training_id = ${trainingId} and version = ${version}
    order by ordinal desc limit 1 for update`.execute(tx.sql)
  const last = rows[0]
  const filling = last && last.people < GROUP_PEOPLE ? last : null
  const counts = { ...filling?.wrong }
  for (const key of wrong) counts[key] = (counts[key] ?? 0) + 1
  const columns = { people: (filling?.people ?? 0) + 1, wrong: JSON.stringify(counts) }
  const ordinal = filling?.ordinal ?? (last?.ordinal ?? 0) + 1
  await tx.sql
    .insertInto('quiz_group')
    .values({ workspace_id: tx.workspaceId, training_id: trainingId, version, ordinal, ...columns })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'training_id', 'version', 'ordinal']).doUpdateSet(columns),
    )
    .execute()
}

/** Over full groups of the present version only. */
export async function wrongAnswers(
  tx: WorkspaceTransaction,
  trainingId: string,
  version: number,
): Promise<{ people: number; wrong: Map<string, number> }> {
  const rows = await tx.sql
    .selectFrom('quiz_group')
    .select(['people', 'wrong'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('training_id', '=', trainingId)
    .where('version', '=', version)
    .where('people', '>=', GROUP_PEOPLE)
    .execute()
  const wrong = new Map<string, number>()
  for (const row of rows)
    for (const [key, count] of Object.entries(row.wrong as Record<string, number>))
      wrong.set(key, (wrong.get(key) ?? 0) + count)
  return { people: rows.reduce((sum, row) => sum + row.people, 0), wrong }
}
