import { sql } from 'kysely'
import type { z } from 'zod'
import {
  type segments as contract,
  ruleSchema,
  SEGMENTS_MAX,
  type SegmentRule,
} from '../../../contract/people-segments.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { nameKey } from '../name-keys.ts'

export type Segment = Omit<
  z.output<NonNullable<(typeof contract.list)['~orpc']['outputSchema']>>['items'][number],
  'count'
>

/** All segments of the workspace, by name. */
export async function readSegments(tx: WorkspaceTransaction): Promise<Segment[]> {
  const rows = await tx.sql
    .selectFrom('segment')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name_key')
    .limit(SEGMENTS_MAX)
    .execute()
  return rows.map((row) => ({
    segmentId: row.segment_id,
    name: row.name,
    purpose: row.purpose,
    rule: ruleSchema.parse(row.rule),
    changedAt: row.changed_at,
  }))
}

export async function requireSegment(tx: WorkspaceTransaction, segmentId: string): Promise<Segment> {
  const segment = (await readSegments(tx)).find((each) => each.segmentId === segmentId)
  if (!segment) throw new NotFound('segment-unknown')
  return segment
}

export async function createSegment(
  tx: WorkspaceTransaction,
  { name, purpose, rule }: { name: string; purpose: string; rule: SegmentRule },
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ many: number }>`
    select count(*)::int as many from segment where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  if ((rows[0]?.many ?? 0) >= SEGMENTS_MAX) throw new Invalid('too-many-segments', { max: SEGMENTS_MAX })
  const segmentId = newId()
  const inserted = await tx.sql
    .insertInto('segment')
    .values({
      workspace_id: tx.workspaceId,
      segment_id: segmentId,
      name,
      name_key: keyOf(name),
      purpose,
      rule: JSON.stringify(rule),
      created_at: at,
      created_by_kind: tx.actor.kind,
      created_by: tx.actor.id,
      changed_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (inserted.numInsertedOrUpdatedRows === 0n) throw new Conflict('segment-name-taken', { name })
  tx.record({ type: 'segment.created', subjects: { segment: segmentId }, content: { name } })
  return segmentId
}

interface SegmentChange {
  name?: string | undefined
  purpose?: string | undefined
  rule?: SegmentRule | undefined
}

export async function updateSegment(
  tx: WorkspaceTransaction,
  segmentId: string,
  { name, purpose, rule }: SegmentChange,
  at: Date,
): Promise<void> {
  const before = await requireSegment(tx, segmentId)
  if (name !== undefined) await refuseTaken(tx, segmentId, name)
  await tx.sql
    .updateTable('segment')
    .set({
      changed_at: at,
      ...(name === undefined ? {} : { name, name_key: keyOf(name) }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(rule === undefined ? {} : { rule: JSON.stringify(rule) }),
    })
    .where('workspace_id', '=', tx.workspaceId)
    .where('segment_id', '=', segmentId)
    .execute()
  tx.record({
    type: 'segment.changed',
    subjects: { segment: segmentId },
    codes: { rule: rule !== undefined },
    content: { name: name ?? before.name },
  })
}

async function refuseTaken(tx: WorkspaceTransaction, segmentId: string, name: string): Promise<void> {
  const taken = await tx.sql
    .selectFrom('segment')
    .select('segment_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('name_key', '=', keyOf(name))
    .where('segment_id', '<>', segmentId)
    .executeTakeFirst()
  if (taken) throw new Conflict('segment-name-taken', { name })
}

export async function removeSegment(tx: WorkspaceTransaction, segmentId: string): Promise<void> {
  const segment = await requireSegment(tx, segmentId)
  await tx.sql
    .deleteFrom('segment')
    .where('workspace_id', '=', tx.workspaceId)
    .where('segment_id', '=', segmentId)
    .execute()
  tx.record({ type: 'segment.removed', subjects: { segment: segmentId }, content: { name: segment.name } })
}

const keyOf = (name: string): string => nameKey(name) ?? name.trim().toLowerCase()
