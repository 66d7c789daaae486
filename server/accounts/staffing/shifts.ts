import type { z } from 'zod'
import type { shiftCalendar } from '../../../contract/accounts-staffing.ts'
import { type CalendarRules, calendarProblems, openCalendar, serviceMsBetween } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { Conflict, Invalid, NotFound } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'

const SHIFTS_MAX = 200
/** The calendar works in whole minutes. */
const MINUTE_MS = 60_000

type ShiftCalendar = z.infer<typeof shiftCalendar>

export interface Shift {
  shiftId: string
  version: number
  name: string
  calendar: ShiftCalendar
  memberIds: string[]
}
type NewShift = Omit<Shift, 'shiftId' | 'version'>

export async function listShifts(tx: WorkspaceTransaction): Promise<Shift[]> {
  const shifts = await tx.sql
    .selectFrom('shift')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('name')
    .limit(SHIFTS_MAX)
    .execute()
  const members = await tx.sql
    .selectFrom('shift_member')
    .select(['shift_id', 'member_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .execute()
  return shifts.map((row) => ({
    shiftId: row.shift_id,
    version: row.version,
    name: row.name,
    calendar: row.calendar as unknown as ShiftCalendar,
    memberIds: members.filter((member) => member.shift_id === row.shift_id).map((member) => member.member_id),
  }))
}

export async function createShift(tx: WorkspaceTransaction, shift: NewShift): Promise<string> {
  await requireSound(tx, shift, null)
  const shiftId = newId()
  await tx.sql
    .insertInto('shift')
    .values({
      workspace_id: tx.workspaceId,
      shift_id: shiftId,
      name: shift.name,
      calendar: JSON.stringify(shift.calendar),
    })
    .execute()
  await setMembers(tx, shiftId, shift.memberIds)
  tx.record({ type: 'shift.created', subjects: { shiftId } })
  return shiftId
}

export async function updateShift(
  tx: WorkspaceTransaction,
  shiftId: string,
  version: number,
  shift: NewShift,
): Promise<number> {
  await requireSound(tx, shift, shiftId)
  const { numUpdatedRows } = await tx.sql
    .updateTable('shift')
    .set({ name: shift.name, calendar: JSON.stringify(shift.calendar), version: version + 1 })
    .where('workspace_id', '=', tx.workspaceId)
    .where('shift_id', '=', shiftId)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!numUpdatedRows) {
    if ((await listShifts(tx)).some((one) => one.shiftId === shiftId)) throw new Conflict('shift-changed')
    throw new NotFound('shift-unknown')
  }
  await setMembers(tx, shiftId, shift.memberIds)
  tx.record({ type: 'shift.changed', subjects: { shiftId } })
  return version + 1
}

export async function removeShift(tx: WorkspaceTransaction, shiftId: string): Promise<void> {
  const gone = await tx.sql
    .deleteFrom('shift')
    .where('workspace_id', '=', tx.workspaceId)
    .where('shift_id', '=', shiftId)
    .returning('shift_id')
    .executeTakeFirst()
  if (!gone) throw new NotFound('shift-unknown')
  tx.record({ type: 'shift.removed', subjects: { shiftId } })
}

/** For members with shifts whether one of theirs is on; those without any are absent: nobody set hours for them. */
export async function onShift(tx: WorkspaceTransaction, at: Date): Promise<Map<string, boolean>> {
  const working = new Map<string, boolean>()
  for (const { calendar, memberIds } of await listShifts(tx)) {
    if (memberIds.length === 0) continue
    const isOn = await isOpen(calendar, at)
    for (const memberId of memberIds) working.set(memberId, isOn || (working.get(memberId) ?? false))
  }
  return working
}

async function isOpen(rules: ShiftCalendar, at: Date): Promise<boolean> {
  const calendar = await openCalendar(rulesOf(rules))
  // Kept calendars were sound when they were kept; one that is no longer keeps nobody from work.
  if ('problems' in calendar) return true
  const minute = Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS
  return serviceMsBetween(calendar, minute, minute + MINUTE_MS) > 0
}

/** As it comes out of JSON, which knows no undefined. */
const rulesOf = (calendar: ShiftCalendar): CalendarRules => calendar as CalendarRules

async function requireSound(tx: WorkspaceTransaction, shift: NewShift, shiftId: string | null): Promise<void> {
  const [problem] = await calendarProblems(rulesOf(shift.calendar))
  if (problem)
    throw new Invalid('calendar-wrong', { problem: problem.code, place: problem.place, value: problem.value })
  const shifts = await listShifts(tx)
  if (shifts.some((one) => one.name === shift.name && one.shiftId !== shiftId))
    throw new Conflict('shift-name-taken', { name: shift.name })
  if (shiftId === null && shifts.length >= SHIFTS_MAX) throw new Invalid('too-many-shifts', { shiftsMax: SHIFTS_MAX })
}

async function setMembers(tx: WorkspaceTransaction, shiftId: string, memberIds: string[]): Promise<void> {
  await tx.sql
    .deleteFrom('shift_member')
    .where('workspace_id', '=', tx.workspaceId)
    .where('shift_id', '=', shiftId)
    .execute()
  const ids = [...new Set(memberIds)]
  if (ids.length === 0) return
  const known = await tx.sql
    .selectFrom('member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('member_id', 'in', ids)
    .execute()
  if (known.length < ids.length) throw new Invalid('member-unknown')
  await tx.sql
    .insertInto('shift_member')
    .values(ids.map((member_id) => ({ workspace_id: tx.workspaceId, shift_id: shiftId, member_id })))
    .execute()
}
