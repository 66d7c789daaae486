import { beginByContact, type KnownAuthor } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import type { MentionChanges } from './counters/mention-changes.ts'
import { recountMentions } from './counters/recount.ts'
import { count, countedPosts, uncount } from './discovery/entries.ts'
import { holdMentions } from './holding.ts'
import type { Candidate, KeepOptions, NewlyStored } from './newly-stored.ts'
import {
  dropLostMentions,
  insertMentions,
  insertPosts,
  type KnownPost,
  type NewPost,
  updatePosts,
} from './post-rows.ts'
import { learnAgainFrom } from './triage/changed-posts.ts'
import { judgeMentions } from './triage/judging.ts'
import { endLabels } from './understanding/label-ending.ts'
import { understandPost } from './understanding/read-post.ts'

/** New posts with their groups and mentions. What they change in the counts is gathered in `counts`. */
export async function storeNew(
  tx: WorkspaceTransaction,
  candidates: Candidate[],
  authorOf: (candidate: Candidate) => KnownAuthor | undefined,
  options: KeepOptions,
  counts: MentionChanges,
): Promise<NewlyStored[]> {
  if (candidates.length === 0) return []
  const read = candidates.map((candidate) => ({ postId: newId(), candidate: readIfNotYet(candidate) }))
  const groups = await options.groups.of(
    tx,
    read
      .filter(({ candidate }) => candidate.post.visibility === 'public')
      .map(({ postId, candidate }) => ({ postId, fingerprint: candidate.understanding.fingerprint })),
    options.heardAt,
  )
  const rows = read.map(({ postId, candidate }) => {
    const author = authorOf(candidate) as KnownAuthor
    // The account may have become ours since the candidates were matched; a letter in an inbox is not ours even so.
    const own = candidate.own || (author.own && candidate.post.scopeIfOurs === undefined)
    const row: NewPost = {
      postId,
      post: candidate.post,
      authorId: author.authorId,
      direction: own ? 'out' : 'in',
      addressed: candidate.addressed && !own,
      understanding: own ? null : candidate.understanding,
      groupId: groups.get(postId) ?? postId,
    }
    return { candidate, row, followers: author.followers }
  })
  const inserted = await insertPosts(
    tx,
    rows.map(({ row }) => row),
    options,
    options.heardAt,
  )
  const stored = rows.filter(({ row }) => inserted.has(row.postId))
  const mentions = stored.flatMap(mentionsOf)
  await insertMentions(tx, mentions)
  for (const { countedAs, reach, network, topicId, publishedAt } of mentions)
    if (countedAs !== null) counts.add({ topicId, network, publishedAt }, countedAs, BigInt(reach ?? 0))
  // An import is history: nobody turns to us by it.
  if (options.origin !== 'import')
    for (const { row } of stored)
      if (row.addressed) await beginByContact(tx, row.authorId, 'wrote-to-us', row.postId, options.heardAt)
  return stored
}

const readIfNotYet = (candidate: Candidate): NewlyStored['candidate'] =>
  isRead(candidate) ? candidate : { ...candidate, understanding: understandPost(candidate.post) }
const isRead = (candidate: Candidate): candidate is NewlyStored['candidate'] => candidate.understanding !== null

/** What we say ourselves is a mention too, but not counted. */
const mentionsOf = ({ candidate, row, followers }: NewlyStored & { followers: string | null }) =>
  candidate.topics.map((topic) => ({
    ...topic,
    postId: row.postId,
    network: row.post.network,
    publishedAt: row.post.publishedAt,
    countedAs: row.direction === 'in' ? (candidate.understanding.sentiment ?? ('unread' as const)) : null,
    reach: row.direction === 'in' ? (followers ?? '0') : null,
  }))

/** New content of stored posts, which the caller holds: they are understood anew and stay in their group. */
export async function storeEdits(
  tx: WorkspaceTransaction,
  edited: Candidate[],
  known: Map<string, KnownPost>,
  heardAt: Date,
  counts: MentionChanges,
): Promise<void> {
  const rows = edited.map((candidate) => {
    const before = known.get(candidate.post.key) as KnownPost
    const { post, topics } = candidate
    const understanding = before.direction === 'out' ? null : readIfNotYet(candidate).understanding
    const { postId, addressed } = before
    return { post, topics, before, postId, addressed, understanding, editedAt: post.editedAt ?? heardAt }
  })
  const postIds = rows.map(({ postId }) => postId)
  await uncount(tx, await countedPosts(tx, postIds), heardAt)
  await endLabels(tx, postIds)
  await updatePosts(tx, rows)
  await learnAgainFrom(
    tx,
    rows.map(({ postId }) => postId),
  )
  await holdMentions(tx, postIds)
  await dropLostMentions(tx, rows, counts)
  await insertMentions(
    tx,
    rows.flatMap(({ topics, before }) =>
      topics.map((topic) => ({
        ...topic,
        postId: before.postId,
        publishedAt: before.publishedAt,
        countedAs: null,
        reach: null,
      })),
    ),
  )
  await recountMentions(tx, postIds, counts)
  await count(tx, await countedPosts(tx, postIds), heardAt)
  await judgeMentions(
    tx,
    rows.flatMap(({ topics, postId }) => topics.map(({ topicId }) => ({ topicId, postId }))),
  )
}
