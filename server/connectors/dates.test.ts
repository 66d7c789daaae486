import { describe, expect, test } from 'vitest'
import { dayAndMonth, readDate } from './dates.ts'

describe('dates that say everything', () => {
  test.each([
    ['2015-02-24 11:35:52 -0800', '2015-02-24T19:35:52.000Z'],
    ['2015-02-24T11:35:52.250+01:00', '2015-02-24T10:35:52.250Z'],
    ['2015-02-24T11:35Z', '2015-02-24T11:35:00.000Z'],
    ['2015-02-24', '2015-02-24T00:00:00.000Z'],
    ['2015-02', '2015-02-01T00:00:00.000Z'],
    ['2015', '2015-01-01T00:00:00.000Z'],
    ['20150224T113552Z', '2015-02-24T11:35:52.000Z'],
    ['20150224', '2015-02-24T00:00:00.000Z'],
    ['2015-055', '2015-02-24T00:00:00.000Z'],
    ['2015-12-31T24:00:00Z', '2016-01-01T00:00:00.000Z'],
    ['Tue Oct 31 22:10:47 +0000 2017', '2017-10-31T22:10:47.000Z'],
    ['Tue Oct 31 22:10:47 2017', '2017-10-31T22:10:47.000Z'],
    ['Tue, 31 Oct 2017 22:10:47 GMT', '2017-10-31T22:10:47.000Z'],
    ['31 Oct 17 22:10 EST', '2017-11-01T03:10:00.000Z'],
    ['Tue, 31 Oct 2017 22:10:47 +0200 (CEST)', '2017-10-31T20:10:47.000Z'],
    ['Tuesday, October 31, 2017 10:10 PM', '2017-10-31T22:10:00.000Z'],
    ['Oct 31, 2017 12:05 am', '2017-10-31T00:05:00.000Z'],
    ['31. Oktober 2017, 22:10 Uhr', '2017-10-31T22:10:00.000Z'],
    ['Mi, 24 Dez 2014 09:00:00 +0100', '2014-12-24T08:00:00.000Z'],
    ['3 maart 2021 08:15', '2021-03-03T08:15:00.000Z'],
    ['mardi 3 mars 2015', '2015-03-03T00:00:00.000Z'],
    ['1. März 2015', '2015-03-01T00:00:00.000Z'],
    ['24.02.2015 11:35', '2015-02-24T11:35:00.000Z'],
    ['1.2.2015', '2015-02-01T00:00:00.000Z'],
    ['24/02/2015 11:35:52', '2015-02-24T11:35:52.000Z'],
    ['02/24/2015 9:35 PM', '2015-02-24T21:35:00.000Z'],
    ['1424806552', '2015-02-24T19:35:52.000Z'],
    ['1424806552000', '2015-02-24T19:35:52.000Z'],
  ])('%s is read', (written, instant) => {
    expect(readDate(written)?.toISOString()).toBe(instant)
  })

  test.each([
    '',
    'yesterday',
    '2015-02-30',
    '2015-13-01',
    '31 Foo 2015',
    '2015-02-24T25:00Z',
    '2015-02-24 11:35 nonsense',
    '42',
    '12345678901234567890',
    '32.01.2015',
    '24:61',
    `${'9'.repeat(200)}`,
    '1424-01-01',
    '10-10',
    'Oct',
    '1 2 3 Oct 2015',
  ])('%j is no date', (written) => {
    expect(readDate(written)).toBe(null)
  })
})

describe('dates that need to be told', () => {
  test('03/04/2015 is read only in a stated order', () => {
    expect(readDate('03/04/2015')).toBe(null)
    expect(readDate('03-04-2015')).toBe(null)
    expect(readDate('03/04/2015', { order: 'dmy', timeZone: 'UTC' })?.toISOString()).toBe('2015-04-03T00:00:00.000Z')
    expect(readDate('03/04/2015', { order: 'mdy', timeZone: 'UTC' })?.toISOString()).toBe('2015-03-04T00:00:00.000Z')
    expect(readDate('25/04/2015', { order: 'mdy', timeZone: 'UTC' })).toBe(null)
  })

  test('the two numbers of such a date are given out, of no other form', () => {
    expect(dayAndMonth('03/04/2015 10:00')).toEqual([3, 4])
    expect(dayAndMonth('03.04.2015')).toBe(null)
    expect(dayAndMonth('2015-04-03')).toBe(null)
  })

  test('a time without a zone is taken in the stated one, summer and winter', () => {
    const berlin = { order: null, timeZone: 'Europe/Berlin' }
    expect(readDate('2015-02-24 11:35', berlin)?.toISOString()).toBe('2015-02-24T10:35:00.000Z')
    expect(readDate('24.07.2015 11:35', berlin)?.toISOString()).toBe('2015-07-24T09:35:00.000Z')
    expect(readDate('2015-03-29 03:00', berlin)?.toISOString()).toBe('2015-03-29T01:00:00.000Z')
    expect(readDate('2015-02-24T11:35Z', berlin)?.toISOString()).toBe('2015-02-24T11:35:00.000Z')
  })
})
