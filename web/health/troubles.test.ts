import { expect, test } from 'vitest'
import { findTroubles, type Health, type HealthSource, hasStumbled, troubledFirst } from './troubles.ts'

const at = new Date('2026-11-21T12:00:00Z')
const ago = (minutes: number) => new Date(at.getTime() - minutes * 60_000)
const webhook = (name: string, state: string, failingSince: Date | null = null): Health['webhooks'][number] => ({
  webhookId: name,
  name,
  state,
  failingSince,
  lastFailure: null,
  lastTriedAt: null,
})
const well: Health = {
  at,
  sources: [],
  streams: [],
  subscribers: [{ name: 'inbox', pending: 3, attempts: 0, retryAt: null, lastError: null }],
  deliveries: [{ state: 'queued', count: 2, oldestAt: ago(1) }],
  webhooks: [webhook('Shop', 'on')],
  jobs: [{ task: 'mail', due: 1, running: 1, failed: 0, oldestDueAt: ago(1), lastError: null }],
  quarantined: 0,
  database: { version: '18.0', bytes: '1000000' },
  process: { version: '0.1.0', startedAt: ago(60), memoryBytes: 1 },
}
const source = (name: string, state: string): HealthSource => ({
  sourceId: name,
  name,
  network: 'feed',
  state,
  lastSuccessAt: null,
  lastHeardAt: null,
  dueAt: null,
  failures: 0,
  lastFailure: null,
  lastFailureDetail: null,
  lastFailureAt: null,
  silentSince: null,
  heardCount: '0',
  keptCount: '0',
})
const kinds = (health: Partial<Health>) => findTroubles({ ...well, ...health }).map(({ kind }) => kind)

test('when all is well nothing is said', () => {
  expect(kinds({})).toEqual([])
  expect(kinds({ sources: [source('Blog', 'active'), source('Shop', 'paused')] })).toEqual([])
})

test('a source that only a person can mend comes before one that tries again by itself', () => {
  const sources = [source('Blog', 'failing'), source('Account', 'needs-credentials'), source('Old', 'gone')]
  expect(kinds({ sources })).toEqual(['source-needs-credentials', 'source-gone', 'source-failing'])
})

test('a webhook that stopped is urgent, one that fails is tried again, and one that was switched off is meant so', () => {
  const webhooks = [webhook('Shop', 'on', ago(5)), webhook('CRM', 'stopped', ago(5000)), webhook('Old', 'off')]
  expect(kinds({ webhooks })).toEqual(['webhook-stopped', 'webhook-failing'])
})

test('the first failure of a source is told and is no trouble yet; what is one already is not told twice', () => {
  const stumbled = { ...source('Blog', 'active'), failures: 1, lastFailure: 'unreachable' }
  expect(kinds({ sources: [stumbled] })).toEqual([])
  expect(hasStumbled(stumbled)).toBe(true)
  expect(hasStumbled(source('Shop', 'active'))).toBe(false)
  expect(['failing', 'paused', 'gone'].some((state) => hasStumbled({ ...stumbled, state }))).toBe(false)
})

test('a source that is heard without fault and says nothing for longer than ever is told, and so is a spent budget', () => {
  const silent = { ...source('Blog', 'active'), silentSince: ago(600) }
  expect(kinds({ sources: [silent, source('Feed', 'over-budget')] })).toEqual(['source-silent', 'source-over-budget'])
  expect(kinds({ sources: [{ ...silent, state: 'paused' }] })).toEqual([])
})

test('a stream that is connected and says nothing for long is as silent as one that is not', () => {
  const stream = { name: 'bluesky', connectedAt: ago(60), lastItemAt: ago(1), heardCount: '9', keptCount: '1' }
  const quiet = { lastFailure: null, lastFailureAt: null }
  expect(kinds({ streams: [{ ...stream, ...quiet }] })).toEqual([])
  expect(kinds({ streams: [{ ...stream, ...quiet, lastItemAt: ago(6) }] })).toEqual(['stream-silent'])
  expect(kinds({ streams: [{ ...stream, ...quiet, connectedAt: null }] })).toEqual(['stream-silent'])
})

test('an answer of which nobody knows whether it arrived needs a person now', () => {
  const deliveries = [
    { state: 'refused', count: 1, oldestAt: ago(5) },
    { state: 'unknown', count: 2, oldestAt: ago(5) },
  ]
  expect(findTroubles({ ...well, deliveries }).map(({ tone, count }) => [tone, count])).toEqual([
    ['urgent', 2],
    ['notice', 1],
  ])
})

test('jobs and subscribers: late, failed, behind', () => {
  const job = { task: 'mail', due: 1, running: 0, failed: 0, oldestDueAt: ago(11), lastError: null }
  expect(kinds({ jobs: [job] })).toEqual(['job-late'])
  expect(kinds({ jobs: [{ ...job, failed: 2 }] })).toEqual(['job-failed'])
  const subscriber = { name: 'inbox', pending: 1000, attempts: 0, retryAt: null, lastError: null }
  expect(kinds({ subscribers: [subscriber] })).toEqual(['subscriber-behind'])
  expect(kinds({ subscribers: [{ ...subscriber, attempts: 3 }] })).toEqual(['subscriber-failing'])
})

test('troubled sources stand first, then by name', () => {
  const sources = [source('B', 'active'), source('C', 'gone'), source('A', 'active')]
  expect(troubledFirst(sources).map(({ name }) => name)).toEqual(['C', 'A', 'B'])
})
