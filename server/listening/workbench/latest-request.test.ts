import { once } from 'node:events'
import { expect, test } from 'vitest'
import { asLatest } from './latest-request.ts'
import { goOn } from './stored-sample.ts'

/** Works until somebody ends it, then looks whether it is still wanted. */
const workUntilEnded = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort')
  goOn(signal)
  return 'an answer'
}

test('a newer request of the same editor ends the older one', async () => {
  const older = asLatest('lena, tab 1', undefined, workUntilEnded)
  const newer = asLatest('lena, tab 1', undefined, async () => 'the newer answer')
  expect(await Promise.all([older, newer])).toEqual([null, 'the newer answer'])
})

test('requests of other editors and without one run beside each other', async () => {
  const stop = new AbortController()
  const one = asLatest('lena, tab 1', stop.signal, workUntilEnded)
  expect(await asLatest('lena, tab 2', undefined, async () => 'tab 2')).toBe('tab 2')
  expect(await asLatest(null, undefined, async () => 'no tab')).toBe('no tab')
  stop.abort()
  expect(await one).toBe(null)
})

test('a fault is no superseding', async () => {
  const faulty = asLatest('lena, tab 1', undefined, async () => {
    throw new Error('broken')
  })
  await expect(faulty).rejects.toThrow('broken')
})
