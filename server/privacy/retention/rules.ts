import { sql } from 'kysely'
import { SETTINGS_DEFAULTS } from '../../../contract/accounts-workspaces.ts'
import { updateWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Invalid, NotFound } from '../../platform/errors.ts'
import type { RetentionKind } from '../../platform/retention.ts'
import type { Services } from '../../platform/services.ts'

const DAY_MS = 86_400_000
/** Has a place of its own among the settings of a workspace, since before there were rules. */
const IN_SETTINGS = 'heard-posts'

export interface Rule {
  kind: string
  days: number
  defaultDays: number
  minDays: number
  maxDays: number
  because: RetentionKind['because']
  /** What was said when it was changed; null: the default stands. */
  reason: string | null
}

/** Days by kind, where a workspace says other than the default. */
async function setDays(tx: WorkspaceTransaction): Promise<Map<string, { days: number; reason: string }>> {
  const rows = await tx.sql
    .selectFrom('retention_rule')
    .select(['kind', 'days', 'reason'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  const set = new Map(rows.map(({ kind, days, reason }) => [kind, { days, reason }]))
  const { rows: settings } = await sql<{ days: number | null }>`
    select (settings ->> 'retentionDays')::int as days from workspace where workspace_id = ${tx.workspaceId}`.execute(
    tx.sql,
  )
  const days = settings[0]?.days ?? SETTINGS_DEFAULTS.retentionDays
  if (days !== SETTINGS_DEFAULTS.retentionDays)
    set.set(IN_SETTINGS, { days, reason: set.get(IN_SETTINGS)?.reason ?? '' })
  else set.delete(IN_SETTINGS)
  return set
}

export async function listRules(tx: WorkspaceTransaction, kinds: readonly RetentionKind[]): Promise<Rule[]> {
  const set = await setDays(tx)
  return kinds.map(({ kind, defaultDays, minDays, maxDays, because }) => ({
    kind,
    // Accounts go with the posts by which they were heard, until somebody says otherwise.
    days: set.get(kind)?.days ?? (kind === 'authors' ? (set.get(IN_SETTINGS)?.days ?? defaultDays) : defaultDays),
    defaultDays,
    minDays,
    maxDays,
    because,
    reason: set.get(kind)?.reason ?? null,
  }))
}

const kindOf = (kinds: readonly RetentionKind[], kind: string): RetentionKind => {
  const found = kinds.find((one) => one.kind === kind)
  if (!found) throw new NotFound('retention-kind-unknown')
  return found
}

/** A dry run: what would go the next time, by so many days. Changes nothing. */
export const previewRule = (
  tx: WorkspaceTransaction,
  services: Services,
  kinds: readonly RetentionKind[],
  { kind, days }: { kind: string; days: number },
) => kindOf(kinds, kind).due(tx, new Date(services.clock.now().getTime() - days * DAY_MS), services)

export async function changeRule(
  tx: WorkspaceTransaction,
  kinds: readonly RetentionKind[],
  { kind, days, reason }: { kind: string; days: number; reason: string },
  at: Date,
): Promise<void> {
  const { minDays, maxDays } = kindOf(kinds, kind)
  if (days < minDays || days > maxDays) throw new Invalid('retention-days-invalid', { minDays, maxDays })
  await tx.sql
    .insertInto('retention_rule')
    .values({
      workspace_id: tx.workspaceId,
      kind,
      days,
      reason,
      set_at: at,
      set_by_kind: tx.actor.kind,
      set_by: tx.actor.id,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'kind'])
        .doUpdateSet({ days, reason, set_at: at, set_by_kind: tx.actor.kind, set_by: tx.actor.id }),
    )
    .execute()
  if (kind === IN_SETTINGS) await updateWorkspace(tx, { settings: { retentionDays: days } })
  tx.record({ type: 'retention.changed', subjects: {}, codes: { kind, days }, content: { reason } })
}

export const daysOf = async (tx: WorkspaceTransaction, kinds: readonly RetentionKind[]): Promise<Map<string, number>> =>
  new Map((await listRules(tx, kinds)).map(({ kind, days }) => [kind, days]))
