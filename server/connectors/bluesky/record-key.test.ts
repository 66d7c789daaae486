import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import { recordKeyOf, tid } from './record-key.ts'

const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/

function keyOf(networkKey: string): string {
  const key = recordKeyOf(networkKey)
  if (!key.ok) throw new Error(key.failure.detail)
  return key.value
}

test('every network key of ours gives a TID, always the same one', () => {
  for (let index = 0; index < 500; index++) {
    const id = newId()
    expect(keyOf(id)).toMatch(TID)
    expect(keyOf(id)).toBe(keyOf(id))
    expect(keyOf(id.toUpperCase())).toBe(keyOf(id))
  }
})

test('two keys of one moment do not meet: twenty random bits tell them apart', () => {
  const keys = Array.from({ length: 400 }, () => keyOf(newId()))
  expect(new Set(keys).size).toBe(keys.length)
})

test('keys sort by time', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 47 }), fc.integer({ min: 1, max: 1_000_000 }), (milliseconds, later) => {
      const id = (time: number) => {
        const hex = time.toString(16).padStart(12, '0')
        return `${hex.slice(0, 8)}-${hex.slice(8)}-7abc-8def-0123456789ab`
      }
      expect(keyOf(id(milliseconds + later)) > keyOf(id(milliseconds))).toBe(true)
    }),
  )
})

test('a TID stays as it is, and is what the specification says', () => {
  expect(keyOf('3jzfcijpj2z2a')).toBe('3jzfcijpj2z2a')
  expect(tid(0n, 0n)).toBe('2222222222222')
  expect(tid(1_688_137_381_887_007n, 6n)).toMatch(/^3jzfcijpj2z2/)
})

test.each(['', 'draft-7', '3jzfcijpj2z2', '00000000-0000-4000-8000-000000000000', '../../etc'])(
  '%j is refused',
  (key) => {
    expect(recordKeyOf(key)).toMatchObject({ ok: false, failure: { name: 'refused' } })
  },
)
