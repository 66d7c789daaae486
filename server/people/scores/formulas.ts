import { sql } from 'kysely'
import { SCORES, type Score, type Term, termsSchema } from '../../../contract/people-scores.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict } from '../../platform/errors.ts'
import type { Actor } from '../../platform/events.ts'
import { DEFAULT_FORMULAS } from './formula.ts'

const VERSIONS_SHOWN_MAX = 100

export interface Formula {
  score: Score
  terms: Term[]
  version: number
  own: boolean
}

export interface Formulas {
  /** The newest version of any of them: scores made by an older one are due. */
  newest: number
  of: Record<Score, Formula>
}

/** The formulas that count now. Served by score_formula_score. */
export async function readFormulas(tx: WorkspaceTransaction): Promise<Formulas> {
  const { rows } = await sql<{ score: Score; version: number; terms: unknown }>`
    select g.score, f.version, f.terms from unnest(${[...SCORES]}::text[]) as g(score) cross join lateral (
      select version, terms from score_formula where workspace_id = ${tx.workspaceId} and score = g.score
      order by version desc limit 1) f`.execute(tx.sql)
  const saved = new Map(rows.map((row) => [row.score, row]))
  const formulaOf = (score: Score): Formula => {
    const row = saved.get(score)
    // What cannot be read any more (an input that is gone) falls back to what Rapport came with.
    const own = row?.terms ? termsSchema.safeParse(row.terms) : null
    const terms = own?.success ? own.data : [...DEFAULT_FORMULAS[score]]
    return { score, terms, version: row?.version ?? 0, own: own?.success ?? false }
  }
  const [value, influence, advocate, detractor] = SCORES.map(formulaOf) as [Formula, Formula, Formula, Formula]
  return { newest: Math.max(0, ...rows.map(({ version }) => version)), of: { value, influence, advocate, detractor } }
}

/** A new version; null terms go back to what Rapport came with. Two who save at once: the later one is refused. */
export async function saveFormula(
  tx: WorkspaceTransaction,
  { score, terms, because }: { score: Score; terms: Term[] | null; because: string },
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into score_formula (workspace_id, version, score, terms, because, saved_at, saved_by_kind, saved_by)
    select ${tx.workspaceId}, coalesce(max(version), 0) + 1, ${score}, ${terms && JSON.stringify(terms)}::jsonb, ${because},
      ${at}, ${tx.actor.kind}, ${tx.actor.id}
    from score_formula where workspace_id = ${tx.workspaceId}
    on conflict do nothing returning version`.execute(tx.sql)
  const version = rows[0]?.version
  if (version === undefined) throw new Conflict('formula-changed')
  tx.record({
    type: 'formula.changed',
    subjects: {},
    codes: { score, version, reset: terms === null },
    content: { reason: because },
  })
  return version
}

export async function listVersions(tx: WorkspaceTransaction, score: Score) {
  const rows = await tx.sql
    .selectFrom('score_formula')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('score', '=', score)
    .orderBy('version', 'desc')
    .limit(VERSIONS_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    version: row.version,
    terms: row.terms === null ? null : (row.terms as unknown as Term[]),
    because: row.because,
    savedAt: row.saved_at,
    savedBy: { kind: row.saved_by_kind as Actor['kind'], id: row.saved_by },
  }))
}
