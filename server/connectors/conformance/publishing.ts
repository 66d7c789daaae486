import { expect, test } from 'vitest'
import { newId } from '../../platform/ids.ts'
import type { Failure, Outcome, OutgoingPost, PostReference, PublishedPost } from '../connector.ts'
import { failureIn, type Skip, type Stage, type StageFault, sayAndSettle, soon, valueIn } from './stage.ts'

/** Speaking once: the promise that the outbox rests on. */
export function describePublishing(stage: () => Stage): void {
  const speaks: Speaks = (title, run) => {
    test(title, async (context) => {
      const now = stage()
      now.faults.clear()
      const publish: Publish = (post) => required(now.connector.publish)(now.connection, post, soon())
      await run(now, publish, (reason) => context.skip(reason))
    })
  }

  tryPublishing(speaks)
  tryThreads(speaks)
  tryOnce(speaks)
  tryRefusals(speaks)
}

type Publish = (post: OutgoingPost) => Promise<Outcome<PublishedPost>>
type Speaks = (title: string, run: (stage: Stage, publish: Publish, skip: Skip) => Promise<void>) => void

function tryPublishing(speaks: Speaks): void {
  speaks('publishes a post that can be found by its key and known by its echo', async (now, publish) => {
    const post = outgoing('A first word, with a link https://example.org/ä and #umlaut')
    const published = valueIn(await publish(post))
    expect(valueIn(await find(now, post))?.externalId).toBe(published.externalId)
    expect(now.connector.isEchoOf?.(post.networkKey, published.externalId)).toBe(true)
    expect(now.connector.isEchoOf?.(newId(), published.externalId)).toBe(false)
    expect(await now.countPublished?.(post.text)).toBe(1)
  })

  speaks('publishes a picture with its description', async (now, publish, skip) => {
    if (now.connector.capabilities.pictures === null) return skip('the network takes no pictures')
    const post = { ...outgoing('Look'), media: [picture(PIXEL)] }
    const published = valueIn(await publish(post))
    await now.settle?.()
    const thread = await now.connector.readThread?.(
      now.connection,
      { externalId: published.externalId, reference: null },
      soon(),
    )
    if (thread !== undefined) expect(valueIn(thread)[0]?.media).toMatchObject([{ kind: 'image', alt: 'one dot' }])
  })

  speaks(
    'takes pictures up to the limits that it states, and publishes nothing beyond them',
    async (now, publish, skip) => {
      const limits = now.connector.capabilities.pictures
      if (limits === null) return skip('the network takes no pictures')
      // What follows the end of a PNG is no part of it, but counts.
      const padded = (bytes: number) => picture(Buffer.concat([PIXEL, Buffer.alloc(bytes - PIXEL.length)]))
      const largest = Array.from({ length: limits.countMax }, () => padded(limits.bytesMax))
      valueIn(await publish({ ...outgoing('As many and as large as it goes'), media: largest }))
      const beyond = [
        [padded(limits.bytesMax + 1)],
        [...largest, padded(100)],
        [{ ...picture(PIXEL), mediaType: 'image/tiff' }],
      ]
      for (const media of beyond) {
        const post = { ...outgoing('Too much to see'), media }
        expect(failureIn(await publish(post)).name).toBe('refused')
        expect(valueIn(await find(now, post))).toBeNull()
      }
    },
  )

  speaks('removes a post, and removing it again changes nothing', async (now, publish, skip) => {
    if (!now.connector.remove) return skip('the network takes nothing back')
    const post = outgoing('A word to take back')
    const { externalId } = valueIn(await publish(post))
    valueIn(await now.connector.remove(now.connection, externalId, soon()))
    valueIn(await now.connector.remove(now.connection, externalId, soon()))
    expect(valueIn(await find(now, post))).toBeNull()
    expect(await now.countPublished?.(post.text)).toBe(0)
  })
}

function tryThreads(speaks: Speaks): void {
  speaks('answers inside the thread, and reads it root first', async (now, publish, skip) => {
    if (!now.connector.readThread) return skip('it reads no threads, or nobody can delete')
    const root = await sayAndSettle(now, 'Who answers me?')
    const seen = valueIn(await now.connector.readThread(now.connection, { externalId: root, reference: null }, soon()))
    const asked = seen[0]
    expect(asked?.text).toBe('Who answers me?')
    const parent: PostReference = { externalId: root, reference: asked?.reference ?? null }
    const answer = valueIn(await publish({ ...outgoing('We do.'), parent, root: parent }))
    await now.settle?.()
    const thread = valueIn(
      await now.connector.readThread(now.connection, { externalId: answer.externalId, reference: null }, soon()),
    )
    expect(thread.map((post) => post.text)).toEqual(['Who answers me?', 'We do.'])
    expect(thread[1]?.parent?.externalId).toBe(root)
  })

  speaks('says that a thread is gone when its post is', async (now, _publish, skip) => {
    if (!now.connector.readThread || !now.remove) return skip('it reads no threads, or nobody can delete')
    const said = await sayAndSettle(now, 'I will regret this')
    await now.remove(said)
    await now.settle?.()
    const outcome = await now.connector.readThread(now.connection, { externalId: said, reference: null }, soon())
    expect(failureIn(outcome).name).toBe('gone')
  })
}

/** Whatever fails on the way, one key makes one post. */
function tryOnce(speaks: Speaks): void {
  speaks('makes one post of two attempts with the same key', async (now, publish) => {
    const post = outgoing('Once is enough')
    const [first, second] = [valueIn(await publish(post)), valueIn(await publish(post))]
    expect(second.externalId).toBe(first.externalId)
    expect(await now.countPublished?.(post.text)).toBe(1)
  })

  speaks('finds the post whose confirmation was lost, and repeats nothing', async (now, publish) => {
    const post = outgoing('Did you get this?')
    now.faults.arm({ kind: 'cut-after', path: now.paths.publish ?? '', method: 'POST' })
    expect(failureIn(await publish(post)).name).toBe('unreachable')
    const found = valueIn(await find(now, post))
    expect(found).not.toBeNull()
    expect(valueIn(await publish(post)).externalId).toBe(found?.externalId)
    expect(await now.countPublished?.(post.text)).toBe(1)
  })

  const nothingDone: [StageFault, Failure['name']][] = [
    [{ kind: 'cut-before' }, 'unreachable'],
    [{ kind: 'server-error' }, 'upstream'],
    [{ kind: 'rate-limit', retryAfterSeconds: 20 }, 'rate-limited'],
  ]
  for (const [fault, name] of nothingDone) {
    speaks(
      `knows that nothing was published after ${fault.kind}, and publishes once afterwards`,
      async (now, publish) => {
        const post = outgoing(`After ${fault.kind}`)
        now.faults.arm({ ...fault, path: now.paths.publish ?? '', method: 'POST' })
        expect(failureIn(await publish(post)).name).toBe(name)
        expect(valueIn(await find(now, post))).toBeNull()
        valueIn(await publish(post))
        expect(await now.countPublished?.(post.text)).toBe(1)
      },
    )
  }

  speaks('believes a half answer neither way: the post is found and stays one', async (now, publish) => {
    const post = outgoing('Half a yes')
    now.faults.arm({ kind: 'half-answer', path: now.paths.publish ?? '', method: 'POST' })
    expect(['unreachable', 'malformed']).toContain(failureIn(await publish(post)).name)
    valueIn(await publish(post))
    expect(await now.countPublished?.(post.text)).toBe(1)
  })

  speaks('publishes once when the session ends on the way', async (now, publish, skip) => {
    if (!now.expireSession) return skip('no session, or nobody can end it')
    for (const whole of [false, true]) {
      const post = outgoing(`Session over (${whole ? 'whole' : 'token'})`)
      await now.expireSession(whole)
      valueIn(await publish(post))
      expect(await now.countPublished?.(post.text)).toBe(1)
    }
  })
}

function tryRefusals(speaks: Speaks): void {
  speaks('refuses what the network would not take, and publishes nothing', async (now, publish, skip) => {
    const characters = now.connector.capabilities.textCharactersMax
    if (characters === null) return skip('the network takes any length')
    const post = outgoing('ü'.repeat(characters + 1))
    expect(failureIn(await publish(post)).name).toBe('refused')
    expect(valueIn(await find(now, post))).toBeNull()
    valueIn(await publish({ ...post, text: '👩‍👩‍👧‍👦'.repeat(Math.min(characters, 100)) }))
  })
}

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const picture = (bytes: Uint8Array) => ({ bytes, mediaType: 'image/png', width: 1, height: 1, alt: 'one dot' })

const outgoing = (text: string): OutgoingPost => ({
  text,
  language: 'en',
  parent: null,
  root: null,
  media: [],
  networkKey: newId(),
  createdAt: new Date(),
})

async function find(stage: Stage, post: OutgoingPost): Promise<Outcome<PublishedPost | null>> {
  const found = await required(stage.connector.findByKey)(stage.connection, post.networkKey, soon())
  if (found.ok && found.value === 'undecidable') throw new Error('the network can be asked, and did not decide')
  return found as Outcome<PublishedPost | null>
}

function required<T>(method: T | undefined): T {
  if (method === undefined) throw new Error('a connector that speaks has publish and findByKey')
  return method
}
