import { sql } from 'kysely'
import type { Role } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { byLanguage, type GuidelineLanguage } from './titles.ts'

const GUIDELINES_MAX = 200
const VERSIONS_MAX = 500

export type GuidelineTexts = Partial<Record<GuidelineLanguage, { title: string; text: string }>>
export interface Audience {
  forSpeakers: boolean
  roles: Role[]
  roleIds: string[]
}

interface NewVersion {
  texts: GuidelineTexts
  validFrom?: Date | undefined
}

export async function listGuidelines(tx: WorkspaceTransaction, now: Date) {
  const rows = await tx.sql
    .selectFrom('guideline as g')
    .innerJoin('guideline_version as v', (join) =>
      join.onRef('v.workspace_id', '=', 'g.workspace_id').onRef('v.guideline_id', '=', 'g.guideline_id'),
    )
    .select(['g.guideline_id', 'v.version', 'v.texts', 'v.valid_from', 'v.published_at', 'v.asks_again'])
    .where('g.workspace_id', '=', tx.workspaceId)
    .where('g.retired_at', 'is', null)
    .orderBy('g.created_at')
    .orderBy('g.guideline_id')
    .orderBy('v.version', 'desc')
    .limit(GUIDELINES_MAX * VERSIONS_MAX)
    .execute()
  return [...Map.groupBy(rows, (row) => row.guideline_id)].map(([guidelineId, versions]) => {
    const holds = versions.find((row) => row.valid_from <= now)
    const next = versions.find((row) => row.valid_from > now && row.version > (holds?.version ?? 0))
    return {
      guidelineId,
      titles: byLanguage((holds ?? next)?.texts as GuidelineTexts, ({ title }) => title),
      holds: holds ? brief(holds) : null,
      next: next ? brief(next) : null,
    }
  })
}

const brief = (row: { version: number; valid_from: Date; published_at: Date; asks_again: boolean }) => ({
  version: row.version,
  validFrom: row.valid_from,
  publishedAt: row.published_at,
  asksAgain: row.asks_again,
})

export async function readGuideline(tx: WorkspaceTransaction, guidelineId: string, memberId: string | null, now: Date) {
  const { rows } = await sql<{
    version: number
    texts: GuidelineTexts
    valid_from: Date
    published_at: Date
    asks_again: boolean
    acknowledged_at: Date | null
    for_speakers: boolean
    retired_at: Date | null
  }>`
    select v.version, v.texts, v.valid_from, v.published_at, v.asks_again, a.acknowledged_at, g.for_speakers, g.retired_at
    from guideline g
      join guideline_version v on v.workspace_id = g.workspace_id and v.guideline_id = g.guideline_id
      left join acknowledgement a on a.workspace_id = v.workspace_id and a.member_id = ${memberId}
        and a.guideline_id = v.guideline_id and a.version = v.version
    where g.workspace_id = ${tx.workspaceId} and g.guideline_id = ${guidelineId}
    order by v.version desc limit ${VERSIONS_MAX}`.execute(tx.sql)
  const [latest] = rows
  if (!latest) throw new NotFound('guideline-unknown')
  return {
    guidelineId,
    audience: await readAudience(tx, guidelineId, latest.for_speakers),
    holds: rows.find((row) => row.valid_from <= now)?.version ?? null,
    retiredAt: latest.retired_at,
    versions: rows.map((row) => ({ ...brief(row), texts: row.texts, acknowledgedAt: row.acknowledged_at })),
  }
}

async function readAudience(tx: WorkspaceTransaction, guidelineId: string, forSpeakers: boolean): Promise<Audience> {
  const rows = await tx.sql
    .selectFrom('guideline_role')
    .select(['role', 'role_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .execute()
  return {
    forSpeakers,
    roles: rows.flatMap(({ role }) => (role ? [role] : [])),
    roleIds: rows.flatMap(({ role_id }) => (role_id ? [role_id] : [])),
  }
}

export async function createGuideline(
  tx: WorkspaceTransaction,
  input: NewVersion & { audience: Audience },
  now: Date,
): Promise<string> {
  requireText(input.texts)
  const guidelineId = newId()
  if ((await listGuidelines(tx, now)).length >= GUIDELINES_MAX)
    throw new Invalid('too-many-guidelines', { guidelinesMax: GUIDELINES_MAX })
  await tx.sql
    .insertInto('guideline')
    .values({ workspace_id: tx.workspaceId, guideline_id: guidelineId, for_speakers: input.audience.forSpeakers })
    .execute()
  await writeRoles(tx, guidelineId, input.audience)
  await addVersion(tx, guidelineId, 1, input, true, now)
  tx.record({ type: 'guideline.created', subjects: { guidelineId } })
  return guidelineId
}

export async function publishVersion(
  tx: WorkspaceTransaction,
  input: NewVersion & { guidelineId: string; againstVersion: number; asksAgain: boolean },
  now: Date,
): Promise<number> {
  const { guidelineId } = input
  await lockGuideline(tx, guidelineId)
  const latest = await tx.sql
    .selectFrom('guideline_version')
    .select((select) => select.fn.max('version').as('version'))
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .executeTakeFirstOrThrow()
  if (latest.version !== input.againstVersion) throw new Conflict('guideline-changed', { version: latest.version })
  requireText(input.texts)
  const version = latest.version + 1
  if (version > VERSIONS_MAX) throw new Invalid('too-many-versions', { versionsMax: VERSIONS_MAX })
  await addVersion(tx, guidelineId, version, input, input.asksAgain, now)
  tx.record({ type: 'guideline.published', subjects: { guidelineId }, codes: { version, asksAgain: input.asksAgain } })
  return version
}

function requireText(texts: GuidelineTexts): void {
  if (Object.keys(texts).length === 0) throw new Invalid('guideline-without-text')
}

/** What was yesterday's rule cannot be written today. */
async function addVersion(
  tx: WorkspaceTransaction,
  guidelineId: string,
  version: number,
  { texts, validFrom }: NewVersion,
  asksAgain: boolean,
  now: Date,
): Promise<void> {
  await tx.sql
    .insertInto('guideline_version')
    .values({
      workspace_id: tx.workspaceId,
      guideline_id: guidelineId,
      version,
      texts: JSON.stringify(texts),
      valid_from: validFrom && validFrom > now ? validFrom : now,
      published_at: now,
      asks_again: asksAgain,
    })
    .execute()
}

export async function setAudience(tx: WorkspaceTransaction, guidelineId: string, audience: Audience): Promise<void> {
  await lockGuideline(tx, guidelineId)
  await tx.sql
    .updateTable('guideline')
    .set({ for_speakers: audience.forSpeakers })
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .execute()
  await tx.sql
    .deleteFrom('guideline_role')
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .execute()
  await writeRoles(tx, guidelineId, audience)
  tx.record({ type: 'guideline.audience-changed', subjects: { guidelineId } })
}

async function writeRoles(tx: WorkspaceTransaction, guidelineId: string, audience: Audience): Promise<void> {
  const roleIds = [...new Set(audience.roleIds)]
  if (roleIds.length > 0) {
    const known = await tx.sql
      .selectFrom('role')
      .select('role_id')
      .where('workspace_id', '=', tx.workspaceId)
      .where('role_id', 'in', roleIds)
      .execute()
    if (known.length < roleIds.length) throw new Invalid('role-unknown')
  }
  const rows = [
    ...[...new Set(audience.roles)].map((role) => ({ role, role_id: null })),
    ...roleIds.map((role_id) => ({ role: null, role_id })),
  ]
  if (rows.length === 0) return
  await tx.sql
    .insertInto('guideline_role')
    .values(rows.map((row) => ({ workspace_id: tx.workspaceId, guideline_id: guidelineId, ...row })))
    .execute()
}

export async function retireGuideline(tx: WorkspaceTransaction, guidelineId: string, now: Date): Promise<void> {
  await lockGuideline(tx, guidelineId)
  await tx.sql
    .updateTable('guideline')
    .set({ retired_at: now })
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .execute()
  tx.record({ type: 'guideline.retired', subjects: { guidelineId } })
}

/** Said twice is said once. Of a version that a newer one replaced it would be worth nothing. */
export async function acknowledge(
  tx: WorkspaceTransaction,
  memberId: string,
  { guidelineId, version, language }: { guidelineId: string; version: number; language: GuidelineLanguage },
): Promise<void> {
  await lockGuideline(tx, guidelineId)
  const { rows } = await sql<{ version: number; known: boolean; newer: boolean }>`
    select bool_or(version = ${version} and texts ? ${language}) as known,
      bool_or(version > ${version} and asks_again and valid_from <= now()) as newer
    from guideline_version where workspace_id = ${tx.workspaceId} and guideline_id = ${guidelineId}`.execute(tx.sql)
  if (!rows[0]?.known) throw new NotFound('guideline-version-unknown')
  if (rows[0].newer) throw new Conflict('guideline-newer')
  const { numInsertedOrUpdatedRows = 0n } = await tx.sql
    .insertInto('acknowledgement')
    .values({ workspace_id: tx.workspaceId, member_id: memberId, guideline_id: guidelineId, version, language })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows > 0n)
    tx.record({ type: 'guideline.acknowledged', subjects: { guidelineId, memberId }, codes: { version, language } })
}

/** Throws NotFound also for one that was retired. */
async function lockGuideline(tx: WorkspaceTransaction, guidelineId: string): Promise<void> {
  const row = await tx.sql
    .selectFrom('guideline')
    .select('guideline_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('guideline_id', '=', guidelineId)
    .where('retired_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('guideline-unknown')
}
