import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Action, Condition, Rule, RuleProblem } from '../../routing/index.ts'

/** What rules name and other modules own, by ids; handed down. */
export interface Named {
  webhooks(tx: WorkspaceTransaction): Promise<ReadonlyMap<string, string>>
}

type Kind = 'topic' | 'source' | 'segment' | 'calendar' | 'member' | 'team' | 'tag' | 'clock_policy' | 'webhook'

interface Name {
  kind: Kind
  id: string
}

/** Tables of this module and those above it. Members who left are gone; so is what was taken away but kept. */
const TABLES: Partial<Record<Kind, string>> = {
  topic: 'removed_at is null',
  source: 'true',
  segment: 'true',
  calendar: 'removed_at is null',
  member: "state = 'active'",
  team: 'true',
  tag: 'true',
  clock_policy: 'removed_at is null',
}

/** Rules that name what does not exist in this workspace. */
export async function namesOfRules(tx: WorkspaceTransaction, rules: Rule[], named: Named): Promise<RuleProblem[]> {
  const places = rules.flatMap((rule) => [
    ...rule.conditions.map((condition, place) => ({
      rule,
      of: 'condition' as const,
      place,
      names: namesOfCondition(condition),
    })),
    ...rule.actions.map((action, place) => ({ rule, of: 'action' as const, place, names: namesOfAction(action) })),
  ])
  const known = await knownOf(
    tx,
    places.flatMap(({ names }) => names),
    named,
  )
  return places
    .filter(({ names }) => names.some(({ kind, id }) => !known.get(kind)?.has(id)))
    .map(({ rule, of, place }) => ({ ruleId: rule.ruleId, code: 'gone', of, place }))
}

function namesOfCondition(condition: Condition): Name[] {
  const all = (kind: Kind, ids: string[]) => ids.map((id) => ({ kind, id }))
  switch (condition.about) {
    case 'topic':
      return all('topic', condition.topicIds)
    case 'source':
      return all('source', condition.sourceIds)
    case 'segment':
      return all('segment', condition.segmentIds)
    case 'time':
      return all('calendar', [condition.calendarId])
    default:
      return []
  }
}

function namesOfAction(action: Action): Name[] {
  switch (action.do) {
    case 'assign': {
      if (action.to.kind === 'member') return [{ kind: 'member', id: action.to.memberId }]
      return action.to.teamId ? [{ kind: 'team', id: action.to.teamId }] : []
    }
    case 'tag':
      return action.tagIds.map((id) => ({ kind: 'tag', id }))
    case 'clock':
      return [{ kind: 'clock_policy', id: action.clockPolicyId }]
    case 'webhook':
      return [{ kind: 'webhook', id: action.webhookId }]
    default:
      return []
  }
}

async function knownOf(tx: WorkspaceTransaction, names: Name[], named: Named): Promise<Map<Kind, ReadonlySet<string>>> {
  const known = new Map<Kind, ReadonlySet<string>>()
  for (const [kind, some] of Map.groupBy(names, ({ kind }) => kind)) {
    const ids = [...new Set(some.map(({ id }) => id))]
    const standing = TABLES[kind]
    if (standing === undefined) {
      known.set(kind, new Set((await named.webhooks(tx)).keys()))
      continue
    }
    const { rows } = await sql<{ id: string }>`
      select ${sql.ref(`${kind}_id`)} as id from ${sql.table(kind)}
      where workspace_id = ${tx.workspaceId} and ${sql.ref(`${kind}_id`)} = any(${ids}::uuid[])
        and ${sql.raw(standing)}`.execute(tx.sql)
    known.set(kind, new Set(rows.map(({ id }) => id)))
  }
  return known
}
