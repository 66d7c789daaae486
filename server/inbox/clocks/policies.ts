import { sql } from 'kysely'
import { POLICIES_MAX } from '../../../contract/clock-words.ts'
import type { ClockRules } from '../../../contract/inbox-clocks.ts'
import { policyProblems } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { holdCalendar } from './calendars.ts'
import { rulesOf, storedVersions } from './promises.ts'
import { askForRecount } from './recount.ts'
import { nextVersion, validFrom } from './versions.ts'

export interface PolicyChange {
  name: string
  rules: ClockRules
  validFrom?: Date | undefined
}

export async function listPolicies(tx: WorkspaceTransaction) {
  const standing = (await storedVersions(tx)).filter((row) => row.removed_at === null)
  return [...Map.groupBy(standing, (row) => row.clock_policy_id)].map(([clockPolicyId, versions]) => ({
    clockPolicyId,
    name: versions[0]?.name ?? '',
    versions: versions.toReversed().map((row) => ({
      version: row.version,
      validFrom: row.valid_from,
      madeAt: row.made_at,
      rules: { ...row.rules, calendarId: row.calendar_id, applies: row.applies },
    })),
  }))
}

export async function createPolicy(tx: WorkspaceTransaction, change: PolicyChange, now: Date): Promise<string> {
  const known = await listPolicies(tx)
  if (known.length >= POLICIES_MAX) throw new Invalid('too-many-clock-policies', { policiesMax: POLICIES_MAX })
  requireNameFree(known, change.name, null)
  await requireSound(tx, change.rules)
  const clockPolicyId = newId()
  const from = validFrom(change.validFrom, now)
  await tx.sql
    .insertInto('clock_policy')
    .values({ workspace_id: tx.workspaceId, clock_policy_id: clockPolicyId, name: change.name, created_at: now })
    .execute()
  await insertVersion(tx, clockPolicyId, 1, change.rules, from, now)
  await askForRecount(tx, from < now ? from : now)
  tx.record({ type: 'clock-policy.created', subjects: { clockPolicyId } })
  return clockPolicyId
}

export async function changePolicy(
  tx: WorkspaceTransaction,
  clockPolicyId: string,
  against: number,
  change: PolicyChange,
  now: Date,
): Promise<number> {
  await holdPolicy(tx, clockPolicyId)
  const known = await listPolicies(tx)
  requireNameFree(known, change.name, clockPolicyId)
  await requireSound(tx, change.rules)
  const newest = known.find((one) => one.clockPolicyId === clockPolicyId)?.versions[0]?.version ?? 0
  const version = nextVersion(newest, against, 'clock-policy-changed')
  const from = validFrom(change.validFrom, now)
  await tx.sql
    .updateTable('clock_policy')
    .set({ name: change.name })
    .where('workspace_id', '=', tx.workspaceId)
    .where('clock_policy_id', '=', clockPolicyId)
    .execute()
  await insertVersion(tx, clockPolicyId, version, change.rules, from, now)
  if (from < now) await askForRecount(tx, from)
  tx.record({ type: 'clock-policy.changed', subjects: { clockPolicyId }, codes: { version } })
  return version
}

/** Waits that began before keep what they were promised. */
export async function removePolicy(tx: WorkspaceTransaction, clockPolicyId: string, now: Date): Promise<void> {
  await holdPolicy(tx, clockPolicyId)
  await tx.sql
    .updateTable('clock_policy')
    .set({ removed_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('clock_policy_id', '=', clockPolicyId)
    .execute()
  tx.record({ type: 'clock-policy.removed', subjects: { clockPolicyId } })
}

async function holdPolicy(tx: WorkspaceTransaction, clockPolicyId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('clock_policy')
    .select('clock_policy_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('clock_policy_id', '=', clockPolicyId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('clock-policy-unknown')
}

async function insertVersion(
  tx: WorkspaceTransaction,
  clockPolicyId: string,
  version: number,
  { calendarId, applies, ...rules }: ClockRules,
  from: Date,
  now: Date,
): Promise<void> {
  await tx.sql
    .insertInto('clock_policy_version')
    .values({
      workspace_id: tx.workspaceId,
      clock_policy_id: clockPolicyId,
      version,
      valid_from: from,
      made_at: now,
      calendar_id: calendarId,
      applies: JSON.stringify(applies),
      rules: JSON.stringify(rules),
    })
    .execute()
}

function requireNameFree(known: Awaited<ReturnType<typeof listPolicies>>, name: string, but: string | null): void {
  if (known.some((one) => one.name === name && one.clockPolicyId !== but))
    throw new Conflict('clock-policy-name-taken', { name })
}

/** Sound by itself, and everything that it names is there. */
async function requireSound(tx: WorkspaceTransaction, rules: ClockRules): Promise<void> {
  const [problem] = policyProblems(rulesOf({ version: 1, rules }))
  if (problem)
    throw new Invalid('clock-policy-wrong', { problem: problem.code, place: problem.place, value: problem.value })
  await holdCalendar(tx, rules.calendarId)
  await requireAll(tx, 'source', rules.applies.sourceIds, 'source-unknown')
  await requireAll(tx, 'segment', idsOf(rules.targets.map(({ segmentId }) => segmentId)), 'segment-unknown')
  const steps = Object.values(rules.ladders).flat()
  const teams = steps.map(({ action }) =>
    action.do === 'escalate' && 'teamId' in action.to ? action.to.teamId : undefined,
  )
  await requireAll(tx, 'team', idsOf(teams), 'team-unknown')
  const roles = steps.map(({ action }) =>
    action.do === 'escalate' && 'roleId' in action.to ? action.to.roleId : undefined,
  )
  await requireAll(tx, 'role', idsOf(roles), 'role-unknown')
}

const idsOf = (ids: readonly (string | undefined)[]): string[] => ids.filter((id) => id !== undefined)

async function requireAll(
  tx: WorkspaceTransaction,
  table: 'source' | 'segment' | 'team' | 'role',
  ids: readonly string[],
  code: string,
): Promise<void> {
  const asked = [...new Set(ids)]
  if (asked.length === 0) return
  const { rows } = await sql`
    select from ${sql.table(table)} where workspace_id = ${tx.workspaceId}
      and ${sql.ref(`${table}_id`)} = any(${asked}::uuid[])`.execute(tx.sql)
  if (rows.length < asked.length) throw new Invalid(code)
}
