import { describe, expect, test } from 'vitest'
import { createFormats } from './formats.ts'

/** Intl writes narrow and no-break spaces that differ between versions of its data. */
const plain = (text: string) => text.replaceAll(/\s/gu, ' ')
const now = new Date('2026-11-18T13:30:00Z')
const earlier = (milliseconds: number) => new Date(now.getTime() - milliseconds)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('how long ago', () => {
  const { ago } = createFormats('en', 'Europe/Berlin')

  test('minutes within the hour, the clock within the day', () => {
    expect(plain(ago(earlier(20_000), now))).toBe('now')
    expect(plain(ago(earlier(5 * MINUTE + 59_000), now))).toBe('5 min ago')
    expect(plain(ago(earlier(3 * HOUR), now))).toBe('11:30')
  })

  test('the weekday within the week, then the date, then the year', () => {
    expect(plain(ago(earlier(2 * DAY), now))).toBe('Mon 14:30')
    expect(plain(ago(earlier(20 * DAY), now))).toBe('29 Oct')
    expect(plain(ago(earlier(400 * DAY), now))).toBe('14 Oct 2025')
  })

  test('what is to come is said as such', () => {
    expect(plain(ago(new Date(now.getTime() + 10 * MINUTE), now))).toBe('in 10 min')
  })

  test('the day changes at the midnight of the reader', () => {
    const late = new Date('2026-11-17T23:30:00Z')
    const early = new Date('2026-11-18T02:00:00Z')
    expect(plain(createFormats('en', 'Europe/Berlin').ago(late, early))).toBe('00:30')
    expect(plain(createFormats('en', 'America/New_York').ago(late, early))).toBe('18:30')
    expect(plain(createFormats('en', 'UTC').ago(late, early))).toBe('Tue 23:30')
  })

  test('weekdays and months in the language of the reader', () => {
    expect(plain(createFormats('de', 'Europe/Berlin').ago(earlier(2 * DAY), now))).toMatch(/^Mo\.?,? 14:30$/)
    expect(plain(createFormats('nl', 'Europe/Berlin').ago(earlier(2 * DAY), now))).toMatch(/^ma 14:30$/)
    expect(plain(createFormats('de', 'Europe/Berlin').ago(earlier(5 * MINUTE), now))).toBe('vor 5 Min.')
  })
})

test('the exact time names the weekday and the seconds', () => {
  expect(plain(createFormats('de', 'Europe/Berlin').exact(now))).toMatch(/^Mittwoch, 18\. November 2026 .*14:30:00$/)
})

test('a time to the minute names the day, the year and no seconds', () => {
  expect(plain(createFormats('de', 'Europe/Berlin').toTheMinute(now))).toBe('18. Nov. 2026, 14:30')
  expect(plain(createFormats('en', 'Europe/Berlin').toTheMinute(now))).toBe('18 Nov 2026, 14:30')
  expect(plain(createFormats('nl', 'Europe/Berlin').toTheMinute(now))).toBe('18 nov 2026, 14:30')
})

test('numbers, shares and lists follow the language', () => {
  const german = createFormats('de', 'UTC')
  expect(german.number(1234567.5)).toBe('1.234.567,5')
  expect(plain(german.percent(0.034, 1))).toBe('3,4 %')
  expect(german.list(['A', 'B', 'C'])).toBe('A, B und C')
  expect(createFormats('nl', 'UTC').list(['A', 'B', 'C'])).toBe('A, B en C')
  expect(createFormats('en', 'UTC').compact(12_300)).toBe('12.3k')
})

test('a duration shows its two largest units', () => {
  const { duration } = createFormats('en', 'UTC')
  expect(plain(duration(2 * DAY + 4 * HOUR + 10 * MINUTE))).toBe('2 days 4 hrs')
  expect(plain(duration(3 * MINUTE))).toBe('3 mins')
  expect(plain(duration(0))).toBe('0 secs')
})

test('bytes take the unit that reads best', () => {
  const { bytes } = createFormats('en', 'UTC')
  expect(plain(bytes(0))).toBe('0 byte')
  expect(plain(bytes(1500))).toBe('2 kB')
  expect(plain(bytes(2_500_000))).toBe('2.5 MB')
})

test('a language is called as the reader calls it, and an unknown tag stays itself', () => {
  expect(createFormats('de', 'UTC').languageName('nl')).toBe('Niederländisch')
  expect(createFormats('nl', 'UTC').languageName('de')).toBe('Duits')
  expect(createFormats('en', 'UTC').languageName('not a tag')).toBe('not a tag')
})
