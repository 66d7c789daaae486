import { expect, test } from 'vitest'
import { createFormats } from '../platform/formats.ts'
import { whenText } from './when.ts'

const formats = createFormats('en', 'Europe/Berlin')
const now = new Date('2026-11-25T13:30:00Z')
const at = (time: string) => whenText(formats, new Date(time), now)

test('what comes back soon is said by the clock, later by the weekday, then by the date', () => {
  expect(at('2026-11-25T14:30:00Z')).toBe('15:30')
  expect(at('2026-11-25T17:00:00Z')).toBe('18:00')
  expect(at('2026-11-27T08:00:00Z')).toBe('Fri 09:00')
  expect(at('2026-12-24T08:00:00Z')).toBe('24 Dec')
})
