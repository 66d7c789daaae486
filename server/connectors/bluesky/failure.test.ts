import { XRPCError } from '@atproto/api'
import { expect, test } from 'vitest'
import { attempt, failureOf, waitUntil } from './failure.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const secondsOf = (headers: Record<string, string>) => (waitUntil(headers, now).getTime() - now) / 1_000

test.each([
  ['Retry-After in seconds', { 'retry-after': '30' }, 30],
  ['Retry-After as a date', { 'retry-after': 'Sun, 01 Mar 2026 12:02:00 GMT' }, 120],
  ['RateLimit-Reset', { 'ratelimit-reset': String(now / 1_000 + 300) }, 300],
  ['nothing', {}, 60],
  ['nonsense', { 'retry-after': 'soon', 'ratelimit-reset': 'later' }, 60],
  ['a time that has passed', { 'ratelimit-reset': '12' }, 1],
  ['a time in another century', { 'retry-after': '99999999999' }, 86_400],
])('the wait is read from %s', (_from, headers, seconds) => {
  expect(secondsOf(headers)).toBe(seconds)
})

test.each([
  [429, 'RateLimitExceeded', 'rate-limited'],
  [401, 'AuthenticationRequired', 'credentials-expired'],
  [401, 'AccountTakedown', 'credentials-expired'],
  [400, 'ExpiredToken', 'credentials-expired'],
  [400, 'RecordNotFound', 'gone'],
  [400, 'NotFound', 'gone'],
  [400, 'InvalidRequest', 'refused'],
  [403, 'Forbidden', 'refused'],
  [413, 'PayloadTooLarge', 'refused'],
  [500, 'InternalServerError', 'upstream'],
  [502, 'UpstreamFailure', 'upstream'],
  [1, 'Unknown', 'unreachable'],
  [2, 'InvalidResponse', 'malformed'],
])('%i %s is %s', (status, error, name) => {
  expect(failureOf(new XRPCError(status, error, 'words of the server'))?.name).toBe(name)
})

test('a bug is no failure of the network: it throws', async () => {
  await expect(attempt(() => Promise.reject(new TypeError('undefined is not a function')))).rejects.toThrow(TypeError)
})
