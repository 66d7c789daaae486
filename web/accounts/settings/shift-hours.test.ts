import { expect, test } from 'vitest'
import { everyWeekday } from '../../ui/week-hours.tsx'
import { hoursText } from './shift-hours.ts'

const week = everyWeekday('09:00', '17:00')

test('days in a row with the same hours are told as one', () => {
  const split = [
    { from: '08:00', until: '12:00' },
    { from: '20:00', until: '24:00' },
  ]
  expect(hoursText({ locale: 'en-GB' }, { week: { ...week, saturday: split } })).toBe(
    'Mon–Fri 09:00–17:00; Sat 08:00–12:00, 20:00–24:00',
  )
})

test('a day off parts what is before it from what is after it', () => {
  expect(hoursText({ locale: 'de' }, { week: { ...week, wednesday: [] } })).toBe('Mo–Di 09:00–17:00; Do–Fr 09:00–17:00')
})
