import { accountKey, type KnownAuthor, rememberAuthors, suppressedSince } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { NewEvent } from '../platform/events.ts'
import { afterStoring } from './after-storing.ts'
import { MentionChanges } from './counters/mention-changes.ts'
import { holdPosts } from './holding.ts'
import type { Candidate, KeepOptions } from './newly-stored.ts'
import { type PostPlace, postKey } from './normalise.ts'
import { findPosts, type KnownPost, markAddressed } from './post-rows.ts'
import { storeEdits, storeNew } from './store-posts.ts'

/** Event subjects stay small enough to be read at once. */
const POSTS_PER_EVENT_MAX = 500

export interface Kept {
  posts: number
  /** Stored already, with the same content. */
  duplicates: number
  /** By accounts that must not be collected. */
  suppressed: number
  authors: number
  newPlaces: PostPlace[]
}

const NOTHING_KEPT: Kept = { posts: 0, duplicates: 0, suppressed: 0, authors: 0, newPlaces: [] }

/** Whether a workspace's transaction is needed: for what was asked, or for what only its stored posts can tell. */
export const mayKeep = ({ post, topics, addressed, own }: Candidate, everything: boolean): boolean =>
  everything ||
  topics.length > 0 ||
  addressed ||
  own ||
  post.parent !== null ||
  post.root !== null ||
  post.editedAt !== null

/** Whoever turns to us begins as a person, as far as they have not yet (store-posts.ts). */
const keysOfAddressed = (fresh: readonly Candidate[]): Set<string> =>
  new Set(fresh.flatMap(({ addressed, post }) => (addressed ? [accountKey(post.author)] : [])))

/**
 * Whoever was forgotten is not listened to. What they say to us of their own accord afterwards is a beginning: a customer who
 * writes is answered. Nothing else of theirs is kept, and nothing from before, whoever brings it.
 */
const saysItself = ({ addressed, post }: Candidate, since: Date, { origin }: KeepOptions): boolean =>
  addressed && origin !== 'import' && post.publishedAt > since

/** One workspace's share of a batch, in its transaction: what it asked for is stored, with authors, mentions and events. */
export async function keep(tx: WorkspaceTransaction, candidates: Candidate[], options: KeepOptions): Promise<Kept> {
  const possible = candidates.filter((candidate) => mayKeep(candidate, options.everything))
  if (possible.length === 0) return NOTHING_KEPT
  const known = await findPosts(tx, placesAround(possible))
  const { fresh, edited, addressedNow, duplicates } = sort(possible, known, options)
  const speaking = [...fresh, ...edited]
  const suppressed = await suppressedSince(
    tx,
    options.secrets,
    speaking.map(({ post }) => post.author),
  )
  const wanted = (candidate: Candidate) => {
    const since = suppressed.get(accountKey(candidate.post.author))
    return since === undefined || saysItself(candidate, since, options)
  }
  const authors = await rememberAuthors(
    tx,
    speaking.filter(wanted).map(({ post }) => post.author),
    options.heardAt,
    { beginning: options.origin === 'import' ? new Set() : keysOfAddressed(fresh) },
  )
  const authorOf = (candidate: Candidate) => authors.byKey.get(accountKey(candidate.post.author))
  const isHere = (candidate: Candidate) => wanted(candidate) && !isAway(authorOf(candidate), candidate.post.publishedAt)
  const counts = new MentionChanges(options.heardAt)
  const { held, changed } = await holdEdited(tx, edited.filter(isHere), addressedNow, known, options)
  const stored = await storeNew(tx, fresh.filter(isHere), authorOf, options, counts)
  await storeEdits(tx, changed, held, options.heardAt, counts)
  await markAddressed(tx, addressedNow)
  await afterStoring(tx, stored, options)
  await counts.write(tx)
  recordPosts(tx, 'posts.heard', [...stored.map(({ row }) => row.postId), ...addressedNow], {
    origin: options.origin,
    matched: stored.filter(({ candidate }) => candidate.topics.length > 0).length,
    addressed: stored.filter(({ row }) => row.addressed).length + addressedNow.length,
  })
  recordPosts(
    tx,
    'posts.edited',
    changed.map((candidate) => (held.get(candidate.post.key) as KnownPost).postId),
  )
  return {
    posts: stored.length,
    duplicates: duplicates + edited.filter(isHere).length - changed.length,
    suppressed: speaking.filter((candidate) => !wanted(candidate)).length,
    authors: authors.added,
    newPlaces: stored.map(({ candidate }) => candidate.post),
  }
}

/**
 * Stored posts that this batch changes, held and looked at again: another worker may have deleted one meanwhile, which must
 * not come back by a late edit, or have written the same edit, which must not be counted twice.
 */
async function holdEdited(
  tx: WorkspaceTransaction,
  edited: Candidate[],
  addressedNow: string[],
  known: Map<string, KnownPost>,
  options: KeepOptions,
): Promise<{ held: Map<string, KnownPost>; changed: Candidate[] }> {
  const idOf = ({ post }: Candidate) => (known.get(post.key) as KnownPost).postId
  await holdPosts(tx, [...edited.map(idOf), ...addressedNow])
  const held = await findPosts(
    tx,
    edited.map(({ post }) => post),
  )
  const isStillOne = (candidate: Candidate) => {
    const now = held.get(candidate.post.key)
    return now !== undefined && isEdit(candidate, now, options)
  }
  return { held, changed: edited.filter(isStillOne) }
}

function placesAround(candidates: Candidate[]): PostPlace[] {
  const places = new Map<string, PostPlace>()
  for (const { post } of candidates) {
    places.set(post.key, post)
    for (const place of placesNear(post)) places.set(postKey(place), place)
  }
  return [...places.values()]
}

const NOWHERE: readonly PostPlace[] = []
/** What the post answers, and where its thread begins. */
function placesNear({ network, scope, parent, root }: Candidate['post']): readonly PostPlace[] {
  if (parent === null && root === null) return NOWHERE
  return [parent, root].flatMap((near) => (near?.externalId ? [{ network, scope, externalId: near.externalId }] : []))
}

interface Sorted {
  fresh: Candidate[]
  edited: Candidate[]
  /** Stored posts that turn out to be said to us. */
  addressedNow: string[]
  duplicates: number
}

function sort(candidates: Candidate[], known: Map<string, KnownPost>, options: KeepOptions): Sorted {
  const sorted: Sorted = { fresh: [], edited: [], addressedNow: [], duplicates: 0 }
  const batch = new Set(candidates.filter((one) => isAsked(one, options)).map(({ post }) => post.key))
  for (const candidate of candidates) {
    const { post } = candidate
    const before = known.get(post.key)
    const around = placesNear(post).map((place) => ({ key: postKey(place), known: known.get(postKey(place)) }))
    const answersUs = !candidate.own && !post.automatic && around[0]?.known?.direction === 'out'
    const addressed = candidate.addressed || answersUs
    if (!before) {
      const inThread = around.some((near) => near.known !== undefined || batch.has(near.key))
      if (isAsked(candidate, options) || addressed || inThread)
        sorted.fresh.push(addressed === candidate.addressed ? candidate : { ...candidate, addressed })
    } else if (isEdit(candidate, before, options)) sorted.edited.push(candidate)
    else if (addressed && !before.addressed && before.deletedAt === null) sorted.addressedNow.push(before.postId)
    else sorted.duplicates++
  }
  return sorted
}

const isAsked = ({ topics, addressed, own }: Candidate, { everything }: KeepOptions): boolean =>
  everything || topics.length > 0 || addressed || own

function isEdit({ post }: Candidate, before: KnownPost, { edits }: KeepOptions): boolean {
  if (edits === 'never' || before.contentHash === post.contentHash) return false
  // A tombstone stays one; only what went with its account can come back with it.
  if (before.deletedAt !== null) return before.deletedBecause === 'author-gone'
  if (post.editedAt === null) return edits === 'seen'
  return post.editedAt > (before.editedAt ?? before.publishedAt)
}

/** What an account published before it went is not taken in again by a late or repeated message. */
const isAway = (author: KnownAuthor | undefined, publishedAt: Date): boolean =>
  author === undefined || (author.state !== 'active' && author.stateSince !== null && publishedAt <= author.stateSince)

export function recordPosts(
  tx: WorkspaceTransaction,
  type: 'posts.heard' | 'posts.edited' | 'posts.deleted',
  postIds: string[],
  codes: NonNullable<NewEvent['codes']> = {},
): void {
  for (let start = 0; start < postIds.length; start += POSTS_PER_EVENT_MAX) {
    const posts = postIds.slice(start, start + POSTS_PER_EVENT_MAX)
    tx.record({ type, subjects: { posts }, codes: { ...codes, count: posts.length } })
  }
}
