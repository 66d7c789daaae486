import { z } from 'zod'
import { name } from './accounts-fields.ts'
import { id, nothing } from './pages.ts'
import { PERMISSIONS } from './permissions.ts'
import { procedure } from './procedure.ts'

export const PRESENCES = ['available', 'away', 'off'] as const
export const SKILLS_MAX = 50
const presence = z.enum(PRESENCES)

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'HH:MM')
const day = z.iso.date()
const hours = z.array(z.object({ from: time, until: time })).max(12)
export const shiftCalendar = z.object({
  timeZone: z.string().max(64),
  week: z.object({
    monday: hours,
    tuesday: hours,
    wednesday: hours,
    thursday: hours,
    friday: hours,
    saturday: hours,
    sunday: hours,
  }),
  closed: z
    .array(z.object({ from: day, until: day, name: z.string().max(100).optional() }))
    .max(500)
    .describe('First and last day without hours'),
  special: z
    .array(z.object({ day, hours, name: z.string().max(100).optional() }))
    .max(500)
    .describe('Days with hours of their own'),
})

const skillNames = z.array(z.string().trim().min(1).max(100)).max(SKILLS_MAX)
const languages = z.array(z.string().regex(/^[a-z]{2,3}$/)).max(SKILLS_MAX)
const shiftFields = { name, calendar: shiftCalendar, memberIds: z.array(id).max(500) }
const version = z.number().int().positive()
const staffingVersion = z.string().max(64).describe('Of what was read, opaque')

/** Who can take work: nothing here counts what anybody did. */
export const staffing = {
  list: procedure({
    allow: 'members.read',
    method: 'GET',
    path: '/staffing',
    summary: 'Who is there now, and what they can take: to hand work over. Presence has no history.',
    input: nothing,
    output: z.object({
      items: z.array(z.object({ memberId: id, presence, languages, products: skillNames })),
    }),
  }),
  mine: procedure({
    allow: 'workspace.read',
    method: 'GET',
    path: '/members/me/staffing',
    summary: 'One’s own presence and shifts, and what one may do but cannot at the moment',
    input: nothing,
    output: z.object({
      presence: presence.describe('As one set it'),
      until: z.date().nullable().describe('Until when it holds'),
      now: presence.describe('As colleagues see it: outside one’s shifts one is off'),
      shifts: z.array(z.string()),
      asleep: z
        .array(
          z.object({
            permission: z.enum(PERMISSIONS),
            reason: z.string(),
            params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
          }),
        )
        .describe('Permissions that are withheld until something is done'),
    }),
  }),
  setPresence: procedure({
    allow: 'workspace.read',
    method: 'PUT',
    path: '/members/me/presence',
    summary: 'Says whether one takes work',
    input: z.object({ presence, until: z.coerce.date().nullable().default(null) }),
    output: nothing,
  }),
  get: procedure({
    allow: 'members.manage',
    method: 'GET',
    path: '/members/{memberId}/staffing',
    summary: 'What a member can take',
    input: z.object({ memberId: id }),
    output: z.object({
      languages,
      products: skillNames,
      capacity: z.number().int().nullable(),
      version: staffingVersion,
    }),
  }),
  update: procedure({
    allow: 'members.manage',
    method: 'PUT',
    path: '/members/{memberId}/staffing',
    summary:
      'Sets which languages and products a member takes, and how many open conversations at once. Conflict `staffing-changed` when somebody else was faster.',
    input: z.object({
      memberId: id,
      languages,
      products: skillNames,
      capacity: z.number().int().min(0).max(1000).nullable().describe('Null: no limit'),
      against: staffingVersion.optional().describe('Absent: whatever stands there'),
    }),
    output: z.object({ version: staffingVersion }),
  }),
}

/** Invalid `calendar-wrong` (problem, place, value) names the first thing that is wrong with hours and days. */
export const shifts = {
  list: procedure({
    allow: 'members.read',
    method: 'GET',
    path: '/shifts',
    summary: 'Shifts and who works in them',
    input: nothing,
    output: z.object({ items: z.array(z.object({ shiftId: id, version, ...shiftFields })) }),
  }),
  create: procedure({
    allow: 'members.manage',
    method: 'POST',
    path: '/shifts',
    summary: 'A new shift: a week with split hours, in a time zone, with days that are other',
    input: z.object(shiftFields),
    output: z.object({ shiftId: id }),
  }),
  update: procedure({
    allow: 'members.manage',
    method: 'PUT',
    path: '/shifts/{shiftId}',
    summary: 'Changes a shift. Conflict `shift-changed` when somebody else was faster.',
    input: z.object({ shiftId: id, version, ...shiftFields }),
    output: z.object({ version }),
  }),
  remove: procedure({
    allow: 'members.manage',
    method: 'DELETE',
    path: '/shifts/{shiftId}',
    summary: 'Removes a shift; whoever is in no other one is there at any time',
    input: z.object({ shiftId: id }),
    output: nothing,
  }),
}
