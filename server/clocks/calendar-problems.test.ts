import { describe, expect, it } from 'vitest'
import { calendarProblems } from './calendar-problems.ts'
import { type CalendarRules, type HolidayType, NEVER_OPEN, type OpenHours } from './calendar-rules.ts'
import { holidayPlaces, holidaysOf } from './holidays.ts'
import { OFFICE_WEEK, officeRules } from './testing/desk.ts'

const named = async (changed: Partial<CalendarRules>): Promise<string[]> =>
  (await calendarProblems(officeRules(changed))).map(({ code, place, value }) => `${code} ${place} ${value}`)
const monday = (...hours: OpenHours[]): Partial<CalendarRules> => ({ week: { ...OFFICE_WEEK, monday: hours } })

describe('a calendar’s problems', () => {
  it('are none for a sound one', async () => {
    expect(await named({})).toEqual([])
    expect(await named(monday({ from: '22:00', until: '06:00' }, { from: '06:00', until: '22:00' }))).toEqual([])
    expect(await named({ holidays: { country: 'DE', state: 'BY', region: 'A', types: ['public'] } })).toEqual([])
  })

  it('name a time zone that is none, and one that knows no summer', async () => {
    expect(await named({ timeZone: 'Europe/Atlantis' })).toEqual(['time-zone-unknown timeZone Europe/Atlantis'])
    expect(await named({ timeZone: '+02:00' })).toEqual(['time-zone-unknown timeZone +02:00'])
    expect(await named({ timeZone: '' })).toEqual(['time-zone-unknown timeZone '])
  })

  it('name hours that are none', async () => {
    for (const [from, until] of [
      ['9:00', '17:00'],
      ['09:00', '25:00'],
      ['09:60', '17:00'],
      ['09:00', '09:00'],
      ['24:00', '06:00'],
      ['09:00', ''],
    ] as const) {
      expect(await named(monday({ from, until }))).toEqual([`hours-malformed week.monday ${from}–${until}`])
    }
    const many = Array.from({ length: 13 }, (_, hour) => ({ from: `${10 + hour}:00`, until: `${10 + hour}:30` }))
    expect(await named(monday(...many))).toEqual(['too-many-hours week.monday 13'])
  })

  it('name hours that overlap, also over midnight and over the week’s end', async () => {
    expect(await named(monday({ from: '13:00', until: '17:00' }, { from: '09:00', until: '13:30' }))).toEqual([
      'hours-overlap week.monday 13:00–17:00',
    ])
    expect(await named(monday({ from: '20:00', until: '09:30' }))).toEqual(['hours-overlap week.tuesday 09:00–12:30'])
    expect(await named({ week: { ...OFFICE_WEEK, sunday: [{ from: '23:00', until: '10:00' }] } })).toEqual([
      'hours-overlap week.monday 09:00–12:30',
    ])
  })

  it('name days that are none, and closed days that end before they begin', async () => {
    expect(await named({ closed: [{ from: '2026-02-29', until: '2026-03-01' }] })).toEqual([
      'day-malformed closed.0 2026-02-29',
    ])
    expect(await named({ closed: [{ from: '2026-03-02', until: '2026-03-01' }] })).toEqual([
      'closed-ends-before-it-begins closed.0 2026-03-02–2026-03-01',
    ])
    const day = '2026-03-01'
    expect(await named({ special: [{ day, hours: [] }] })).toEqual([`special-day-without-hours special.0 ${day}`])
    const hours = [{ from: '10:00', until: '11:00' }]
    expect(
      await named({
        special: [
          { day, hours },
          { day, hours },
        ],
      }),
    ).toEqual([`special-day-twice special.1 ${day}`])
    const closed = Array.from({ length: 501 }, () => ({ from: day, until: day }))
    expect(await named({ closed })).toEqual(['too-many-days closed 501'])
  })

  it('name places and kinds of holidays that nobody knows', async () => {
    const types = ['public'] as const
    expect(await named({ holidays: { country: 'XX', types } })).toEqual(['country-unknown holidays XX'])
    expect(await named({ holidays: { country: '__proto__', types } })).toEqual(['country-unknown holidays __proto__'])
    expect(await named({ holidays: { country: 'DE', state: 'XX', types } })).toEqual(['state-unknown holidays XX'])
    expect(await named({ holidays: { country: 'DE', state: 'BY', region: 'XX', types } })).toEqual([
      'region-unknown holidays XX',
    ])
    expect(await named({ holidays: { country: 'DE', region: 'A', types } })).toEqual(['state-unknown holidays '])
    expect(await named({ holidays: { country: 'DE', types: ['bridge' as HolidayType] } })).toEqual([
      'holiday-type-unknown holidays bridge',
    ])
  })

  it('are told all at once', async () => {
    expect(await named({ timeZone: 'x', week: NEVER_OPEN, closed: [{ from: 'a', until: 'b' }] })).toEqual([
      'time-zone-unknown timeZone x',
      'day-malformed closed.0 a',
      'never-opens week ',
    ])
  })
})

describe('a settings screen', () => {
  it('finds countries, states and regions by name', async () => {
    expect(await holidayPlaces({}, 'de')).toContainEqual({ code: 'NL', name: 'Niederlande' })
    expect(await holidayPlaces({ country: 'DE' }, 'en')).toContainEqual({ code: 'BY', name: 'Bayern' })
    expect((await holidayPlaces({ country: 'DE', state: 'BY' }, 'de')).map(({ code }) => code)).toContain('A')
    expect(await holidayPlaces({ country: 'XX' }, 'de')).toEqual([])
  })

  it('lists a year’s holidays, with the rule by which one is named as worked', async () => {
    const listed = await holidaysOf(
      { country: 'NL', types: ['public'], worked: ['04-27 if sunday then previous saturday'] },
      2026,
    )
    expect(listed.find(({ day }) => day === '2026-04-27')?.names).toMatchObject({
      nl: 'Koningsdag',
      de: expect.any(String),
    })
    expect(listed.map(({ day }) => day)).toContain('2026-12-26')
    expect(listed.every(({ type }) => type === 'public')).toBe(true)
  })
})
