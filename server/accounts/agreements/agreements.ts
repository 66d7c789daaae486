import { sql } from 'kysely'
import type { AGREEMENT_STATES, AgreedFigure } from '../../../contract/accounts-agreements.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import type { WorkspaceContext } from '../../platform/procedures.ts'

const AGREEMENTS_MAX = 200
const FOREIGN_KEY_VIOLATION = '23503'
const CHECK_VIOLATION = '23514'

type State = (typeof AGREEMENT_STATES)[number]
type Me = Pick<WorkspaceContext['me'], 'memberId' | 'permissions'>

export interface Agreement {
  agreementId: string
  title: string
  purpose: string
  figures: AgreedFigure[]
  teamId: string | null
  validFrom: string
  expiresOn: string
  state: State
  document: { documentId: string; name: string; hash: string }
  recordedBy: string
  recordedAt: Date
  releasedBy: string | null
  releasedAt: Date | null
  endedBy: string | null
  endedAt: Date | null
}

export async function listAgreements(tx: WorkspaceTransaction, now: Date): Promise<Agreement[]> {
  const today = await workspaceDay(tx, now)
  const rows = await tx.sql
    .selectFrom('staff_agreement as a')
    .innerJoin('staff_document as d', (join) =>
      join.onRef('d.workspace_id', '=', 'a.workspace_id').onRef('d.document_id', '=', 'a.document_id'),
    )
    .selectAll('a')
    .select(['d.name', 'd.hash'])
    .where('a.workspace_id', '=', tx.workspaceId)
    .orderBy('a.recorded_at', 'desc')
    .orderBy('a.agreement_id', 'desc')
    .limit(AGREEMENTS_MAX)
    .execute()
  return rows.map((row) => ({
    agreementId: row.agreement_id,
    title: row.title,
    purpose: row.purpose,
    figures: row.figures as AgreedFigure[],
    teamId: row.team_id,
    validFrom: String(row.valid_from),
    expiresOn: String(row.expires_on),
    state: stateOf(row, today),
    document: { documentId: row.document_id, name: row.name, hash: row.hash },
    recordedBy: row.recorded_by,
    recordedAt: row.recorded_at,
    releasedBy: row.released_by,
    releasedAt: row.released_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
  }))
}

/** Those that allow something today. */
export const validAgreements = async (tx: WorkspaceTransaction, now: Date): Promise<Agreement[]> =>
  (await listAgreements(tx, now)).filter(({ state }) => state === 'valid')

/** From which day on the desk's own figures are told although fewer than five people made them; null: no agreement says so. */
export async function deskAgreedSince(tx: WorkspaceTransaction, now: Date): Promise<string | null> {
  const agreed = (await validAgreements(tx, now)).filter(({ figures }) => figures.includes('desk-response'))
  return agreed.map(({ validFrom }) => validFrom).sort()[0] ?? null
}

interface StateColumns {
  valid_from: unknown
  expires_on: unknown
  released_at: Date | null
  ended_at: Date | null
}

/** Days are of the workspace's time zone, written as YYYY-MM-DD, which sorts as it reads. */
export function stateOf(row: StateColumns, today: string): State {
  if (row.ended_at) return 'ended'
  if (today > String(row.expires_on)) return 'expired'
  if (!row.released_at) return 'awaiting-release'
  return today < String(row.valid_from) ? 'not-yet' : 'valid'
}

/** As YYYY-MM-DD, in the workspace's time zone. */
export async function workspaceDay(tx: WorkspaceTransaction, at: Date): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    select to_char(${at}::timestamptz at time zone time_zone, 'YYYY-MM-DD') as day
    from workspace where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  return rows[0]?.day ?? at.toISOString().slice(0, 10)
}

export interface NewAgreement {
  title: string
  purpose: string
  figures: AgreedFigure[]
  teamId: string | null
  validFrom: string
  expiresOn: string
  documentId: string
}

/** Recorded by whoever wants to analyse; nothing may be analysed yet. Throws Invalid when its dates or its document are wrong. */
export async function recordAgreement(
  tx: WorkspaceTransaction,
  me: Me,
  input: NewAgreement,
  at: Date,
): Promise<string> {
  const recordedBy = memberOf(me)
  if (input.teamId && input.figures.includes('desk-response')) throw new Invalid('agreement-whole-desk')
  const agreementId = newId()
  await tx.sql
    .insertInto('staff_agreement')
    .values({
      workspace_id: tx.workspaceId,
      agreement_id: agreementId,
      title: input.title,
      purpose: input.purpose,
      document_id: input.documentId,
      figures: [...new Set(input.figures)],
      team_id: input.teamId,
      valid_from: input.validFrom,
      expires_on: input.expiresOn,
      recorded_by: recordedBy,
      recorded_at: at,
    })
    .execute()
    .catch((error: { code?: string; constraint?: string }) => {
      if (error.code === CHECK_VIOLATION) throw new Invalid('agreement-dates')
      if (error.code === FOREIGN_KEY_VIOLATION)
        throw new Invalid(error.constraint?.includes('team') ? 'team-unknown' : 'document-unknown')
      throw error
    })
  tx.record({
    type: 'staff-agreement.recorded',
    subjects: { agreementId, ...(input.teamId ? { teamId: input.teamId } : {}) },
    codes: { figures: input.figures.join(','), from: input.validFrom, until: input.expiresOn },
  })
  return agreementId
}

/**
 * The council's release, of the document that they read. Whoever could analyse, or give themselves the council's role, is
 * the other side of the table and releases nothing, although their role holds the permission (nobody gives more than they have).
 */
export async function releaseAgreement(
  tx: WorkspaceTransaction,
  me: Me,
  { agreementId, hash }: { agreementId: string; hash: string },
  at: Date,
): Promise<void> {
  const releasedBy = memberOf(me)
  const row = await lockAgreement(tx, agreementId)
  const isOtherSide = me.permissions.has('staff.analyse') || me.permissions.has('members.manage')
  if (isOtherSide || row.recorded_by === releasedBy) throw new Forbidden('council-alone')
  if (row.released_at || row.ended_at) throw new Conflict('agreement-changed')
  const document = await tx.sql
    .selectFrom('staff_document')
    .select('hash')
    .where('workspace_id', '=', tx.workspaceId)
    .where('document_id', '=', row.document_id)
    .executeTakeFirstOrThrow()
  if (document.hash !== hash) throw new Conflict('agreement-changed')
  await tx.sql
    .updateTable('staff_agreement')
    .set({ released_by: releasedBy, released_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('agreement_id', '=', agreementId)
    .execute()
  tx.record({ type: 'staff-agreement.released', subjects: { agreementId } })
}

/** At once and for good, by either side. */
export async function endAgreement(tx: WorkspaceTransaction, me: Me, agreementId: string, at: Date): Promise<void> {
  const endedBy = memberOf(me)
  if (!me.permissions.has('staff.council') && !me.permissions.has('staff.analyse'))
    throw new Forbidden('permission-missing', { permission: 'staff.council' })
  const row = await lockAgreement(tx, agreementId)
  if (row.ended_at) throw new Conflict('agreement-changed')
  await tx.sql
    .updateTable('staff_agreement')
    .set({ ended_by: endedBy, ended_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('agreement_id', '=', agreementId)
    .execute()
  tx.record({ type: 'staff-agreement.ended', subjects: { agreementId } })
}

export async function lockAgreement(tx: WorkspaceTransaction, agreementId: string) {
  const row = await tx.sql
    .selectFrom('staff_agreement')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('agreement_id', '=', agreementId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new NotFound('agreement-unknown')
  return row
}

/** An agreement is between people: no key records, releases, ends or uses one. */
export function memberOf({ memberId }: Pick<Me, 'memberId'>): string {
  if (!memberId) throw new Forbidden('people-only')
  return memberId
}
