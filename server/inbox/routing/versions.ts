import type { z } from 'zod'
import type { routing } from '../../../contract/inbox-routing.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { openRules, type Rule } from '../../routing/index.ts'
import { type Named, namesOfRules } from './named.ts'

const VERSIONS_SHOWN_MAX = 100

type Saved = z.output<NonNullable<(typeof routing.versions)['~orpc']['outputSchema']>>

export interface CurrentRules {
  /** 0: nobody saved any yet. */
  version: number
  rules: Rule[]
}

/** What holds now. */
export async function currentRules(tx: WorkspaceTransaction): Promise<CurrentRules> {
  const row = await tx.sql
    .selectFrom('routing_version')
    .select(['version', 'rules'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { version: row.version, rules: row.rules as unknown as Rule[] } : { version: 0, rules: [] }
}

/** Its number alone: asked before each batch of posts, while the rules themselves are kept ready. */
export async function currentVersion(tx: WorkspaceTransaction): Promise<number> {
  const row = await tx.sql
    .selectFrom('routing_version')
    .select((column) => column.fn.max('version').as('version'))
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row?.version ?? 0
}

export async function readVersion(tx: WorkspaceTransaction, version: number): Promise<Rule[]> {
  const row = await tx.sql
    .selectFrom('routing_version')
    .select('rules')
    .where('workspace_id', '=', tx.workspaceId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new NotFound('routing-version-unknown')
  return row.rules as unknown as Rule[]
}

export async function listVersions(tx: WorkspaceTransaction): Promise<Saved['items']> {
  const rows = await tx.sql
    .selectFrom('routing_version')
    .select(['version', 'note', 'returned_to', 'made_at', 'made_by'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('version', 'desc')
    .limit(VERSIONS_SHOWN_MAX)
    .execute()
  return rows.map((row) => ({
    version: row.version,
    note: row.note,
    returnedTo: row.returned_to,
    madeAt: row.made_at,
    madeBy: row.made_by,
  }))
}

interface Saving {
  againstVersion: number
  rules: Rule[]
  note: string
  returnedTo?: number
  now: Date
}

/** The whole list, as the version after the one that it was written against; somebody else's is not overwritten. */
export async function saveRules(tx: WorkspaceTransaction, saving: Saving, named: Named): Promise<number> {
  await requireSound(tx, saving.rules, named)
  const version = saving.againstVersion + 1
  if ((await currentVersion(tx)) !== saving.againstVersion) throw changed()
  const made = await tx.sql
    .insertInto('routing_version')
    .values({
      workspace_id: tx.workspaceId,
      version,
      rules: JSON.stringify(saving.rules),
      note: saving.note,
      returned_to: saving.returnedTo ?? null,
      made_at: saving.now,
      made_by: tx.actor.id,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst()
  if (!made) throw changed()
  tx.record({
    type: 'routing.changed',
    subjects: {},
    codes: { version, rules: saving.rules.length, returnedTo: saving.returnedTo ?? null },
  })
  return version
}

const changed = () => new Conflict('routing-changed')

/** Everything that is wrong with the rules, at once, so that an editor can show it where it belongs. */
export async function problemsOf(tx: WorkspaceTransaction, rules: Rule[], named: Named) {
  const book = openRules(rules)
  const problems = 'problems' in book ? book.problems : []
  return [...problems, ...(await namesOfRules(tx, rules, named))]
}

async function requireSound(tx: WorkspaceTransaction, rules: Rule[], named: Named): Promise<void> {
  const [problem] = await problemsOf(tx, rules, named)
  if (!problem) return
  const rule = rules.find(({ ruleId }) => ruleId === problem.ruleId)
  throw new Invalid('rule-wrong', { problem: problem.code, rule: rule?.name ?? '', place: problem.place })
}
