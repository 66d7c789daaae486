import { expect, it } from 'vitest'
import { startTwin } from '../../../twin/twin.ts'
import type { HeardBatch } from '../connector.ts'
import { openOutside } from '../outside.ts'
import { blueskyStream } from './index.ts'
import { gapBetween, paceOf } from './stream-gap.ts'

const SECOND_US = 1_000_000
const HOUR_MS = 3_600_000

it('tells of a gap when the network begins much later than it was asked to', () => {
  const leftUs = Date.UTC(2026, 10, 20, 12) * 1_000
  expect(gapBetween(leftUs, leftUs + 7_200 * SECOND_US, SECOND_US)).toEqual({
    from: new Date('2026-11-20T12:00:00Z'),
    until: new Date('2026-11-20T14:00:00Z'),
  })
})

it('takes a pause of a quiet network for a pause', () => {
  const leftUs = Date.UTC(2026, 10, 20, 12) * 1_000
  expect(gapBetween(leftUs, leftUs + 30 * SECOND_US, 1_000)).toBeNull()
  expect(gapBetween(leftUs, leftUs + 7_200 * SECOND_US, 600 * SECOND_US)).toBeNull()
  expect(gapBetween(leftUs, leftUs + 7_200 * SECOND_US, null)).toBeNull()
  expect(gapBetween(null, leftUs, SECOND_US)).toBeNull()
})

it('learns how often events come, and forgets slowly', () => {
  const known = paceOf(null, { firstUs: 0, lastUs: 10_000, events: 11 })
  expect(known).toBe(1_000)
  expect(paceOf(known, { firstUs: 0, lastUs: 110_000, events: 11 })).toBe(2_000)
  expect(paceOf(known, { firstUs: null, lastUs: null, events: 0 })).toBe(1_000)
})

it('says so with the first batch after a break that the network no longer has', async () => {
  const twin = await startTwin({ story: false })
  try {
    twin.control.account({ handle: 'speaker.test' })
    const connector = blueskyStream(openOutside({ allowPrivate: twin.urls.allowPrivate }))
    const left = Date.now() - HOUR_MS
    const stop = new AbortController()
    const batches = connector.stream?.(
      { settings: twin.urls.bluesky, credentials: null },
      { timeUs: left * 1_000, everyUs: 1_000 },
      stop.signal,
    )
    const first = batches?.next()
    twin.control.post({ by: 'speaker.test', text: 'After the break' })
    const gap = ((await first)?.value as HeardBatch | undefined)?.gap
    expect(gap?.from).toEqual(new Date(left))
    expect((gap?.until.getTime() ?? 0) - left).toBeGreaterThan(HOUR_MS / 2)
    stop.abort()
    await batches?.return(null)
  } finally {
    await twin.stop()
  }
})
