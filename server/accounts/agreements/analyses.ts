import { type RawBuilder, sql } from 'kysely'
import type { StaffFigure } from '../../../contract/accounts-agreements.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Forbidden, Invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { pageOf, readCursor, writeCursor } from '../../platform/keyset.ts'
import type { WorkspaceContext } from '../../platform/procedures.ts'
import { lockAgreement, memberOf, stateOf, workspaceDay } from './agreements.ts'

export interface StaffQuestion {
  agreementId: string
  memberId: string
  figures: StaffFigure[]
  /** First and last day, in the workspace's time zone. */
  from: string
  until: string
  reason: string
}

/** Proof that an agreement was asked: figures about one member take it as an argument, and there is no other way to get one. */
export interface AgreedUse {
  readonly analysisId: string
  readonly question: StaffQuestion
  readonly timeZone: string
}

/**
 * The one door to figures about one member. Says whether a released agreement covers exactly this, and writes the use down in the
 * same transaction: what is not logged is not answered. Throws Forbidden with what is missing.
 */
export async function useAgreement(
  tx: WorkspaceTransaction,
  me: Pick<WorkspaceContext['me'], 'memberId'>,
  question: StaffQuestion,
  now: Date,
): Promise<AgreedUse> {
  const analysedBy = memberOf(me)
  if (question.until < question.from) throw new Invalid('period-wrong')
  const row = await lockAgreement(tx, question.agreementId)
  const covered = await coverageOf(tx, row.team_id, question.memberId)
  const today = await workspaceDay(tx, now)
  const state = stateOf(row, today)
  if (state !== 'valid') throw new Forbidden('agreement-not-valid', { state })
  if (question.figures.some((figure) => !row.figures.includes(figure))) throw new Forbidden('agreement-figure')
  if (question.from < String(row.valid_from) || question.until > today) throw new Forbidden('agreement-period')
  if (!covered) throw new Forbidden('agreement-member')
  if (covered.since && question.from < covered.since)
    throw new Forbidden('agreement-before-team', { day: covered.since })
  const analysisId = newId()
  await tx.sql
    .insertInto('staff_analysis')
    .values({
      workspace_id: tx.workspaceId,
      analysis_id: analysisId,
      agreement_id: question.agreementId,
      member_id: question.memberId,
      analysed_by: analysedBy,
      figures: [...new Set(question.figures)],
      from_day: question.from,
      until_day: question.until,
      reason: question.reason,
      analysed_at: now,
    })
    .execute()
  tx.record({
    type: 'staff-analysis.made',
    subjects: { agreementId: question.agreementId, memberId: question.memberId, analysisId },
    codes: { figures: question.figures.join(','), from: question.from, until: question.until },
  })
  const { time_zone } = await tx.sql
    .selectFrom('workspace')
    .select('time_zone')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirstOrThrow()
  return { analysisId, question, timeZone: time_zone }
}

interface Coverage {
  /** First day in the team, in the workspace's time zone; null where the agreement is about everybody. */
  since: string | null
}

/**
 * Whose work the agreement is about: of a team's members, what they did since they were put into it. Whoever left it is covered
 * no more, for days in it either: nobody is looked at under what was agreed for others. Null: not this member.
 */
async function coverageOf(tx: WorkspaceTransaction, teamId: string | null, memberId: string): Promise<Coverage | null> {
  const { rows } = await sql<Coverage>`
    select to_char(t.joined_at at time zone w.time_zone, 'YYYY-MM-DD') as since
    from member m join workspace w on w.workspace_id = m.workspace_id
      left join team_member t on t.workspace_id = m.workspace_id and t.member_id = m.member_id and t.team_id = ${teamId}::uuid
    where m.workspace_id = ${tx.workspaceId} and m.member_id = ${memberId}`.execute(tx.sql)
  const [row] = rows
  if (!row) throw new Invalid('member-unknown')
  return teamId === null || row.since !== null ? row : null
}

interface Asked {
  after?: string | undefined
  limit: number
  memberId?: string
}

/** Uses, newest first; of one member where it is given. Served by staff_analysis_at and staff_analysis_member. */
export const analysesQuery = (tx: WorkspaceTransaction, { after, limit, memberId }: Asked): RawBuilder<AnalysisRow> => {
  const cursor = readCursor(after, 2)
  return sql<AnalysisRow>`
    select s.*, a.title from staff_analysis s
      join staff_agreement a on a.workspace_id = s.workspace_id and a.agreement_id = s.agreement_id
    where s.workspace_id = ${tx.workspaceId}
      ${memberId ? sql`and s.member_id = ${memberId}` : sql``}
      ${cursor ? sql`and (s.analysed_at, s.analysis_id) < (${cursor[0]}::timestamptz, ${cursor[1]}::uuid)` : sql``}
    order by s.analysed_at desc, s.analysis_id desc limit ${limit + 1}`
}

export async function listAnalyses(tx: WorkspaceTransaction, asked: Asked) {
  const { rows } = await analysesQuery(tx, asked).execute(tx.sql)
  const { items, nextCursor } = pageOf(rows, asked.limit, (row) => writeCursor(row.analysed_at, row.analysis_id))
  return { items: items.map(present), nextCursor }
}

interface AnalysisRow {
  analysis_id: string
  agreement_id: string
  title: string
  member_id: string
  analysed_by: string
  figures: StaffFigure[]
  from_day: string
  until_day: string
  reason: string
  analysed_at: Date
}

const present = (row: AnalysisRow) => ({
  analysisId: row.analysis_id,
  agreementId: row.agreement_id,
  agreement: row.title,
  memberId: row.member_id,
  analysedBy: row.analysed_by,
  figures: row.figures,
  from: row.from_day,
  until: row.until_day,
  reason: row.reason,
  analysedAt: row.analysed_at,
})
