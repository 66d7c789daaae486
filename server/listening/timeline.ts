import { sql } from 'kysely'
import type { z } from 'zod'
import type { timelines as contract } from '../../contract/listening-posts.ts'
import { type AuthorBrief, authorBriefs, authorsOfPerson, handlesOf, type Link, linksOf } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import { pageOf, readCursor, writeCursor } from '../platform/keyset.ts'
import { loadPosts } from './reading.ts'

/** Facts beside posts are few; they are read whole and merged into the page. */
const LINKS_MAX = 200

type Timeline = z.infer<(typeof contract.ofAuthor)['~orpc']['outputSchema'] & z.ZodType>
type Entry = Timeline['items'][number]

interface Placed {
  at: Date
  /** Tells entries of one moment apart. */
  key: string
  postId: string | null
  fact: Entry | null
}

interface Page {
  after?: string | undefined
  limit: number
}

export async function authorTimeline(tx: WorkspaceTransaction, authorId: string, page: Page): Promise<Timeline> {
  const authors = await authorBriefs(tx, [authorId])
  if (authors.size === 0) throw new NotFound('author-unknown')
  return timeline(tx, authors, await linksOf(tx, { authorId }, LINKS_MAX), page)
}

export async function personTimeline(tx: WorkspaceTransaction, personId: string, page: Page): Promise<Timeline> {
  const links = await linksOf(tx, { personId }, LINKS_MAX)
  if (links.length === 0) throw new NotFound('person-unknown')
  return timeline(tx, await authorBriefs(tx, await authorsOfPerson(tx, personId)), links, page)
}

async function timeline(
  tx: WorkspaceTransaction,
  authors: Map<string, AuthorBrief>,
  links: Link[],
  { after, limit }: Page,
): Promise<Timeline> {
  const cursor = readCursor(after, 2)
  const before = cursor && { at: new Date(cursor[0] as string), key: cursor[1] as string }
  const facts = [...links.flatMap(linkFacts), ...(await handleFacts(tx, authors))].filter(
    (fact) => !before || isBefore(fact, before),
  )
  const posts = await postsOf(tx, [...authors.keys()], before, limit + 1)
  const merged = [...facts, ...posts].sort((a, b) => (isBefore(a, b) ? 1 : -1))
  const page = pageOf(merged, limit, (entry) => writeCursor(entry.at, entry.key))
  const views = await loadPosts(
    tx,
    page.items.flatMap(({ postId }) => postId ?? []),
  )
  const viewOf = new Map(views.map((view) => [view.postId, view]))
  const items = page.items.flatMap(({ at, postId, fact }): Entry[] => {
    const post = postId === null ? undefined : viewOf.get(postId)
    return fact ? [fact] : post ? [{ kind: 'post', at, post }] : []
  })
  return { items, nextCursor: page.nextCursor }
}

/** Earlier in the list means later in time. */
const isBefore = (entry: { at: Date; key: string }, other: { at: Date; key: string }): boolean =>
  entry.at.getTime() === other.at.getTime() ? entry.key < other.key : entry.at < other.at

/** Each author's newest from post_author, merged. */
async function postsOf(
  tx: WorkspaceTransaction,
  authorIds: string[],
  before: { at: Date; key: string } | null,
  limit: number,
): Promise<Placed[]> {
  const { rows } = await sql<{ post_id: string; published_at: Date }>`
    select p.post_id, p.published_at from unnest(${authorIds}::uuid[]) as a(author_id) cross join lateral (
      select post_id, published_at from post where workspace_id = ${tx.workspaceId} and author_id = a.author_id
        ${before ? sql`and (published_at, post_id) < (${before.at}::timestamptz, ${UUID.test(before.key) ? before.key : LAST_ID}::uuid)` : sql``}
      order by published_at desc, post_id desc limit ${limit}) p
    order by p.published_at desc, p.post_id desc limit ${limit}`.execute(tx.sql)
  return rows.map((row) => ({ at: row.published_at, key: row.post_id, postId: row.post_id, fact: null }))
}
const UUID = /^[0-9a-f-]{36}$/
/** Facts have keys behind every id, so at one moment they come before posts. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function linkFacts(link: Link): Placed[] {
  const made: Placed = {
    at: link.linkedAt,
    key: `link ${link.linkId}`,
    postId: null,
    fact: { kind: 'linked', at: link.linkedAt, link },
  }
  const ended = link.withdrawn && {
    at: link.withdrawn.at,
    key: `withdrawal ${link.linkId}`,
    postId: null,
    fact: { kind: 'withdrawn' as const, at: link.withdrawn.at, link },
  }
  return ended ? [made, ended] : [made]
}

async function handleFacts(tx: WorkspaceTransaction, authors: Map<string, AuthorBrief>): Promise<Placed[]> {
  const periods = await handlesOf(tx, [...authors.keys()])
  return periods.flatMap(({ authorId, handle, name, seenFrom }) => {
    const author = authors.get(authorId)
    if (!author) return []
    const fact: Entry = { kind: 'handle', at: seenFrom, author, handle, name }
    return [{ at: seenFrom, key: `handle ${authorId} ${handle}`, postId: null, fact }]
  })
}
