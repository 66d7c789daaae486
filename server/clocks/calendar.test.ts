import { describe, expect, it } from 'vitest'
import { addServiceMs, openCalendar, serviceMsBetween, stretchesBetween } from './calendar.ts'
import { ALWAYS_OPEN, type CalendarRules, NEVER_OPEN } from './calendar-rules.ts'
import { at, calendarOf, HOUR, officeRules } from './testing/desk.ts'

const MINUTE = 60_000
const always = (timeZone: string): CalendarRules => officeRules({ timeZone, week: ALWAYS_OPEN })
const nights = officeRules({ week: { ...NEVER_OPEN, saturday: [{ from: '22:00', until: '06:00' }] } })
const sundays = (from: string, until: string): CalendarRules =>
  officeRules({ week: { ...NEVER_OPEN, sunday: [{ from, until }] } })
const germany = { country: 'DE', types: ['public'] as const }

async function hoursBetween(rules: CalendarRules, from: string, until: string): Promise<number> {
  return serviceMsBetween(await calendarOf(rules), at(from), at(until)) / HOUR
}

async function reachedAfter(rules: CalendarRules, from: string, minutes: number): Promise<string> {
  const reached = addServiceMs(await calendarOf(rules), at(from), minutes * MINUTE)
  return typeof reached === 'number' ? new Date(reached).toISOString() : reached
}

describe('a week with a lunch break', () => {
  it('counts no evening, no lunch and no weekend', async () => {
    expect(await reachedAfter(officeRules(), '2026-03-20T16:30+01:00', 60)).toBe('2026-03-23T08:30:00.000Z')
    expect(await reachedAfter(officeRules(), '2026-03-20T12:00+01:00', 60)).toBe('2026-03-20T12:30:00.000Z')
    expect(await hoursBetween(officeRules(), '2026-03-16T00:00+01:00', '2026-03-23T00:00+01:00')).toBe(37.5)
  })

  it('is due when the desk closes, not when it opens again, if the minutes end there', async () => {
    expect(await reachedAfter(officeRules(), '2026-03-20T16:30+01:00', 30)).toBe('2026-03-20T16:00:00.000Z')
    expect(await reachedAfter(officeRules(), '2026-03-20T11:30+01:00', 60)).toBe('2026-03-20T11:30:00.000Z')
  })

  it('keeps 29 February', async () => {
    expect(await hoursBetween(officeRules(), '2028-02-28T12:00+01:00', '2028-03-01T00:00+01:00')).toBe(12)
  })
})

describe('summer time', () => {
  it('makes a night from 22:00 to 06:00 seven hours in spring and nine in autumn', async () => {
    expect(await hoursBetween(nights, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(7)
    expect(await hoursBetween(nights, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(9)
  })

  it('gives no length to hours that lie in the hour left out, and cuts those that begin or end in it', async () => {
    const day = ['2026-03-29T00:00+01:00', '2026-03-30T00:00+02:00'] as const
    expect(await hoursBetween(sundays('02:10', '02:50'), ...day)).toBe(0)
    expect(await hoursBetween(sundays('02:30', '04:00'), ...day)).toBe(1)
    expect(await hoursBetween(sundays('01:00', '02:30'), ...day)).toBe(1)
  })

  it('opens once, not twice, where the hour comes twice', async () => {
    const day = ['2026-10-25T00:00+02:00', '2026-10-26T00:00+01:00'] as const
    expect(await hoursBetween(sundays('02:15', '02:45'), ...day)).toBe(0.5)
    expect(await hoursBetween(sundays('00:00', '02:30'), ...day)).toBe(2.5)
    expect(await hoursBetween(sundays('02:30', '06:00'), ...day)).toBe(4.5)
    expect(await hoursBetween(sundays('02:00', '03:00'), ...day)).toBe(2)
  })

  it('is half an hour on Lord Howe Island', async () => {
    const rules = always('Australia/Lord_Howe')
    const { special, closed, timeZone } = rules
    const sunday = { week: { ...NEVER_OPEN, sunday: [{ from: '00:00', until: '24:00' }] }, special, closed, timeZone }
    expect(await hoursBetween(sunday, '2026-04-03T00:00Z', '2026-04-07T00:00Z')).toBe(24.5)
    expect(await hoursBetween(sunday, '2026-10-02T00:00Z', '2026-10-06T00:00Z')).toBe(23.5)
  })

  it('lets days in Cairo begin at one in the morning, and end an hour later', async () => {
    const only = (weekday: 'thursday' | 'friday'): CalendarRules =>
      officeRules({ timeZone: 'Africa/Cairo', week: { ...NEVER_OPEN, [weekday]: [{ from: '00:00', until: '24:00' }] } })
    expect(await hoursBetween(only('friday'), '2026-04-22T00:00Z', '2026-04-26T00:00Z')).toBe(23)
    expect(await reachedAfter(only('friday'), '2026-04-23T12:00Z', 1)).toBe('2026-04-23T22:01:00.000Z')
    expect(await hoursBetween(only('thursday'), '2026-10-27T00:00Z', '2026-10-31T00:00Z')).toBe(25)
  })

  it('does not know the Friday that Samoa left out', async () => {
    const fridays = officeRules({
      timeZone: 'Pacific/Apia',
      week: { ...NEVER_OPEN, friday: [{ from: '09:00', until: '17:00' }] },
    })
    expect(await hoursBetween(fridays, '2011-12-26T00:00Z', '2012-01-03T00:00Z')).toBe(0)
    expect(await reachedAfter(fridays, '2011-12-26T00:00Z', 60)).toBe('2012-01-05T20:00:00.000Z')
  })

  it('does nothing to a desk that never closes: its hours are real ones, over years', async () => {
    for (const zone of ['Europe/Berlin', 'Asia/Kolkata', 'America/New_York']) {
      const [from, until] = ['2025-05-05T05:05:05.005Z', '2029-09-09T09:09:09.009Z'] as const
      expect(await hoursBetween(always(zone), from, until)).toBe((at(until) - at(from)) / HOUR)
      expect(await reachedAfter(always(zone), from, 1_000_000)).toBe(
        new Date(at(from) + 1_000_000 * MINUTE).toISOString(),
      )
    }
  })
})

describe('zones far from UTC', () => {
  it('open by their own wall, half hours and New Year included', async () => {
    expect(await reachedAfter(officeRules({ timeZone: 'Asia/Kolkata' }), '2026-03-16T00:00Z', 1)).toBe(
      '2026-03-16T03:31:00.000Z',
    )
    const kiritimati = officeRules({ timeZone: 'Pacific/Kiritimati' })
    expect(await reachedAfter(kiritimati, '2026-12-31T09:00Z', 60)).toBe('2026-12-31T20:00:00.000Z')
    const honolulu = officeRules({ timeZone: 'Pacific/Honolulu' })
    expect(await reachedAfter(honolulu, '2027-01-01T05:00Z', 60)).toBe('2027-01-01T20:00:00.000Z')
  })
})

describe('holidays and days of one’s own', () => {
  const bavaria = officeRules({ holidays: { ...germany, state: 'BY' } })

  it('wait over Easter', async () => {
    expect(await reachedAfter(bavaria, '2026-04-02T16:00+02:00', 120)).toBe('2026-04-07T08:00:00.000Z')
  })

  it('are those of the region: Corpus Christi in Bavaria, not in Berlin; 8 August in Augsburg alone', async () => {
    const day = ['2026-06-04T00:00+02:00', '2026-06-05T00:00+02:00'] as const
    expect(await hoursBetween(bavaria, ...day)).toBe(0)
    expect(await hoursBetween(officeRules({ holidays: { ...germany, state: 'BE' } }), ...day)).toBe(7.5)
    const august = ['2028-08-08T00:00+02:00', '2028-08-09T00:00+02:00'] as const
    expect(await hoursBetween(bavaria, ...august)).toBe(7.5)
    expect(await hoursBetween(officeRules({ holidays: { ...germany, state: 'BY', region: 'A' } }), ...august)).toBe(0)
  })

  it('may be half days, and may be worked', async () => {
    const eve = ['2026-12-24T00:00+01:00', '2026-12-25T00:00+01:00'] as const
    const banks = { ...germany, types: ['public', 'bank'] as const }
    expect(await hoursBetween(officeRules({ holidays: banks }), ...eve)).toBe(4.5)
    const worked = officeRules({ holidays: { ...germany, worked: ['easter 1'] } })
    expect(await hoursBetween(worked, '2026-04-06T00:00+02:00', '2026-04-07T00:00+02:00')).toBe(7.5)
  })

  it('last several days where the country says so, over New Year too', async () => {
    const cairo = officeRules({
      timeZone: 'Africa/Cairo',
      week: ALWAYS_OPEN,
      holidays: { country: 'EG', types: ['public'] },
    })
    // Eid al-Adha, four days from 27 May 2026.
    expect(await hoursBetween(cairo, '2026-05-26T00:00+03:00', '2026-06-01T00:00+03:00')).toBe(48)
    const swaziland = officeRules({
      timeZone: 'Africa/Mbabane',
      week: ALWAYS_OPEN,
      holidays: { country: 'SZ', types: ['public'] },
    })
    expect(await hoursBetween(swaziland, '2026-12-29T00:00+02:00', '2027-01-04T00:00+02:00')).toBe(24)
  })

  it('are days, though they have 23 or 25 hours', async () => {
    const on = (timeZone: string, country: string): CalendarRules =>
      officeRules({ timeZone, week: ALWAYS_OPEN, holidays: { country, types: ['public'] } })
    const austria = on('Europe/Vienna', 'AT')
    expect(await hoursBetween(austria, '2025-10-25T00:00+02:00', '2025-10-28T00:00+01:00')).toBe(48)
    const labour = on('Africa/Cairo', 'EG')
    expect(await hoursBetween(labour, '2031-04-24T00:00+02:00', '2031-04-26T00:00+03:00')).toBe(24)
  })

  it('leave a night that began before them alone, and do not begin their own', async () => {
    const friday = [{ from: '22:00', until: '06:00' }]
    const guard = officeRules({ week: { ...NEVER_OPEN, thursday: friday, friday }, holidays: germany })
    expect(await hoursBetween(guard, '2026-04-02T12:00+02:00', '2026-04-05T12:00+02:00')).toBe(8)
  })

  it('yield to closed days, and both to a special opening, which is never counted twice', async () => {
    const rules = officeRules({
      holidays: { ...germany, state: 'BY' },
      closed: [{ from: '2026-12-24', until: '2027-01-06', name: 'Betriebsferien' }],
      special: [{ day: '2026-12-29', hours: [{ from: '10:00', until: '02:00' }], name: 'Inventur' }],
    })
    expect(await hoursBetween(rules, '2026-12-24T00:00+01:00', '2027-01-07T00:00+01:00')).toBe(16)
    const twice = officeRules({
      special: [
        { day: '2026-03-17', hours: [{ from: '20:00', until: '10:00' }] },
        { day: '2026-03-18', hours: [{ from: '08:00', until: '11:00' }] },
      ],
    })
    expect(await hoursBetween(twice, '2026-03-17T00:00+01:00', '2026-03-19T00:00+01:00')).toBe(15)
  })

  it('are named where time is told', async () => {
    const calendar = await calendarOf(bavaria)
    const told = stretchesBetween(calendar, at('2026-04-02T16:00+02:00'), at('2026-04-07T10:00+02:00'))
    expect(told.map(({ isOpen, mark }) => [isOpen, mark?.name ?? null])).toEqual([
      [true, null],
      [false, null],
      [false, { de: 'Karfreitag', nl: 'Goede Vrijdag', en: 'Good Friday' }],
      [false, null],
      [false, { de: 'Ostermontag', nl: 'Tweede paasdag', en: 'Easter Monday' }],
      [false, null],
      [true, null],
    ])
  })
})

describe('limits', () => {
  it('name a desk that never opens, and one that has closed for good', async () => {
    const problems = [{ code: 'never-opens', place: 'week', value: '' }]
    expect(await openCalendar(officeRules({ week: NEVER_OPEN }))).toEqual({ problems })
    const gone = officeRules({ closed: [{ from: '2026-05-01', until: '2099-12-31' }] })
    expect(await reachedAfter(gone, '2026-05-01T00:00Z', 1)).toBe('beyond-horizon')
    expect(await reachedAfter(officeRules(), '2026-05-01T00:00Z', 2_000_000)).toBe('beyond-horizon')
    const once = officeRules({
      week: NEVER_OPEN,
      special: [{ day: '2026-06-06', hours: [{ from: '10:00', until: '11:00' }] }],
    })
    expect(await reachedAfter(once, '2026-05-01T00:00Z', 60)).toBe('2026-06-06T09:00:00.000Z')
    expect(await reachedAfter(once, '2026-05-01T00:00Z', 61)).toBe('beyond-horizon')
  })

  it('refuse instants that no calendar knows', async () => {
    const calendar = await calendarOf(officeRules())
    expect(() => serviceMsBetween(calendar, at('1975-01-01T00:00Z'), at('2026-01-01T00:00Z'))).toThrow(RangeError)
    expect(() => addServiceMs(calendar, Number.NaN, 1)).toThrow(RangeError)
    expect(serviceMsBetween(calendar, at('2026-01-02T00:00Z'), at('2026-01-01T00:00Z'))).toBe(0)
  })
})
