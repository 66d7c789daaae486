import { expect, test } from 'vitest'
import type { FeedSource } from './parse.ts'
import { ParsingThread } from './parsing-thread.ts'

const source = (text: string): FeedSource => ({
  bytes: Buffer.from(text),
  contentType: null,
  url: 'https://a.example/feed',
  address: 'https://a.example/feed',
  heardAt: new Date(),
})
const small = '<rss version="2.0"><channel><item><title>x</title></item></channel></rss>'

test('documents are read one after another, and the thread can be ended', async () => {
  await using thread = new ParsingThread()
  const outcomes = await Promise.all([small, 'no feed', small].map((text) => thread.parse(source(text))))
  expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, false, true])
})

test('a document that never ends is given up, and the next one is read', async () => {
  await using thread = new ParsingThread(1500)
  // Brackets in a byline cost feedsmith the square of their number.
  const hostile = `<rss version="2.0"><channel><item><title>x</title><author>${'('.repeat(1_000_000)}</author></item></channel></rss>`
  const [outcome, next] = await Promise.all([thread.parse(source(hostile)), thread.parse(source(small))])
  expect(outcome).toEqual({ ok: false, reason: 'took too long to read' })
  expect(next.ok).toBe(true)
})

test('a large honest feed is well within the limit', async () => {
  await using thread = new ParsingThread()
  const item = `<item><guid>urn:x</guid><title>t</title><description>${'&lt;p&gt;words &amp;amp; more&lt;/p&gt;'.repeat(250)}</description></item>`
  const started = performance.now()
  const outcome = await thread.parse(source(`<rss version="2.0"><channel>${item.repeat(900)}</channel></rss>`))
  expect(outcome.ok && outcome.value.items.length).toBe(900)
  expect(performance.now() - started).toBeLessThan(8000)
})
