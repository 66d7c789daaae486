import type { WorkspaceTransaction } from '../../platform/database.ts'
import { expiredPosts } from './expired-posts.ts'
import { VOICES_MIN } from './rising.ts'
import { postsIn, readTallies, subjectOf, summed } from './tallied.ts'
import { voicesIn } from './tally.ts'
import { type Period, windowOf } from './window.ts'

const SHOWN_MAX = 20

/** What several people pass on. */
export async function linksShared(
  tx: WorkspaceTransaction,
  { topicId, period }: { topicId?: string | undefined; period: Period },
  now: Date,
) {
  const subject = await subjectOf(tx, topicId)
  const window = windowOf(period, now)
  const tallies = await readTallies(tx, subject, 'links', [window], now)
  const { of } = summed(tallies)
  const items = [...of]
    .map(([link, { posts, mark }]) => ({ link, url: `https://${link}`, posts, voices: voicesIn(mark) }))
    .filter(({ posts, voices }) => posts >= VOICES_MIN && voices >= VOICES_MIN)
    .sort((a, b) => b.voices - a.voices || b.posts - a.posts || (a.link < b.link ? -1 : 1))
    .slice(0, SHOWN_MAX)
  return { ...window, posts: postsIn(tallies), expired: await expiredPosts(tx, subject, tallies), items }
}
