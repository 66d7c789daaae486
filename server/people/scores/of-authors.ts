import { sql } from 'kysely'
import { SCORES, type Score } from '../../../contract/people-scores.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { mayProfile } from '../consent/index.ts'

export interface AuthorStanding {
  personId: string
  /** Null: no score, or the person objected to being profiled. */
  scores: Record<Score, number | null>
}

/** For routing: of the authors that belong to a person, what the summaries say. Authors of nobody are absent. */
export async function standingOfAuthors(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
): Promise<Map<string, AuthorStanding>> {
  if (authorIds.length === 0) return new Map()
  const { rows } = await sql<{ author_id: string; person_id: string } & Record<Score, number | null>>`
    select a.author_id, a.person_id, ${sql.join(SCORES.map((score) => sql.ref(`s.${score}`)))} from author a
      left join person_summary s on s.workspace_id = ${tx.workspaceId} and s.person_id = a.person_id and s.profiled
    where a.workspace_id = ${tx.workspaceId} and a.author_id = any(${[...authorIds]}::uuid[])
      and a.person_id is not null`.execute(tx.sql)
  const allowed = await mayProfile(tx, [...new Set(rows.map((row) => row.person_id))])
  return new Map(
    rows.map((row) => {
      const scores = SCORES.map((score) => [score, allowed.has(row.person_id) ? row[score] : null])
      return [row.author_id, { personId: row.person_id, scores: Object.fromEntries(scores) }]
    }),
  )
}
