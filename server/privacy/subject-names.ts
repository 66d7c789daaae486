import { type RawBuilder, sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'

/** A batch of heard posts names hundreds of subjects: a crowd is counted on screen, and not named. */
const NAMED_EACH_MAX = 20
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Subjects = Record<string, string | string[]>
type Names = RawBuilder<{ id: string; name: string | null }>

interface Naming {
  /** What lets one see the subject where it belongs. */
  allow: Permission
  /** Served by the primary key of what it reads. */
  names(tx: WorkspaceTransaction, ids: string[]): Names
}

const table = (name: string, column: string, allow: Permission, label = 'name'): Naming => ({
  allow,
  names: ({ workspaceId }, ids) => sql`
    select ${sql.ref(column)} as id, ${sql.ref(label)} as name from ${sql.table(name)}
    where workspace_id = ${workspaceId} and ${sql.ref(column)} = any(${ids}::uuid[])`,
})

const member = table('member', 'member_id', 'members.read')
const organisation = table('organisation', 'organisation_id', 'people.read')
const role = table('role', 'role_id', 'members.read')
const shift = table('shift', 'shift_id', 'members.read')
const tag = table('tag', 'tag_id', 'inbox.read')

/** As every screen calls an account: its name, else its handle. */
const calledAs = (alias: string) => {
  const handle = sql.ref(`${alias}.handle`)
  return sql`coalesce(nullif(${sql.ref(`${alias}.name`)}, ''),
    case when ${handle} ~ '^@|\\s' then ${handle} else '@' || ${handle} end)`
}

/** Conversations are called by whom they are with. */
const conversation: Naming = {
  allow: 'inbox.read',
  names: ({ workspaceId }, ids) => sql`
    select c.conversation_id as id, ${calledAs('a')} as name from conversation c
    join author a on a.workspace_id = c.workspace_id and a.author_id = c.author_id
    where c.workspace_id = ${workspaceId} and c.conversation_id = any(${ids}::uuid[])`,
}

const author: Naming = {
  allow: 'people.read',
  names: ({ workspaceId }, ids) => sql`
    select a.author_id as id, coalesce(${calledAs('a')}, case when a.kind <> 'account' then a.network_id end) as name
    from author a
    where a.workspace_id = ${workspaceId} and a.author_id = any(${ids}::uuid[])`,
}

/** A view of one's own is nobody else's business. */
const savedView: Naming = {
  allow: 'inbox.read',
  names: ({ workspaceId, actor }, ids) => sql`
    select saved_view_id as id, name from saved_view where workspace_id = ${workspaceId}
      and saved_view_id = any(${ids}::uuid[])
      and (member_id is null or member_id = ${actor.kind === 'member' ? actor.id : null}::uuid)`,
}

/** The same holds for a layout. */
const layout: Naming = {
  allow: 'posts.read',
  names: ({ workspaceId, actor }, ids) => sql`
    select layout_id as id, name from layout where workspace_id = ${workspaceId} and layout_id = any(${ids}::uuid[])
      and (member_id is null or member_id = ${actor.kind === 'member' ? actor.id : null}::uuid)`,
}

/** As it was called when it last did something. Served by rule_run_rule. */
const routingRule: Naming = {
  allow: 'inbox.read',
  names: ({ workspaceId }, ids) => sql`
    select g.id, (select r.name from rule_run r where r.workspace_id = ${workspaceId} and r.rule_id = g.id
      order by r.at desc limit 1) as name from unnest(${ids}::uuid[]) as g(id)`,
}

const TITLE = sql`coalesce(texts -> 'en' ->> 'title', texts -> 'de' ->> 'title', texts -> 'nl' ->> 'title')`
const guideline: Naming = {
  allow: 'workspace.read',
  names: ({ workspaceId }, ids) => sql`
    select distinct on (guideline_id) guideline_id as id, ${TITLE} as name from guideline_version
    where workspace_id = ${workspaceId} and guideline_id = any(${ids}::uuid[])`,
}
const training: Naming = {
  allow: 'workspace.read',
  names: ({ workspaceId }, ids) => sql`
    select training_id as id, ${TITLE} as name from training
    where workspace_id = ${workspaceId} and training_id = any(${ids}::uuid[])`,
}

const NAMINGS: Record<string, Naming> = {
  member,
  mentions: member,
  role,
  toRole: role,
  shift,
  team: table('team', 'team_id', 'members.read'),
  agreement: table('staff_agreement', 'agreement_id', 'workspace.read', 'title'),
  apiKey: table('api_key', 'api_key_id', 'keys.manage'),
  webhook: table('webhook', 'webhook_id', 'keys.manage'),
  source: table('source', 'source_id', 'sources.read'),
  topic: table('topic', 'topic_id', 'topics.read'),
  import: table('import', 'import_id', 'imports.run', 'file_name'),
  audit: table('audit', 'audit_id', 'audits.read', 'brand'),
  author,
  segment: table('segment', 'segment_id', 'people.read'),
  person: table('person', 'person_id', 'people.read'),
  from: table('person', 'person_id', 'people.read'),
  organisation,
  other: organisation,
  conversation,
  tag,
  added: tag,
  removed: tag,
  calendar: table('calendar', 'calendar_id', 'inbox.read'),
  clockPolicy: table('clock_policy', 'clock_policy_id', 'inbox.read'),
  guest: table('approval_guest', 'guest_id', 'inbox.read'),
  rule: routingRule,
  macro: table('macro', 'macro_id', 'inbox.read'),
  savedView,
  layout,
  goal: table('goal', 'goal_id', 'workspace.read'),
  scenario: table('scenario', 'scenario_id', 'workspace.read'),
  guideline,
  training,
  crisis: table('crisis', 'crisis_id', 'workspace.read'),
  playbook: table('playbook', 'playbook_id', 'workspace.read'),
  statement: table('holding_statement', 'statement_id', 'workspace.read'),
}

/** Names of what a page of events happened to, in one query: of those that the reader may see and that are still there. */
export async function subjectNames(
  tx: WorkspaceTransaction,
  page: readonly Subjects[],
  may: (permission: Permission) => boolean,
): Promise<Map<string, string>> {
  const wanted = new Map<Naming, string[]>()
  for (const [kind, ids] of page.flatMap(idsByKind)) {
    const naming = NAMINGS[kind]
    if (naming && may(naming.allow)) wanted.set(naming, [...(wanted.get(naming) ?? []), ...ids])
  }
  if (wanted.size === 0) return new Map()
  const queries = [...wanted].map(([naming, ids]) => naming.names(tx, [...new Set(ids)]))
  const { rows } = await sql<{ id: string; name: string | null }>`${sql.join(queries, sql` union all `)}`.execute(
    tx.sql,
  )
  return new Map(rows.flatMap(({ id, name }) => (name ? [[id, name]] : [])))
}

/** Names of subjects come in several forms: `topic`, `topicId`, `authors`. */
const idsByKind = (subjects: Subjects): [kind: string, ids: string[]][] =>
  Object.entries(subjects).map(([key, value]) => [
    key.replace(/Ids?$/, '').replace(/^(author|person)s$/, '$1'),
    [value]
      .flat()
      .slice(0, NAMED_EACH_MAX)
      .filter((id) => UUID.test(id)),
  ])

/** Those of one event. */
export const namesOf = (subjects: Subjects, names: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.values(subjects)
      .flat()
      .flatMap((id) => {
        const name = names.get(id)
        return name === undefined ? [] : [[id, name]]
      }),
  )
