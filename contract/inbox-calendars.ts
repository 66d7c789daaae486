import { z } from 'zod'
import { shiftCalendar } from './accounts-staffing.ts'
import { CALENDARS_MAX, HOLIDAY_TYPES, POLICY_NAME_CHARACTERS_MAX } from './clock-words.ts'
import { id, nothing } from './pages.ts'
import { procedure } from './procedure.ts'

export const rulesName = z.string().trim().min(1).max(POLICY_NAME_CHARACTERS_MAX)
const place = z.string().max(20)
export const version = z.number().int().positive()
export const validFrom = z.coerce
  .date()
  .optional()
  .describe('Absent: now. In the past: figures and running waits are read anew with it')

const deskCalendar = shiftCalendar.extend({
  holidays: z
    .object({
      country: place,
      state: place.optional(),
      region: place.optional(),
      types: z.array(z.enum(HOLIDAY_TYPES)).min(1).max(5),
      worked: z.array(z.string().max(200)).max(100).optional().describe('Holidays on which the desk works, by rule'),
    })
    .optional(),
})
export type DeskCalendar = z.infer<typeof deskCalendar>

const calendarVersion = z.object({ version, validFrom: z.date(), madeAt: z.date(), rules: deskCalendar })
const calendar = z.object({
  calendarId: id,
  name: rulesName,
  usedBy: z.array(z.string()).describe('Names of the promises that count by it'),
  versions: z
    .array(calendarVersion)
    .describe('Newest first; at each instant holds the last made of those valid by then'),
})
const names = z.object({ de: z.string(), nl: z.string(), en: z.string() })
export const markName = z
  .union([names, z.string()])
  .nullable()
  .describe('Of a holiday in three languages; as people wrote it')

/** When desks work. */
export const calendars = {
  list: procedure({
    allow: 'inbox.read',
    method: 'GET',
    path: '/clock-calendars',
    summary: 'When desks work: every calendar with all its versions',
    input: nothing,
    output: z.object({ items: z.array(calendar) }),
  }),
  create: procedure({
    allow: 'clocks.manage',
    method: 'POST',
    path: '/clock-calendars',
    summary: `A new calendar, at most ${CALENDARS_MAX}`,
    input: z.object({ name: rulesName, rules: deskCalendar, validFrom }),
    output: z.object({ calendarId: id }),
  }),
  update: procedure({
    allow: 'clocks.manage',
    method: 'PUT',
    path: '/clock-calendars/{calendarId}',
    summary: 'A new version of the hours, from an instant on; what was before stays as it was',
    input: z.object({
      calendarId: id,
      against: version.describe('The version one saw'),
      name: rulesName,
      rules: deskCalendar,
      validFrom,
    }),
    output: z.object({ version }),
  }),
  remove: procedure({
    allow: 'clocks.manage',
    method: 'DELETE',
    path: '/clock-calendars/{calendarId}',
    summary: 'Takes a calendar away that no promise counts by any more',
    input: z.object({ calendarId: id }),
    output: nothing,
  }),
  preview: procedure({
    allow: 'clocks.manage',
    method: 'POST',
    path: '/clock-calendars/preview',
    summary:
      'What hours would mean: what is wrong with them, the next fortnight, the holidays of a year. Changes nothing.',
    input: z.object({ rules: deskCalendar, year: z.number().int().min(2000).max(2100) }),
    output: z.object({
      problems: z.array(z.object({ code: z.string(), place: z.string(), value: z.string() })),
      days: z.array(
        z.object({
          day: z.iso.date(),
          openMinutes: z.number(),
          hours: z.array(z.object({ from: z.date(), until: z.date() })),
          mark: z.object({ why: z.enum(['holiday', 'closed-day', 'special-day']), name: markName }).nullable(),
        }),
      ),
      holidays: z.array(
        z.object({ day: z.iso.date(), rule: z.string(), type: z.string(), names, worked: z.boolean() }),
      ),
    }),
  }),
  places: procedure({
    allow: 'clocks.manage',
    method: 'GET',
    path: '/clock-calendars/places',
    summary: 'Countries whose holidays are known, or the parts of one',
    input: z.object({ country: place.optional(), state: place.optional(), language: z.enum(['de', 'nl', 'en']) }),
    output: z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }),
  }),
}
