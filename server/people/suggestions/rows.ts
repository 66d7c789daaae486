import { sql } from 'kysely'
import type { SUGGESTION_STATES } from '../../../contract/people-suggestions.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { newId } from '../../platform/ids.ts'
import type { Weighed } from './evidence.ts'
import { FIELDS_VERSION } from './fields.ts'

export type SuggestionState = (typeof SUGGESTION_STATES)[number] | 'superseded' | 'withdrawn'

/** An identity is in so many open suggestions at most: the strongest. */
const OPEN_PER_IDENTITY_MAX = 5

export interface PairRow {
  /** Place of the two sides among those asked for. */
  at: number
  suggestion_id: string
  state: SuggestionState
  /** How often somebody said that these two are not one, and on what evidence. */
  refusals: number
  refused: string[]
}

/** Identities of one side and of another. */
export type Between = readonly [authorIds: readonly string[], otherIds: readonly string[]]

/** Served by suggestion's unique key and suggestion_answer_suggestion. Nobody answers these until the transaction ends. */
export const betweenQuery = (workspaceId: string, sides: readonly Between[]) => {
  const pairs = sides.flatMap(([ids, others], at) => ids.flatMap((id) => others.map((other) => ({ at, id, other }))))
  return sql<PairRow>`
    select g.at, s.suggestion_id, s.state, n.refusals, n.refused
    from unnest(${pairs.map(({ at }) => at)}::int[], ${pairs.map(({ id }) => id)}::uuid[],
        ${pairs.map(({ other }) => other)}::uuid[]) as g(at, id, other)
      join suggestion s on s.workspace_id = ${workspaceId} and s.author_id = least(g.id, g.other)
        and s.other_author_id = greatest(g.id, g.other)
      cross join lateral (select count(distinct answer_id)::int as refusals, coalesce(array_agg(e), '{}') as refused
        from suggestion_answer, unnest(evidence) as e
        where workspace_id = ${workspaceId} and suggestion_id = s.suggestion_id and not confirmed) n
    for update of s`
}

/** What was suggested before between sides, whatever became of it, by their place. */
export async function rowsBetween(
  tx: WorkspaceTransaction,
  sides: readonly Between[],
): Promise<Map<number, PairRow[]>> {
  if (sides.length === 0) return new Map()
  const { rows } = await betweenQuery(tx.workspaceId, sides).execute(tx.sql)
  return Map.groupBy(rows, ({ at }) => at)
}

export interface Opening {
  weighed: Weighed
  evidence: readonly string[]
}

/**
 * Opens suggestions, or renews them, with one statement. What was refused opens again; the caller knows that there is new
 * evidence, and that no pair is given twice. Returns their ids in the order given.
 */
export async function openSuggestions(
  tx: WorkspaceTransaction,
  openings: readonly Opening[],
  modelVersion: number,
  now: Date,
): Promise<string[]> {
  if (openings.length === 0) return []
  const given = openings.map(({ weighed: { one, other, ...found }, evidence }) => {
    const [first, second] = [one.authorId, other.authorId].sort()
    return {
      suggestion_id: newId(),
      author_id: first,
      other_author_id: second,
      weight: Math.round(found.weight * 100),
      probability: found.probability,
      reasons: found.reasons,
      levels: found.levels,
      held_back: found.heldBack,
      proof_level: found.proofLevel,
      evidence,
    }
  })
  const { rows } = await sql<{ suggestion_id: string; author_id: string; other_author_id: string }>`
    insert into suggestion as s (workspace_id, suggestion_id, author_id, other_author_id, state, weight, probability, reasons,
      levels, held_back, proof_level, evidence, model_version, found_at)
    select ${tx.workspaceId}::uuid, g.suggestion_id, g.author_id, g.other_author_id, 'open', g.weight, g.probability, g.reasons,
      g.levels, g.held_back, g.proof_level, g.evidence, ${modelVersion}::int, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(suggestion_id uuid, author_id uuid, other_author_id uuid,
      weight int, probability real, reasons jsonb, levels smallint[], held_back text[], proof_level text, evidence text[])
    on conflict (workspace_id, author_id, other_author_id) do update set state = 'open', weight = excluded.weight,
      probability = excluded.probability, reasons = excluded.reasons, levels = excluded.levels,
      held_back = excluded.held_back || case when 'taken-back' = any(s.held_back) then array['taken-back'] else '{}' end,
      proof_level = excluded.proof_level, evidence = excluded.evidence,
      model_version = excluded.model_version,
      found_at = case when s.state = 'open' then s.found_at else excluded.found_at end,
      put_off_until = case when s.state = 'open' and s.evidence = excluded.evidence then s.put_off_until end,
      decided_at = null, decided_by_kind = null, decided_by = null, operation_id = null
    returning suggestion_id, author_id, other_author_id`.execute(tx.sql)
  const written = new Map(rows.map((row) => [`${row.author_id} ${row.other_author_id}`, row.suggestion_id]))
  return given.map(({ author_id, other_author_id }) => {
    const suggestionId = written.get(`${author_id} ${other_author_id}`)
    if (!suggestionId) throw new Error('a suggestion was written without an id')
    return suggestionId
  })
}

/** Ends suggestions that are still open; returns how many were. */
export async function closeSuggestions(
  tx: WorkspaceTransaction,
  suggestionIds: readonly string[],
  state: 'superseded' | 'withdrawn',
): Promise<number> {
  if (suggestionIds.length === 0) return 0
  const { numAffectedRows = 0n } =
    await sql`update suggestion set state = ${state}, put_off_until = null where workspace_id = ${tx.workspaceId}
    and suggestion_id = any(${[...suggestionIds]}::uuid[]) and state = 'open'`.execute(tx.sql)
  return Number(numAffectedRows)
}

/** A suggestion that is open, with whose its identities are now. */
export interface OpenRow {
  suggestion_id: string
  author_id: string
  other_author_id: string
  person_id: string | null
  other_person_id: string | null
  held_back: string[]
}

/** Open suggestions that name one of these identities. */
export const openOf = async (tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<OpenRow[]> =>
  (await openOfQuery(tx.workspaceId, authorIds).execute(tx.sql)).rows

export const openOfQuery = (workspaceId: string, authorIds: readonly string[]) => sql<OpenRow>`
  select s.suggestion_id, s.author_id, s.other_author_id, s.held_back, a.person_id, o.person_id as other_person_id
  from (
    select suggestion_id, author_id, other_author_id, held_back, state from suggestion
      where workspace_id = ${workspaceId} and author_id = any(${[...authorIds]}::uuid[])
    union
    select suggestion_id, author_id, other_author_id, held_back, state from suggestion
      where workspace_id = ${workspaceId} and other_author_id = any(${[...authorIds]}::uuid[])) s
    join author a on a.workspace_id = ${workspaceId} and a.author_id = s.author_id
    join author o on o.workspace_id = ${workspaceId} and o.author_id = s.other_author_id
  where s.state = 'open'`

/** The next open suggestions in the order of the identity that stands first, behind `after`. Served by the unique key. */
export const openBehindQuery = (workspaceId: string, after: string, limit: number) => sql<OpenRow>`
  select s.suggestion_id, s.author_id, s.other_author_id, s.held_back, a.person_id, o.person_id as other_person_id
  from (
    select suggestion_id, author_id, other_author_id, held_back from suggestion
    where workspace_id = ${workspaceId} and author_id > ${after} and state = 'open'
    order by author_id, other_author_id limit ${limit}) s
    join author a on a.workspace_id = ${workspaceId} and a.author_id = s.author_id
    join author o on o.workspace_id = ${workspaceId} and o.author_id = s.other_author_id
  order by s.author_id, s.other_author_id`

/** The weakest beyond the bound go; they come again when there is room and they change. */
export async function trimSuggestions(tx: WorkspaceTransaction, authorIds: readonly string[]): Promise<void> {
  if (authorIds.length === 0) return
  await sql`
    update suggestion set state = 'withdrawn', put_off_until = null
    where workspace_id = ${tx.workspaceId} and state = 'open' and suggestion_id in (
      select suggestion_id from (
        select x.suggestion_id, row_number() over (partition by g.author_id order by x.weight desc, x.suggestion_id) as place
        from unnest(${[...new Set(authorIds)]}::uuid[]) as g(author_id)
          cross join lateral (
            select suggestion_id, weight from suggestion
              where workspace_id = ${tx.workspaceId} and author_id = g.author_id and state = 'open'
            union
            select suggestion_id, weight from suggestion
              where workspace_id = ${tx.workspaceId} and other_author_id = g.author_id and state = 'open') x) ranked
      where place > ${OPEN_PER_IDENTITY_MAX})`.execute(tx.sql)
}

/** What ended by itself and was never answered says nothing to anybody after a while. Served by suggestion_queue. */
export async function forgetEnded(tx: WorkspaceTransaction, before: Date): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from suggestion where workspace_id = ${tx.workspaceId} and suggestion_id in (
      select s.suggestion_id from suggestion s
      where s.workspace_id = ${tx.workspaceId} and s.state in ('withdrawn', 'superseded') and s.found_at < ${before}
        and not exists (select from suggestion_answer n where n.workspace_id = s.workspace_id and n.suggestion_id = s.suggestion_id)
      limit ${FORGOTTEN_AT_ONCE})`.execute(tx.sql)
  return Number(numAffectedRows)
}
const FORGOTTEN_AT_ONCE = 1_000

/**
 * Confirmed once, and apart again: somebody undid it, cut, moved or split. That is the same as having said no, whoever did it,
 * and the answer that the model learned from says so from now on.
 */
export async function refuseWhatWasTakenApart(
  tx: WorkspaceTransaction,
  authorIds: readonly string[],
  now: Date,
): Promise<void> {
  const { rows } = await sql<{ suggestion_id: string }>`
    update suggestion s set state = 'refused', decided_at = ${now}, decided_by_kind = 'system', decided_by = null
    from author a, author o
    where s.workspace_id = ${tx.workspaceId} and s.state = 'confirmed'
      and (s.author_id = any(${[...authorIds]}::uuid[]) or s.other_author_id = any(${[...authorIds]}::uuid[]))
      and a.workspace_id = s.workspace_id and a.author_id = s.author_id
      and o.workspace_id = s.workspace_id and o.author_id = s.other_author_id
      and (a.person_id is null or o.person_id is null or a.person_id <> o.person_id)
    returning s.suggestion_id`.execute(tx.sql)
  for (const { suggestion_id } of rows) {
    await forgetAnswer(tx, suggestion_id)
    await rememberAnswer(tx, suggestion_id, false, now)
  }
}

/** Levels, never values: what the model learns from, and what speaks against the same two later. */
export const rememberAnswer = (tx: WorkspaceTransaction, suggestionId: string, confirmed: boolean, now: Date) =>
  sql`
    insert into suggestion_answer (workspace_id, answer_id, suggestion_id, confirmed, levels, fields_version, probability,
      evidence, answered_at)
    select workspace_id, ${newId()}, suggestion_id, ${confirmed}, levels, ${FIELDS_VERSION}, probability, evidence, ${now}
    from suggestion where workspace_id = ${tx.workspaceId} and suggestion_id = ${suggestionId}`.execute(tx.sql)

/** The latest one; a refusal of before, on other evidence, stays. */
export const forgetAnswer = (tx: WorkspaceTransaction, suggestionId: string) =>
  sql`
    delete from suggestion_answer where workspace_id = ${tx.workspaceId} and answer_id = (
      select answer_id from suggestion_answer where workspace_id = ${tx.workspaceId} and suggestion_id = ${suggestionId}
      order by answered_at desc, answer_id desc limit 1)`.execute(tx.sql)
