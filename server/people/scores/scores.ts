import { sql } from 'kysely'
import { SCORES, type Score, type Term } from '../../../contract/people-scores.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { mayProfile } from '../consent/index.ts'
import { currentPerson } from '../reading.ts'
import { explainScore, type Inputs } from './formula.ts'
import { readFormulas } from './formulas.ts'

/** Persons on whom other terms are tried: those with the highest score now, and as many of the newest summaries. */
const PREVIEW_TRIED = 200
const PREVIEW_SHOWN = 10

interface Kept {
  person_id: string
  name: string
  inputs: Inputs & { currency?: string }
  now: number | null
}

/** What each score is made of, from the inputs that are kept, by the formulas of now. */
export async function explainScores(tx: WorkspaceTransaction, personId: string) {
  const current = await currentPerson(tx, personId)
  if (!current) throw new NotFound('person-unknown')
  const allowed = (await mayProfile(tx, [current])).has(current)
  const { rows } = await sql<{ made_at: Date; inputs: Kept['inputs'] }>`
    select made_at, inputs from person_summary
    where workspace_id = ${tx.workspaceId} and person_id = ${current} and profiled`.execute(tx.sql)
  const [kept] = rows
  if (!allowed || !kept) return { profiled: allowed, madeAt: null, currency: null, items: [] }
  const formulas = await readFormulas(tx)
  const items = SCORES.map((score) => {
    const { terms, version } = formulas.of[score]
    return { score, version, ...explainScore(terms, kept.inputs) }
  })
  return { profiled: true, madeAt: kept.made_at, currency: kept.inputs.currency ?? null, items }
}

/** What other terms would make of real persons, the highest by them first. */
export async function previewScore(tx: WorkspaceTransaction, { score, terms }: { score: Score; terms: Term[] }) {
  const { rows } = await sql<Kept>`
    select s.person_id, p.name, s.inputs, s.now from (
        (select person_id, inputs, ${sql.ref(score)} as now from person_summary
         where workspace_id = ${tx.workspaceId} and profiled order by ${sql.ref(score)} desc nulls last, person_id limit ${PREVIEW_TRIED})
        union
        (select person_id, inputs, ${sql.ref(score)} as now from person_summary
         where workspace_id = ${tx.workspaceId} and profiled order by made_at desc, person_id limit ${PREVIEW_TRIED})) s
      join person p on p.workspace_id = ${tx.workspaceId} and p.person_id = s.person_id and p.erased_at is null`.execute(
    tx.sql,
  )
  const allowed = await mayProfile(
    tx,
    rows.map((row) => row.person_id),
  )
  return rows
    .filter((row) => allowed.has(row.person_id))
    .map(({ person_id: personId, name, inputs, now }) => {
      const { points, parts } = explainScore(terms, inputs)
      return { person: { personId, name }, now, would: points, parts }
    })
    .toSorted((a, b) => b.would - a.would || (b.now ?? 0) - (a.now ?? 0))
    .slice(0, PREVIEW_SHOWN)
}

/** How many persons are still to be scored anew. Served by person_summary_scored; exact up to its bound. */
export async function scoresDue(tx: WorkspaceTransaction, newest: number): Promise<number> {
  const { rows } = await sql<{ due: number }>`
    select count(*)::int as due from (select from person_summary
      where workspace_id = ${tx.workspaceId} and scored_by < ${newest} limit 10000) d`.execute(tx.sql)
  return rows[0]?.due ?? 0
}
