import { sql } from 'kysely'
import { holderMayBeProfiled } from '../consent/index.ts'
import { TOLD_BY_CUSTOMER } from '../fields/rule.ts'
import type { IdentityFacts, PointKind } from './fields.ts'

/** Contact points and told fields of a person that are read; who has more has been filled by a machine. */
const POINTS_MAX = 40
const TOLD_MAX = 60
const POINT_KINDS: readonly PointKind[] = ['mail', 'phone', 'site', 'customer-number']

export interface AuthorRow {
  author_id: string
  kind: IdentityFacts['kind']
  network: string
  scope: string
  network_id: string
  handle: string | null
  name: string | null
  bio: string | null
  url: string | null
  stable: boolean
  person_id: string | null
  /** ISO times. */
  active_from: string
  active_until: string
  /** It is an organisation itself. */
  is_organisation: boolean
}

export interface PointRow {
  person_id: string
  kind: PointKind
  scope: string
  value: string
  /** It belongs to them now; otherwise they proved it once and another link stands above that. */
  is_held: boolean
  is_proven: boolean
}

export interface ToldRow {
  author_id: string
  person_id: string | null
  field: string
  value: string
}

export interface WrittenRow {
  person_id: string
  field: string
  value: string
}

export interface IdentityRows {
  authors: AuthorRow[]
  points: PointRow[]
  /** The customers themselves first, then the latest. */
  told: ToldRow[]
  /** What members wrote over, on whichever of the merged persons: the newest of each field. */
  written: WrittenRow[]
}

/**
 * Everything that is known of these identities and their persons, in one question: a look at a new identity asks it twice, and each question more
 * costs what the wire costs. Those that may not be compared are not among the answers. Served by author's primary key,
 * author_person, person_current, person_link_person, person_override_person and the keys of author_field and objection.
 */
export const identitiesQuery = (workspaceId: string, authorIds: readonly string[]) => sql<IdentityRows>`
  with a as materialized (
    select a.author_id, a.kind, a.network, a.scope, a.network_id, a.handle, a.name, a.bio, a.url, a.stable, a.person_id,
      a.first_heard_at as active_from,
      case when a.state = 'deactivated' then coalesce(a.state_since, a.last_heard_at) else a.last_heard_at end as active_until,
      exists (select from organisation_account c where c.workspace_id = ${workspaceId} and c.author_id = a.author_id
        and c.withdrawn_at is null) as is_organisation
    from unnest(${[...authorIds]}::uuid[]) as g(author_id)
      join author a on a.workspace_id = ${workspaceId} and a.author_id = g.author_id
    where not a.own and a.state <> 'gone' and a.erased_at is null and ${holderMayBeProfiled(workspaceId)}),
  p as materialized (select distinct person_id from a where person_id is not null)
  select
    (select coalesce(jsonb_agg(to_jsonb(a)), '[]') from a) as authors,
    (select coalesce(jsonb_agg(jsonb_build_object('person_id', p.person_id, 'kind', x.kind, 'scope', x.scope, 'value', x.network_id,
        'is_held', x.is_held, 'is_proven', x.is_proven)), '[]')
      from p cross join lateral (${pointsOf(workspaceId)} limit ${POINTS_MAX}) x
      where x.kind = any(${[...POINT_KINDS]}::text[])) as points,
    (select coalesce(jsonb_agg(jsonb_build_object('author_id', g.author_id, 'person_id', g.person_id, 'field', f.field,
        'value', f.value) order by f.source = ${TOLD_BY_CUSTOMER} desc, f.told_at desc), '[]')
      from (
        select x.author_id, p.person_id from p join author x on x.workspace_id = ${workspaceId} and x.person_id = p.person_id
        union all select author_id, null from a where person_id is null) g
        cross join lateral (select t.field, t.value, t.source, t.told_at from author_field t
          where t.workspace_id = ${workspaceId} and t.author_id = g.author_id order by t.told_at desc limit ${TOLD_MAX}) f) as told,
    (select coalesce(jsonb_agg(jsonb_build_object('person_id', w.person_id, 'field', w.field, 'value', w.value)), '[]')
      from (
        select distinct on (p.person_id, o.field) p.person_id, o.field, o.value
        from p join person m on m.workspace_id = ${workspaceId} and m.current_id = p.person_id
          join person_override o on o.workspace_id = m.workspace_id and o.person_id = m.person_id and o.withdrawn_at is null
        order by p.person_id, o.field, o.position desc) w
      where w.value is not null) as written`

/** What belongs to a person of \`p\` now, and what they proved once. */
const pointsOf = (workspaceId: string) => sql`
  select x.kind, x.scope, x.network_id, true as is_held, exists (
      select from person_link l join person q on q.workspace_id = l.workspace_id and q.person_id = l.person_id
      where l.workspace_id = x.workspace_id and l.author_id = x.author_id and l.withdrawn_at is null
        and l.method = 'customer-proved' and q.current_id = p.person_id) as is_proven
  from author x where x.workspace_id = ${workspaceId} and x.person_id = p.person_id and x.kind <> 'account'
  union all
  select x.kind, x.scope, x.network_id, false, true
  from person q
    join person_link l on l.workspace_id = q.workspace_id and l.person_id = q.person_id
      and l.withdrawn_at is null and l.method = 'customer-proved' and not l.shared
    join author x on x.workspace_id = l.workspace_id and x.author_id = l.author_id
      and x.kind <> 'account' and x.person_id is distinct from p.person_id
  where q.workspace_id = ${workspaceId} and q.current_id = p.person_id`
