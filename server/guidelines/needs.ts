import { sql } from 'kysely'
import { ROLE_PERMISSIONS, type Role } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type GuidelineSettings, readSettings } from './settings.ts'
import { type Since, type Stand, standingOfGuideline, standingOfTraining } from './standing.ts'
import type { Titles } from './titles.ts'

const MEMBERS_MAX = 1000

/** A guideline or training that somebody needs. */
export interface Need extends Stand {
  kind: 'guideline' | 'training'
  aboutId: string
  titles: Titles
  /** The version that asks. */
  version: number
  /** Once done it ended or ends by itself, whether or not the gate is closed. */
  ends: boolean
}

export interface MemberNeeds {
  memberId: string
  name: string
  needs: Need[]
}

/** What members need, and where they stand with it; of all active ones, or of those that are named. */
export async function needsOf(
  tx: WorkspaceTransaction,
  now: Date,
  memberIds: string[] | null = null,
): Promise<{ settings: GuidelineSettings; members: MemberNeeds[] }> {
  const settings = await readSettings(tx)
  const members = await loadMembers(tx, memberIds)
  const guidelines = await loadGuidelines(tx, now)
  const trainings = await loadTrainings(tx)
  const ids = members.map((member) => member.member_id)
  const acknowledged = await loadAcknowledged(tx, ids)
  const passed = await loadPassed(tx, ids)
  return {
    settings,
    members: members.map((member) => {
      const sinceOf = (askedSince: Date): Since => ({ askedSince, joinedAt: member.created_at, ...settings })
      const speaks = maySpeakSomewhere(member)
      const read = guidelines
        .filter((one) => isFor(one, member, speaks))
        .map((one) => {
          const last = acknowledged.get(`${member.member_id} ${one.guideline_id}`) ?? null
          const stand = standingOfGuideline({ version: one.asked_version }, last, sinceOf(one.asked_since), now)
          return {
            kind: 'guideline' as const,
            aboutId: one.guideline_id,
            titles: one.titles,
            version: one.asked_version,
            ends: false,
            ...stand,
          }
        })
      const learnt = (speaks ? trainings : []).map((one) => {
        const last = passed.get(`${member.member_id} ${one.training_id}`) ?? null
        const stand = standingOfTraining(one.asked_version, last, sinceOf(one.asked_since), now)
        return {
          kind: 'training' as const,
          aboutId: one.training_id,
          titles: one.titles,
          version: one.asked_version,
          ends: last !== null && last.version >= one.asked_version,
          ...stand,
        }
      })
      return { memberId: member.member_id, name: member.name, needs: [...read, ...learnt] }
    }),
  }
}

interface MemberRow {
  member_id: string
  name: string
  created_at: Date
  role: Role | null
  role_id: string | null
  permissions: string[] | null
  at_sources: { role: Role | 'none' | null; permissions: string[] | null }[]
}

async function loadMembers(tx: WorkspaceTransaction, memberIds: string[] | null): Promise<MemberRow[]> {
  const named = memberIds ? sql`and m.member_id = any(${memberIds}::uuid[])` : sql``
  const { rows } = await sql<MemberRow>`
    select m.member_id, m.name, m.created_at, m.role, m.role_id, r.permissions,
      coalesce((select jsonb_agg(jsonb_build_object('role', s.role, 'permissions', o.permissions))
        from member_source_role s left join role o on o.workspace_id = s.workspace_id and o.role_id = s.role_id
        where s.workspace_id = m.workspace_id and s.member_id = m.member_id), '[]') as at_sources
    from member m left join role r on r.workspace_id = m.workspace_id and r.role_id = m.role_id
    where m.workspace_id = ${tx.workspaceId} and m.state = 'active' ${named}
    order by m.name, m.member_id limit ${MEMBERS_MAX}`.execute(tx.sql)
  return rows
}

const SPEAK = 'answers.speak'
/** Whoever speaks for one account only speaks in public all the same. */
const maySpeakSomewhere = (member: MemberRow): boolean =>
  [member, ...member.at_sources].some(({ role, permissions }) =>
    role && role !== 'none' ? ROLE_PERMISSIONS[role].includes(SPEAK) : (permissions ?? []).includes(SPEAK),
  )

interface GuidelineRow {
  guideline_id: string
  for_speakers: boolean
  titles: Titles
  asked_version: number
  asked_since: Date
  roles: (string | null)[]
  role_ids: (string | null)[]
}

const isFor = (one: GuidelineRow, member: MemberRow, speaks: boolean): boolean =>
  (one.for_speakers && speaks) ||
  (member.role !== null && one.roles.includes(member.role)) ||
  (member.role_id !== null && one.role_ids.includes(member.role_id))

/** The latest version that holds gives the title; the latest one that asks again says what must be acknowledged. */
async function loadGuidelines(tx: WorkspaceTransaction, now: Date): Promise<GuidelineRow[]> {
  const { rows } = await sql<GuidelineRow>`
    select g.guideline_id, g.for_speakers, held.titles, asked.version as asked_version, asked.valid_from as asked_since,
      array(select r.role from guideline_role r where r.workspace_id = g.workspace_id
        and r.guideline_id = g.guideline_id and r.role is not null) as roles,
      array(select r.role_id::text from guideline_role r where r.workspace_id = g.workspace_id
        and r.guideline_id = g.guideline_id and r.role_id is not null) as role_ids
    from guideline g
      join lateral (select (select jsonb_object_agg(t.key, t.value ->> 'title') from jsonb_each(v.texts) t) as titles
        from guideline_version v where v.workspace_id = g.workspace_id and v.guideline_id = g.guideline_id
          and v.valid_from <= ${now} order by v.version desc limit 1) held on true
      join lateral (select v.version, v.valid_from from guideline_version v
        where v.workspace_id = g.workspace_id and v.guideline_id = g.guideline_id
          and v.valid_from <= ${now} and v.asks_again order by v.version desc limit 1) asked on true
    where g.workspace_id = ${tx.workspaceId} and g.retired_at is null
    order by g.created_at, g.guideline_id`.execute(tx.sql)
  return rows
}

async function loadTrainings(tx: WorkspaceTransaction) {
  const { rows } = await sql<{ training_id: string; asked_version: number; asked_since: Date; titles: Titles }>`
    select training_id, asked_version, asked_since,
      (select jsonb_object_agg(t.key, t.value ->> 'title') from jsonb_each(texts) t) as titles
    from training where workspace_id = ${tx.workspaceId} and retired_at is null
    order by created_at, training_id`.execute(tx.sql)
  return rows
}

async function loadAcknowledged(tx: WorkspaceTransaction, memberIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ member_id: string; guideline_id: string; version: number }>`
    select member_id, guideline_id, max(version) as version from acknowledgement
    where workspace_id = ${tx.workspaceId} and member_id = any(${memberIds}::uuid[])
    group by member_id, guideline_id`.execute(tx.sql)
  return new Map(rows.map((row) => [`${row.member_id} ${row.guideline_id}`, row.version]))
}

async function loadPassed(tx: WorkspaceTransaction, memberIds: string[]) {
  const { rows } = await sql<{ member_id: string; training_id: string; version: number; valid_until: Date | null }>`
    select member_id, training_id, passed_version as version, valid_until from training_standing
    where workspace_id = ${tx.workspaceId} and member_id = any(${memberIds}::uuid[]) and passed_version is not null`.execute(
    tx.sql,
  )
  return new Map(
    rows.map((row) => [`${row.member_id} ${row.training_id}`, { version: row.version, validUntil: row.valid_until }]),
  )
}
