import { expect, test } from 'vitest'
import type { Cursor, Failure, HeardBatch, HeardPost, Outcome } from '../connector.ts'
import { failureIn, type Skip, type Stage, type StageFault, sayAndSettle, soon, valueIn } from './stage.ts'

const HANDS_OFF_MS = 5_000
const POLLS_MAX = 50

type Polls = (title: string, run: (stage: Stage, skip: Skip) => Promise<void>) => void

/** Hearing by asking again: nothing is lost between two polls, whatever happens in between. */
export function describePolling(stage: () => Stage): void {
  const polls: Polls = (title, run) => {
    test(title, async (context) => {
      stage().faults.clear()
      await run(stage(), (reason) => context.skip(reason))
    })
  }
  tryHearing(polls)
  tryChanges(polls)
  tryFaults(polls)
  trySessions(polls)
}

function tryHearing(polls: Polls): void {
  polls('hears what was said, whole and with its author', async (now) => {
    const said = await sayAndSettle(now, 'Something new under the sun äöü 🌍')
    const post = (await hearAll(now, null)).posts.find((one) => one.externalId.includes(said))
    expect(post).toBeDefined()
    expect(post?.text).toContain('Something new under the sun äöü 🌍')
    expect(post?.author.networkId).not.toBe('')
    expect(Math.abs(Date.now() - (post?.publishedAt.getTime() ?? 0))).toBeLessThan(5 * 60_000)
    expect(() => new URL(post?.url ?? '')).not.toThrow()
  })

  polls('goes on from a stored cursor without losing anything', async (now) => {
    const first = await sayAndSettle(now, 'before the break')
    const before = await hearAll(now, null)
    const later = [await now.say('after the break, one'), await now.say('after the break, two')]
    await now.settle?.()
    const after = await hearAll(now, JSON.parse(JSON.stringify(before.cursor)))
    expect(before.posts.some((post) => post.externalId.includes(first))).toBe(true)
    for (const said of later) expect(after.posts.some((post) => post.externalId.includes(said))).toBe(true)
  })

  polls('says the same again when the same cursor is used again', async (now) => {
    const before = await hearAll(now, null)
    await sayAndSettle(now, 'heard twice, because the first hearing was not stored')
    const [one, two] = [await hearAll(now, before.cursor), await hearAll(now, before.cursor)]
    expect(idsOf(two.posts)).toEqual(idsOf(one.posts))
    expect(one.posts.length).toBeGreaterThan(0)
  })
}

function tryChanges(polls: Polls): void {
  polls('never invents a deletion for what is no longer listed', async (now, skip) => {
    if (!now.remove || now.connector.capabilities.tellsDeletions) return skip('it tells deletions')
    const said = await sayAndSettle(now, 'gone in a moment')
    const before = await hearAll(now, null)
    await now.remove(said)
    await now.settle?.()
    expect((await hearAll(now, before.cursor)).kinds).not.toContain('post-deleted')
  })

  polls('hears an edit where it promises to', async (now, skip) => {
    if (!now.edit || !now.connector.capabilities.tellsEdits) return skip('it does not promise to')
    const said = await sayAndSettle(now, 'first wording')
    const before = await hearAll(now, null)
    await now.edit(said, 'second wording')
    await now.settle?.()
    const after = await hearAll(now, before.cursor)
    expect(after.posts.find((post) => post.externalId.includes(said))?.text).toContain('second wording')
  })
}

function tryFaults(polls: Polls): void {
  const faults: [StageFault, Failure['name'][]][] = [
    [{ kind: 'rate-limit', retryAfterSeconds: 100 }, ['rate-limited']],
    [{ kind: 'server-error' }, ['upstream']],
    [{ kind: 'cut-before' }, ['unreachable']],
    [{ kind: 'cut-after' }, ['unreachable']],
    [{ kind: 'half-answer' }, ['unreachable', 'malformed']],
    [{ kind: 'garbage' }, ['malformed']],
  ]
  for (const [fault, names] of faults) {
    polls(`names a fault (${fault.kind}: ${names.join(' or ')}) and hears everything afterwards`, async (now) => {
      const before = await hearAll(now, null)
      const said = await sayAndSettle(now, `said while the network failed (${fault.kind})`)
      now.faults.arm({ ...fault, path: now.paths.hear })
      const failure = failureIn(await poll(now, before.cursor))
      expect(names).toContain(failure.name)
      if (failure.name === 'rate-limited') expect(secondsUntil(failure.until)).toBeCloseTo(100, -1)
      const after = await hearAll(now, before.cursor)
      expect(after.posts.some((post) => post.externalId.includes(said))).toBe(true)
    })
  }

  polls('lets go when the caller gives up', async (now) => {
    now.faults.arm({ kind: 'slow', delayMs: 20_000, path: now.paths.hear })
    const startedAt = Date.now()
    const outcome = await now.connector.poll?.(now.connection, null, AbortSignal.timeout(300))
    now.faults.clear()
    expect(Date.now() - startedAt).toBeLessThan(HANDS_OFF_MS)
    expect(failureIn(outcome as Outcome<HeardBatch>).name).toBe('unreachable')
  })
}

function trySessions(polls: Polls): void {
  polls('renews a session that ends, without a word', async (now, skip) => {
    if (!now.expireSession) return skip('no session, or nobody can end it')
    const said = await sayAndSettle(now, 'said while the session ended')
    await now.expireSession(false)
    expect(idsOf((await hearAll(now, null)).posts).join()).toContain(said)
    await now.expireSession(true)
    expect(idsOf((await hearAll(now, null)).posts).join()).toContain(said)
  })

  polls('says so when the credentials are wrong', async (now, skip) => {
    if (!now.wrongCredentials) return skip('no credentials')
    const connection = { ...now.connection, credentials: now.wrongCredentials }
    expect(failureIn(await now.connector.check(connection, soon())).name).toBe('credentials-expired')
  })
}

const idsOf = (posts: HeardPost[]): string[] => posts.map((post) => post.externalId).sort()

const poll = (stage: Stage, cursor: Cursor): Promise<Outcome<HeardBatch>> =>
  stage.connector.poll?.(stage.connection, cursor, soon()) as Promise<Outcome<HeardBatch>>

interface Heard {
  posts: HeardPost[]
  kinds: string[]
  cursor: Cursor
}

/** Polls until there is no more. */
async function hearAll(stage: Stage, from: Cursor): Promise<Heard> {
  const heard: Heard = { posts: [], kinds: [], cursor: from }
  for (let polls = 0; polls < POLLS_MAX; polls++) {
    const batch = valueIn(await poll(stage, heard.cursor))
    heard.cursor = batch.cursor
    for (const item of batch.items) {
      heard.kinds.push(item.kind)
      if (item.kind === 'post') heard.posts.push(item.post)
    }
    if (!batch.more) return heard
  }
  throw new Error(`still more to hear after ${POLLS_MAX} polls`)
}

const secondsUntil = (time: Date): number => (time.getTime() - Date.now()) / 1_000
