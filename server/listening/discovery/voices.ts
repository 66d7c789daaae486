import { sql } from 'kysely'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { readTallies, type Summed, subjectOf, summed } from './tallied.ts'
import { type Period, windowOf } from './window.ts'

/** Looked at by posts and by followers each; who was heard first is known by the author alone. */
const LOOKED_AT_MAX = 300
/** Shown by posts and by followers each, of all and of new ones. */
const SHOWN_MAX = 10

interface Voice {
  authorId: string
  posts: number
  followers: string | null
  firstHeardAt: Date
  isNew: boolean
}

interface AuthorRow {
  author_id: string
  followers: string | null
  first_heard_at: Date
}

/** Who is gone, erased or ours is no voice: the author's row decides, not what was counted. */
export async function voicesHeard(
  tx: WorkspaceTransaction,
  { topicId, period }: { topicId?: string | undefined; period: Period },
  now: Date,
) {
  const subject = await subjectOf(tx, topicId)
  const window = windowOf(period, now)
  const { of } = summed(await readTallies(tx, subject, 'voices', [window], now), Math.max)
  const looked = topOf([...of])
  const { rows } = await sql<AuthorRow>`
    select author_id, followers, first_heard_at from author where workspace_id = ${tx.workspaceId}
      and author_id = any(${looked.map(([authorId]) => authorId)}::uuid[]) and state = 'active' and not own`.execute(
    tx.sql,
  )
  const voices = rows.map(
    (row): Voice => ({
      authorId: row.author_id,
      posts: of.get(row.author_id)?.posts ?? 0,
      followers: row.followers,
      firstHeardAt: row.first_heard_at,
      isNew: row.first_heard_at >= window.from,
    }),
  )
  const shown = [...new Set([...shownOf(voices), ...shownOf(voices.filter(({ isNew }) => isNew))])]
  const briefs = await authorBriefs(
    tx,
    shown.map(({ authorId }) => authorId),
  )
  const items = shown.flatMap(({ authorId, ...voice }) => {
    const author = briefs.get(authorId)
    return author ? [{ author, ...voice }] : []
  })
  return { ...window, items }
}

function topOf(counts: [string, Summed][]): [string, Summed][] {
  const byPosts = counts.toSorted(([, a], [, b]) => b.posts - a.posts).slice(0, LOOKED_AT_MAX)
  const byReach = counts.toSorted(([, a], [, b]) => b.mark - a.mark).slice(0, LOOKED_AT_MAX)
  return [...new Map([...byPosts, ...byReach])]
}

/** Followers are compared as whole numbers of any size. */
function shownOf(voices: Voice[]): Voice[] {
  const reachOf = ({ followers }: Voice) => BigInt(followers ?? 0)
  const byReach = (a: Voice, b: Voice) => (reachOf(a) < reachOf(b) ? 1 : reachOf(a) > reachOf(b) ? -1 : 0)
  const byPosts = (a: Voice, b: Voice) => b.posts - a.posts || byReach(a, b)
  return [...voices.toSorted(byPosts).slice(0, SHOWN_MAX), ...voices.toSorted(byReach).slice(0, SHOWN_MAX)]
}
