import { sql } from 'kysely'
import {
  APPROVAL_HOURS_MAX,
  type PolicyDocument,
  policyDocumentSchema,
  UNDO_SECONDS_SETTING_MAX,
} from '../../../contract/publishing-policy.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import type { PolicyConfiguration } from '../../policy/index.ts'
import { SHIPPED, SHIPPED_VERSION } from './document.ts'

const VERSIONS_SHOWN_MAX = 100
/** A small team's, where nobody set anything. */
const TIMES_DEFAULT = { undoSeconds: 60, approvalHours: 48 }

/** As it is kept: the document, and what was measured when a check was let refuse. */
interface Kept {
  document: PolicyDocument
  measured: PolicyConfiguration['measured']
}

export interface PolicyVersion extends Kept {
  version: number
  note: string
  savedAt: Date | null
  savedBy: string | null
}

const AS_SHIPPED: PolicyVersion = {
  version: SHIPPED_VERSION,
  document: SHIPPED,
  measured: {},
  note: '',
  savedAt: null,
  savedBy: null,
}

interface Row {
  version: number
  document: unknown
  note: string
  saved_at: Date
  saved_by: string | null
}

/** An older shape is brought to the present one by the schema's defaults. */
const present = (row: Row): PolicyVersion => {
  const kept = row.document as Kept
  return {
    version: row.version,
    document: policyDocumentSchema.parse(kept.document),
    measured: kept.measured,
    note: row.note,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
  }
}

/** What holds now. Served by the primary key. */
export async function currentPolicy(tx: WorkspaceTransaction): Promise<PolicyVersion> {
  const row = await tx.sql
    .selectFrom('policy_version')
    .select(['version', 'document', 'note', 'saved_at', 'saved_by'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? present(row) : AS_SHIPPED
}

export async function policyOfVersion(tx: WorkspaceTransaction, version: number): Promise<PolicyVersion> {
  if (version === SHIPPED_VERSION) return AS_SHIPPED
  const row = await tx.sql
    .selectFrom('policy_version')
    .select(['version', 'document', 'note', 'saved_at', 'saved_by'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new NotFound('policy-version-unknown')
  return present(row)
}

export async function listVersions(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('policy_version')
    .select(['version', 'note', 'saved_at as savedAt', 'saved_by as savedBy'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('version', 'desc')
    .limit(VERSIONS_SHOWN_MAX)
    .execute()
  const { version, note, savedAt, savedBy } = AS_SHIPPED
  return [...rows, { version, note, savedAt, savedBy }]
}

/** Compare-and-set: of two who save at once the second is told. */
export async function savePolicy(
  tx: WorkspaceTransaction,
  { against, note, ...kept }: Kept & { against: number; note: string },
): Promise<number> {
  const version = against + 1
  const { numAffectedRows } = await sql`
    insert into policy_version (workspace_id, version, document, note, saved_by)
    select ${tx.workspaceId}, ${version}, ${JSON.stringify(kept)}::jsonb, ${note}, ${tx.actor.id}
    where coalesce((select max(version) from policy_version where workspace_id = ${tx.workspaceId}), 0) = ${against}
    on conflict do nothing`.execute(tx.sql)
  if (numAffectedRows !== 1n) throw new Conflict('policy-changed')
  tx.record({ type: 'policy.changed', subjects: {}, codes: { version } })
  return version
}

export interface Times {
  undoSeconds: number
  approvalHours: number
}

export async function readTimes(tx: WorkspaceTransaction): Promise<Times> {
  const row = await tx.sql
    .selectFrom('publishing_setting')
    .select(['undo_seconds', 'approval_hours'])
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  return row ? { undoSeconds: row.undo_seconds, approvalHours: row.approval_hours } : TIMES_DEFAULT
}

export async function setTimes(tx: WorkspaceTransaction, given: Partial<Times>): Promise<void> {
  const times = { ...(await readTimes(tx)), ...given }
  const set = {
    undo_seconds: Math.min(times.undoSeconds, UNDO_SECONDS_SETTING_MAX),
    approval_hours: Math.min(times.approvalHours, APPROVAL_HOURS_MAX),
  }
  await tx.sql
    .insertInto('publishing_setting')
    .values({ workspace_id: tx.workspaceId, ...set })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(set))
    .execute()
  tx.record({ type: 'policy.times-changed', subjects: {}, codes: { ...times } })
}
