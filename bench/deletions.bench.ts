import { setTimeout as delay } from 'node:timers/promises'
import { type CareDesk, openCareDesk } from '../e2e/care-desk.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { median, round2 } from './statistics.ts'

/**
 * How long words stay readable after their author deleted them: from the deletion on the twin's stream to the tombstone
 * in what the posts page and the inbox ask for, in the product as it is started.
 */
const DELETIONS = 50
/** As many as one page of posts or conversations holds. */
const DELETIONS_MAX = 100
/** Between two deletions, at random: they meet the loop that applies them at every point of its turn. */
const GAP_MS_MAX = 600
const LOOK_EVERY_MS = 50
const WAIT_MS_MAX = 120_000
const OWNER = { email: 'mara@bench.example', password: 'correct horse battery', name: 'Mara Lindqvist' }

export async function measure(options: BenchOptions): Promise<Measured> {
  const count = Math.min(options.number('deletions', DELETIONS), DELETIONS_MAX)
  const desk = await openCareDesk(OWNER)
  try {
    await until('the stream is connected', async () => (await listed(desk, '/streams')).some((one) => one.connectedAt))
    const uris = Array.from({ length: count }, (_, number) => desk.say(`customer-${number}.test`, `Help, ${number}`))
    await until('each post has a conversation', async () => (await listed(desk, CONVERSATIONS)).length === count)
    options.say(`${count} posts were heard; they are deleted now`)
    const { posts, inbox } = await secondsToTombstones(desk, uris)
    return {
      figures: {
        deletions: count,
        'posts page, median seconds': median(posts),
        'posts page, longest seconds': Math.max(...posts),
        'inbox, median seconds': median(inbox),
        'inbox, longest seconds': Math.max(...inbox),
      },
      targets: [
        { figure: 'posts page, longest seconds', atMost: 60 },
        { figure: 'inbox, longest seconds', atMost: 60 },
      ],
    }
  } finally {
    await desk.stop()
  }
}

const POSTS = `/posts?limit=${DELETIONS_MAX}`
const CONVERSATIONS = `/conversations?limit=${DELETIONS_MAX}`

interface Item {
  postId?: string
  externalId?: string
  deleted?: object | null
  lastPost?: { postId: string; deleted: boolean } | null
  connectedAt?: string | null
}

const listed = async (desk: CareDesk, path: string): Promise<Item[]> =>
  ((await desk.api('GET', path)) as { items: Item[] }).items

/** For each deletion, at most the time between two looks too long. */
async function secondsToTombstones(desk: CareDesk, uris: string[]): Promise<{ posts: number[]; inbox: number[] }> {
  const uriOf = new Map((await listed(desk, POSTS)).map(({ postId, externalId }) => [postId, externalId ?? '']))
  const [posts, inbox] = [new Map<string, number>(), new Map<string, number>()]
  const deletedAt = new Map<string, number>()
  const note = (seconds: Map<string, number>, postId: string | undefined): void => {
    const uri = uriOf.get(postId) ?? ''
    if (!seconds.has(uri)) seconds.set(uri, (performance.now() - (deletedAt.get(uri) ?? Number.NaN)) / 1_000)
  }
  const deleting = deleteOneByOne(desk, uris, deletedAt)
  await until('every post is a tombstone', async () => {
    for (const { postId, deleted } of await listed(desk, POSTS)) if (deleted) note(posts, postId)
    for (const { lastPost } of await listed(desk, CONVERSATIONS)) if (lastPost?.deleted) note(inbox, lastPost.postId)
    return posts.size === uris.length && inbox.size === uris.length
  })
  await deleting
  return { posts: [...posts.values()].map(round2), inbox: [...inbox.values()].map(round2) }
}

async function deleteOneByOne(desk: CareDesk, uris: string[], deletedAt: Map<string, number>): Promise<void> {
  for (const uri of uris) {
    deletedAt.set(uri, performance.now())
    desk.twin.control.remove({ uri })
    await delay(Math.random() * GAP_MS_MAX)
  }
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + WAIT_MS_MAX
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`not within ${WAIT_MS_MAX / 1_000} s: ${what}`)
    await delay(LOOK_EVERY_MS)
  }
}
