import { expect, test } from 'vitest'
import { addressBlock, createRateLimiter } from './rate-limit.ts'

const LIMIT = { capacity: 3, perSeconds: 60 }

function limiterAt(startMs: number) {
  let nowMs = startMs
  const limiter = createRateLimiter(() => nowMs)
  const pass = (seconds: number) => {
    nowMs += seconds * 1000
  }
  return { limiter, pass }
}

test('allows the capacity at once, then one for each share of the time', () => {
  const { limiter, pass } = limiterAt(0)
  expect([1, 2, 3, 4].map(() => limiter.take('a', LIMIT))).toEqual([true, true, true, false])
  expect(limiter.waitSeconds('a', LIMIT)).toBe(20)
  pass(19)
  expect(limiter.take('a', LIMIT)).toBe(false)
  pass(1)
  expect(limiter.take('a', LIMIT)).toBe(true)
  expect(limiter.take('a', LIMIT)).toBe(false)
})

test('a long pause refills to the capacity and no further', () => {
  const { limiter, pass } = limiterAt(0)
  limiter.take('a', LIMIT)
  pass(86_400)
  expect([1, 2, 3, 4].map(() => limiter.take('a', LIMIT))).toEqual([true, true, true, false])
})

test('keys do not share, and a success forgives', () => {
  const { limiter } = limiterAt(0)
  for (let taken = 0; taken < 3; taken++) limiter.take('a', LIMIT)
  expect(limiter.take('b', LIMIT)).toBe(true)
  expect(limiter.take('a', LIMIT)).toBe(false)
  limiter.forget('a')
  expect(limiter.take('a', LIMIT)).toBe(true)
})

test('a flood of keys is bounded, and those in use are kept', () => {
  const { limiter } = limiterAt(0)
  const once = { capacity: 1, perSeconds: 3600 }
  limiter.take('used', once)
  for (let index = 0; index < 60_000; index++) {
    limiter.take(`flood-${index}`, once)
    if (index % 1000 === 0) limiter.take('used', once)
  }
  expect(limiter.size).toBe(50_000)
  expect(limiter.take('used', once)).toBe(false)
  expect(limiter.take('flood-0', once)).toBe(true)
})

test('an address of IPv6 is counted with all others of its network, one of IPv4 by itself', () => {
  expect(addressBlock('2001:db8:1:2:aaaa::1')).toBe(addressBlock('2001:db8:1:2::beef'))
  expect(addressBlock('2001:db8:1:2::1')).not.toBe(addressBlock('2001:db8:1:3::1'))
  expect(addressBlock('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(addressBlock('192.0.2.8')).toBe('192.0.2.8')
  expect(addressBlock('in process')).toBe('in process')
})
