import { expect, test } from 'vitest'
import type { Cursor, Failure, HeardItem } from '../connector.ts'
import type { Skip, Stage } from './stage.ts'

const PATIENCE_MS = 10_000

/** One connection that brings what happens as it happens, and misses nothing over breaks. */
export function describeStream(stage: () => Stage): void {
  const streams: Streams = (title, run) => {
    test(title, async (context) => {
      stage().faults.clear()
      const open: Ear[] = []
      try {
        await run(
          stage(),
          async (cursor) => {
            const ear = listenTo(stage(), cursor)
            open.push(ear)
            await ear.listening(stage())
            return ear
          },
          (reason) => context.skip(reason),
        )
      } finally {
        await stage().stream?.faults?.({ duplicates: false, disorder: false })
        for (const ear of open) await ear.stop()
      }
    })
  }

  tryHearing(streams)
  tryDisturbances(streams)
  tryEnds(streams)
}

type Listen = (cursor: Cursor) => Promise<Ear>
type Streams = (title: string, run: (stage: Stage, listen: Listen, skip: Skip) => Promise<void>) => void

function tryHearing(streams: Streams): void {
  streams('hears posts, edits and deletions', async (now, listen) => {
    const ear = await listen(null)
    const said = await now.say('on the air')
    expect(await ear.post(said)).toMatchObject({ text: 'on the air' })
    if (now.edit) {
      await now.edit(said, 'on the air, better')
      await ear.until(() =>
        ear.items.some(
          (item) => item.kind === 'post' && item.post.editedAt !== null && item.post.text.endsWith('better'),
        ),
      )
    }
    await now.remove?.(said)
    await ear.until(() => ear.items.some((item) => item.kind === 'post-deleted' && item.externalId.includes(said)))
  })

  streams('hears the first time what was deleted a moment before', async (now, listen, skip) => {
    if (!now.remove) return skip('nothing can be deleted')
    const doomed = await now.say('gone before anyone listened')
    await now.remove(doomed)
    const ear = await listen(null)
    await ear.until(() => ear.items.some((item) => item.kind === 'post-deleted' && item.externalId.includes(doomed)))
  })

  streams('goes on after a cut without losing anything, and without saying it twice', async (now, listen) => {
    const ear = await listen(null)
    const first = await now.say('before the cut')
    await ear.post(first)
    await now.stream?.cut()
    const meanwhile = await now.say('during the cut')
    await ear.post(meanwhile)
    for (const said of [first, meanwhile]) expect(ear.count(said)).toBe(1)
  })

  streams(
    'goes on from a stored cursor after a restart: deletions made meanwhile are heard too',
    async (now, listen) => {
      const ear = await listen(null)
      const kept = await now.say('stays')
      const doomed = await now.say('goes')
      await ear.post(doomed)
      const cursor = JSON.parse(JSON.stringify(ear.cursor())) as Cursor
      await ear.stop()
      await now.remove?.(doomed)
      const missed = await now.say('said while nobody listened')
      const again = await listen(cursor)
      await again.post(missed)
      await again.until(() =>
        again.items.some((item) => item.kind === 'post-deleted' && item.externalId.includes(doomed)),
      )
      expect(
        [...ear.items, ...again.items].some((item) => item.kind === 'post' && item.post.externalId.includes(kept)),
      ).toBe(true)
    },
  )
}

function tryDisturbances(streams: Streams): void {
  streams('takes duplicates once', async (now, listen, skip) => {
    if (!now.stream?.faults) return skip('nobody can disturb the stream')
    const ear = await listen(null)
    await now.stream.faults({ duplicates: true })
    const said = [await now.say('echo'), await now.say('echo again')]
    for (const one of said) await ear.post(one)
    for (const one of said) expect(ear.count(one)).toBe(1)
  })

  streams('hears everything in disorder', async (now, listen, skip) => {
    if (!now.stream?.faults) return skip('nobody can disturb the stream')
    const ear = await listen(null)
    await now.stream.faults({ disorder: true })
    const said = await Promise.all([1, 2, 3, 4, 5].map((number) => now.say(`shuffled ${number}`)))
    for (const one of said) await ear.post(one)
  })

  streams('puts what it cannot read aside with a reason, and goes on', async (now, listen, skip) => {
    const sendRaw = now.stream?.sendRaw
    if (!sendRaw) return skip('nobody can disturb the stream')
    const ear = await listen(null)
    for (const frame of ['{"broken', '[]', 'null', '{"kind":"commit"}']) await sendRaw(frame)
    await ear.post(await now.say('still here'))
    const aside = ear.items.filter((item) => item.kind === 'malformed')
    expect(aside.length).toBe(4)
    for (const item of aside) expect(item.reason).not.toBe('')
  })
}

function tryEnds(streams: Streams): void {
  streams('ends when the caller has heard enough', async (_now, listen) => {
    const ear = await listen(null)
    const startedAt = Date.now()
    expect(await ear.stop()).toBeNull()
    expect(Date.now() - startedAt).toBeLessThan(2_000)
  })

  streams('gives up with a named failure when the network stays away', async (now) => {
    now.faults.arm({ kind: 'cut-before', path: now.paths.hear, times: 1_000 })
    const ear = listenTo(now, null)
    const failure = await ear.ended
    now.faults.clear()
    expect(failure?.name).toBe('unreachable')
  })

  streams('tells the caller at once until when it has to wait', async (now) => {
    now.faults.arm({ kind: 'rate-limit', path: now.paths.hear, retryAfterSeconds: 30 })
    expect((await listenTo(now, null).ended)?.name).toBe('rate-limited')
  })
}

interface Ear {
  items: HeardItem[]
  cursor(): Cursor
  count(said: string): number
  post(said: string): Promise<Extract<HeardItem, { kind: 'post' }>['post']>
  until(condition: () => boolean): Promise<void>
  /** Says something and waits until it is heard: from then on nothing is missed. */
  listening(stage: Stage): Promise<void>
  ended: Promise<Failure | null>
  stop(): Promise<Failure | null>
}

function listenTo(stage: Stage, from: Cursor): Ear {
  const enough = new AbortController()
  const items: HeardItem[] = []
  let cursor = from
  const listen = async (): Promise<Failure | null> => {
    const stream = stage.connector.stream?.(stage.connection, from, enough.signal)
    for (;;) {
      const step = await stream?.next()
      if (step === undefined || step.done) return step?.value ?? null
      items.push(...step.value.items)
      cursor = step.value.cursor
    }
  }
  const ended = listen()
  const until = async (condition: () => boolean): Promise<void> => {
    const giveUpAt = Date.now() + PATIENCE_MS
    while (!condition()) {
      if (Date.now() > giveUpAt)
        throw new Error(`not heard in time; heard: ${items.map((item) => item.kind).join(', ')}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  const postsOf = (said: string) =>
    items.flatMap((item) => (item.kind === 'post' && item.post.externalId.includes(said) ? [item.post] : []))
  const post = async (said: string): ReturnType<Ear['post']> => {
    await until(() => postsOf(said).length > 0)
    return postsOf(said)[0] as Awaited<ReturnType<Ear['post']>>
  }
  const listening = async (now: Stage): Promise<void> => {
    const before = items.length
    for (let tries = 0; tries < 50 && items.length === before; tries++) {
      await now.say(`testing the line ${tries}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  const stop = (): Promise<Failure | null> => {
    enough.abort()
    return ended
  }
  return { items, cursor: () => cursor, count: (said) => postsOf(said).length, post, until, listening, ended, stop }
}
