import { sql } from 'kysely'
import type { z } from 'zod'
import type { ClockRules, clockTarget } from '../../../contract/inbox-clocks.ts'
import {
  type Calendar,
  type CalendarRules,
  openCalendarVersions,
  type Policy,
  type PromiseRules,
  policyOver,
  standingVersions,
} from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'

/** A version of a promise with its hours laid out: what reads the waits that begin while it is valid. */
export interface PromiseVersion {
  clockPolicyId: string
  name: string
  version: number
  applies: ClockRules['applies']
  /** Epoch milliseconds. */
  madeAt: number
  policy: Policy
}

export interface Promises {
  /** By id; each with the versions that hold at some time, in the order of time, and when it was taken away. */
  all: ReadonlyMap<string, { versions: (PromiseVersion & { validFrom: number })[]; removedAt: number }>
  /** Instants at which another version may hold. */
  boundaries: readonly number[]
  /** Segments that some target asks for. */
  segmentIds: ReadonlySet<string>
}

export interface StoredVersion {
  clock_policy_id: string
  name: string
  created_at: Date
  removed_at: Date | null
  version: number
  valid_from: Date
  made_at: Date
  calendar_id: string
  applies: ClockRules['applies']
  rules: Omit<ClockRules, 'calendarId' | 'applies'>
}
interface StoredCalendar {
  calendar_id: string
  valid_from: Date
  rules: CalendarRules
}

export async function readPromises(tx: WorkspaceTransaction): Promise<Promises> {
  const stored = await storedVersions(tx)
  const calendars = await openCalendars(tx)
  const all = new Map<string, { versions: (PromiseVersion & { validFrom: number })[]; removedAt: number }>()
  for (const [clockPolicyId, made] of Map.groupBy(stored, (row) => row.clock_policy_id)) {
    const versions = made.map((row) => ({
      clockPolicyId,
      name: row.name,
      version: row.version,
      applies: row.applies,
      madeAt: row.made_at.getTime(),
      validFrom: row.valid_from.getTime(),
      policy: policyOver(rulesOf(row), calendarOf(calendars, row.calendar_id)),
    }))
    const removedAt = made[0]?.removed_at?.getTime() ?? Number.POSITIVE_INFINITY
    all.set(clockPolicyId, { versions: standingVersions(versions), removedAt })
  }
  const boundaries = [...all.values()].flatMap(({ versions, removedAt }) => [
    ...versions.map(({ validFrom }) => validFrom),
    ...(Number.isFinite(removedAt) ? [removedAt] : []),
  ])
  const targets = [...all.values()].flatMap(({ versions }) => versions.flatMap(({ policy }) => policy.rules.targets))
  return {
    all,
    boundaries: [...new Set(boundaries)].sort((a, b) => a - b),
    segmentIds: new Set(targets.flatMap(({ segment }) => (segment === undefined ? [] : [segment]))),
  }
}

/** Every version of every promise, those that were taken away too, in the order in which they were made. */
export async function storedVersions(tx: WorkspaceTransaction): Promise<StoredVersion[]> {
  const { rows } = await sql<StoredVersion>`
    select p.clock_policy_id, p.name, p.created_at, p.removed_at, v.version, v.valid_from, v.made_at, v.calendar_id,
      v.applies, v.rules
    from clock_policy p join clock_policy_version v on v.workspace_id = p.workspace_id
      and v.clock_policy_id = p.clock_policy_id
    where p.workspace_id = ${tx.workspaceId} order by p.created_at, p.clock_policy_id, v.version`.execute(tx.sql)
  return rows
}

/** As the pure rules name things: a segment is a word to them. */
export const rulesOf = ({ version, rules }: Pick<StoredVersion, 'version' | 'rules'>): PromiseRules => ({
  version: String(version),
  targets: rules.targets.map(targetOf),
  pauses: rules.pauses,
  answers: rules.answers,
  reopening: rules.reopening,
  ladders: rules.ladders,
})

const targetOf = ({ clock, priority, segmentId, minutes }: z.infer<typeof clockTarget>) => ({
  clock,
  minutes,
  ...(priority === undefined ? {} : { priority }),
  ...(segmentId === undefined ? {} : { segment: segmentId }),
})

/** Laid-out years are worth keeping; a calendar is the same as long as its versions are. */
const laidOut = new Map<string, Promise<Calendar>>()
const LAID_OUT_MAX = 200

/** The hours of each desk, over all their versions. */
export async function openCalendars(tx: WorkspaceTransaction): Promise<Map<string, Calendar>> {
  const { rows } = await sql<StoredCalendar>`
    select calendar_id, valid_from, rules from calendar_version
    where workspace_id = ${tx.workspaceId} order by calendar_id, version`.execute(tx.sql)
  const calendars = new Map<string, Calendar>()
  for (const [calendarId, versions] of Map.groupBy(rows, (row) => row.calendar_id)) {
    const made = versions.map(({ valid_from, rules }) => ({ validFrom: valid_from.getTime(), rules }))
    const key = JSON.stringify(made)
    const known = laidOut.get(key)
    if (!known && laidOut.size >= LAID_OUT_MAX) laidOut.clear()
    const opened = known ?? openCalendarVersions(made)
    laidOut.set(key, opened)
    calendars.set(calendarId, await opened)
  }
  return calendars
}

function calendarOf(calendars: Map<string, Calendar>, calendarId: string): Calendar {
  const calendar = calendars.get(calendarId)
  if (!calendar) throw new Error(`no versions of calendar ${calendarId}`)
  return calendar
}
