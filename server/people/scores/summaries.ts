import { sql } from 'kysely'
import { SCORES } from '../../../contract/people-scores.ts'
import { textArray } from '../../platform/array-literal.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { mayProfile } from '../consent/index.ts'
import { representatives } from '../representatives.ts'
import type { FigureSource, Figures, PersonAuthors } from './figures.ts'
import { explainScore, type Inputs } from './formula.ts'
import { type Formulas, readFormulas } from './formulas.ts'

const AUTHORS_MAX = 500
const YEAR_MS = 365.25 * 86_400_000
const COUNT_MAX = 2_000_000_000

interface Known {
  person_id: string
  language: string | null
  known_since: Date
  followers: string
  networks: string[]
  author_ids: string[]
  tags: string[]
  consents: string[]
}

/**
 * Writes anew what is known of these persons in figures. Whoever is merged into somebody else, or erased, has no summary;
 * whoever objected to being profiled has one without figures. Safe to run twice.
 */
export async function writeSummaries(
  tx: WorkspaceTransaction,
  personIds: readonly string[],
  sources: readonly FigureSource[],
  now: Date,
): Promise<void> {
  if (personIds.length === 0) return
  const known = await knownOf(tx, personIds)
  const allowed = await mayProfile(
    tx,
    known.map(({ person_id }) => person_id),
  )
  const profiled = known.filter(({ person_id }) => allowed.has(person_id))
  const figures = await figuresOf(
    tx,
    profiled.map(({ person_id, author_ids }) => ({ personId: person_id, authorIds: author_ids })),
    sources,
    now,
  )
  const formulas = await readFormulas(tx)
  const present = new Set(known.map(({ person_id }) => person_id))
  await removeSummaries(
    tx,
    personIds.filter((id) => !present.has(id)),
  )
  await insert(
    tx,
    known.map((one) => rowOf(one, figures.get(one.person_id) ?? [], allowed.has(one.person_id), formulas, now)),
    formulas.newest,
    now,
  )
}

async function removeSummaries(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<void> {
  if (personIds.length === 0) return
  await sql`delete from person_summary where workspace_id = ${tx.workspaceId}
    and person_id = any(${personIds}::uuid[])`.execute(tx.sql)
}

/** What people itself knows. Consents: purposes to which somebody agreed and nobody of the same refused or withdrew. */
async function knownOf(tx: WorkspaceTransaction, personIds: readonly string[]): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select p.person_id, p.language, least(p.created_at, a.first_heard_at) as known_since, a.followers::text as followers,
      a.networks, a.author_ids, t.tags, c.consents
    from ${representatives(tx, personIds)} p cross join lateral (
        select coalesce(max(followers), 0) as followers, min(first_heard_at) as first_heard_at,
          coalesce(array_agg(distinct network) filter (where kind = 'account'), '{}') as networks,
          coalesce(array_agg(author_id), '{}') as author_ids
        from (select author_id, followers, first_heard_at, network, kind from author
          where workspace_id = ${tx.workspaceId} and person_id = p.person_id order by author_id limit ${AUTHORS_MAX}) one) a
      cross join lateral (
        select coalesce(array_agg(distinct tag), '{}') as tags from person m
          join person_tag pt on pt.workspace_id = m.workspace_id and pt.person_id = m.person_id
        where m.workspace_id = ${tx.workspaceId} and m.current_id = p.person_id) t
      cross join lateral (
        select coalesce(array_agg(purpose), '{}') as consents from (
          select purpose from (
            select distinct on (co.purpose, coalesce(co.person_id, co.author_id)) co.purpose, co.given and co.withdrawn_at is null as holds
            from consent co where co.workspace_id = ${tx.workspaceId} and (co.author_id = any(a.author_ids) or co.person_id in (
              select m.person_id from person m where m.workspace_id = ${tx.workspaceId} and m.current_id = p.person_id))
            order by co.purpose, coalesce(co.person_id, co.author_id), co.stated_at desc) newest
          group by purpose having bool_and(holds)) held) c`.execute(tx.sql)
  return rows
}

async function figuresOf(
  tx: WorkspaceTransaction,
  persons: PersonAuthors[],
  sources: readonly FigureSource[],
  now: Date,
): Promise<Map<string, Figures[]>> {
  const all = new Map<string, Figures[]>()
  if (persons.length === 0) return all
  for (const source of sources)
    for (const [personId, figures] of await source.of(tx, persons, now))
      all.set(personId, [...(all.get(personId) ?? []), figures])
  return all
}

interface SummaryRow {
  personId: string
  profiled: boolean
  scores: (number | null)[]
  inputs: Inputs
  known: Known
  lastPostAt: Date | null
  lastContactAt: Date | null
  language: string | null
  currency: string | null
}

function rowOf(known: Known, figures: Figures[], profiled: boolean, formulas: Formulas, now: Date): SummaryRow {
  const inputs: Inputs = profiled
    ? {
        ...Object.assign({}, ...figures.map((each) => each.inputs ?? {})),
        followers: Number(known.followers),
        tenureYears: Math.max(0, Math.round(((now.getTime() - known.known_since.getTime()) / YEAR_MS) * 10) / 10),
      }
    : {}
  const latest = (of: (each: Figures) => Date | null | undefined) =>
    figures.map(of).reduce<Date | null>((last, at) => (at && (!last || at > last) ? at : last), null)
  return {
    personId: known.person_id,
    profiled,
    scores: SCORES.map((score) => (profiled ? explainScore(formulas.of[score].terms, inputs).points : null)),
    inputs,
    known,
    lastPostAt: latest(({ lastPostAt }) => lastPostAt),
    lastContactAt: latest(({ lastContactAt }) => lastContactAt),
    language: known.language ?? figures.find(({ language }) => language)?.language ?? null,
    currency: figures.find(({ currency }) => currency)?.currency ?? null,
  }
}

async function insert(tx: WorkspaceTransaction, rows: SummaryRow[], scoredBy: number, now: Date): Promise<void> {
  if (rows.length === 0) return
  const written = rows
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1))
    .map(({ personId, profiled, scores, inputs, known, lastPostAt, lastContactAt, language, currency }) => ({
      person_id: personId,
      profiled,
      ...Object.fromEntries(SCORES.map((score, at) => [score, scores[at] ?? null])),
      followers: profiled ? known.followers : '0',
      posts: count(inputs.posts),
      orders: count(inputs.orders),
      spent: inputs.spent ?? 0,
      contracts: count(inputs.contracts),
      conversations: count(inputs.conversations),
      known_since: known.known_since,
      last_post_at: lastPostAt,
      last_contact_at: lastContactAt,
      language,
      networks: known.networks,
      tags: known.tags,
      consents: known.consents,
      inputs: currency ? { ...inputs, currency } : inputs,
    }))
  await sql`
    insert into person_summary (workspace_id, made_at, scored_by, person_id, profiled, value, influence, advocate, detractor,
      followers, posts, orders, spent, contracts, conversations, known_since, last_post_at, last_contact_at, language,
      networks, tags, consents, inputs)
    select ${tx.workspaceId}, ${now}, ${scoredBy}, g.* from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) as g(
      person_id uuid, profiled boolean, value real, influence real, advocate real, detractor real, followers bigint, posts int,
      orders int, spent float8, contracts int, conversations int, known_since timestamptz, last_post_at timestamptz,
      last_contact_at timestamptz, language text, networks text[], tags text[], consents text[], inputs jsonb)
    on conflict (workspace_id, person_id) do update set (made_at, scored_by, profiled, value, influence, advocate, detractor,
      followers, posts, orders, spent, contracts, conversations, known_since, last_post_at, last_contact_at, language, networks,
      tags, consents, inputs) = (excluded.made_at, excluded.scored_by, excluded.profiled, excluded.value, excluded.influence,
      excluded.advocate, excluded.detractor, excluded.followers, excluded.posts, excluded.orders, excluded.spent,
      excluded.contracts, excluded.conversations, excluded.known_since, excluded.last_post_at, excluded.last_contact_at,
      excluded.language, excluded.networks, excluded.tags, excluded.consents, excluded.inputs)`.execute(tx.sql)
}

const count = (amount: number | undefined): number => Math.min(COUNT_MAX, Math.round(amount ?? 0))

/** Scores anew from the inputs that are kept, after a formula changed. Returns how many were due. */
export async function scoreAnew(tx: WorkspaceTransaction, limit: number): Promise<number> {
  const formulas = await readFormulas(tx)
  const { rows } = await sql<{ person_id: string; profiled: boolean; inputs: Inputs }>`
    select person_id, profiled, inputs from person_summary
    where workspace_id = ${tx.workspaceId} and scored_by < ${formulas.newest}
    order by scored_by, person_id limit ${limit} for update skip locked`.execute(tx.sql)
  if (rows.length === 0) return 0
  const points = (score: (typeof SCORES)[number]) =>
    rows.map(({ profiled, inputs }) =>
      profiled ? String(explainScore(formulas.of[score].terms, inputs).points) : null,
    )
  await sql`
    update person_summary s set scored_by = ${formulas.newest}, value = g.value, influence = g.influence, advocate = g.advocate,
      detractor = g.detractor
    from unnest(${rows.map((row) => row.person_id)}::uuid[], ${textArray(points('value'))}::real[],
      ${textArray(points('influence'))}::real[], ${textArray(points('advocate'))}::real[],
      ${textArray(points('detractor'))}::real[]) as g(person_id, value, influence, advocate, detractor)
    where s.workspace_id = ${tx.workspaceId} and s.person_id = g.person_id`.execute(tx.sql)
  return rows.length
}
