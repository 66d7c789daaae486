import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { CUSTOMER } from '../platform/events.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import type { Attempt } from './attempts.ts'
import { codesIn, postedCodeHash } from './codes.ts'
import { joinProven } from './joining.ts'

interface HeardPost {
  post_id: string
  author_id: string
  network: string
  text: string
  handle_key: string | null
  vouched: boolean
}

/**
 * Hears codes in what was said to us. Only what an account of ours was told by the network counts: not what a file brings,
 * not what merely mentions a topic, not our own posts. A stream may bring a post before anybody knows the handle of its
 * author: it is looked at again when profiles were read. While no code is awaited it asks one small question and no post.
 */
export const codesSubscription = (services: Services): Subscription => ({
  name: 'proofs.codes',
  types: ['posts.heard', 'authors.profiled'],
  handle: async (tx, events) => {
    const now = services.clock.now()
    if (!(await isAwaited(tx, now))) return
    const posts = await addressedPosts(
      tx,
      events.flatMap(({ subjects }) => subjects.posts ?? []),
    )
    if (events.some(({ type }) => type === 'authors.profiled')) posts.push(...(await postsOfNamed(tx, now)))
    for (const post of posts)
      for (const code of codesIn(post.text)) {
        const attempt = await awaited(tx, postedCodeHash(services, tx.workspaceId, code), now)
        if (attempt && isOf(attempt, post)) await prove(services.secrets, tx, attempt, post, now)
      }
  },
})

/** Asked with every batch that is heard. Served by proof_code, which holds what is awaited and nothing else. */
export const awaitedQuery = (workspaceId: string, now: Date) => sql`
  select from proof where workspace_id = ${workspaceId} and code_hash is not null and state = 'open'
    and expires_at > ${now} limit 1`

async function isAwaited(tx: WorkspaceTransaction, now: Date): Promise<boolean> {
  return (await awaitedQuery(tx.workspaceId, now).execute(tx.sql)).rows.length > 0
}

async function addressedPosts(tx: WorkspaceTransaction, postIds: string[]): Promise<HeardPost[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<HeardPost>`
    select p.post_id, p.author_id, p.network, p.text, p.vouched, a.handle_key from post p
      join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${postIds}::uuid[])
      and p.addressed and p.direction = 'in' and p.import_id is null and p.deleted_at is null
      and a.stable and not a.own
    order by p.post_id`.execute(tx.sql)
  return rows
}

/** What the accounts that are awaited by name said since. Served by author_by_handle and post_author. */
async function postsOfNamed(tx: WorkspaceTransaction, now: Date): Promise<HeardPost[]> {
  return (await namedQuery(tx.workspaceId, now).execute(tx.sql)).rows
}

export const namedQuery = (workspaceId: string, now: Date) => sql<HeardPost>`
    select p.post_id, p.author_id, p.network, p.text, p.vouched, a.handle_key from proof f
      join author a on a.workspace_id = f.workspace_id and a.network = f.network and a.handle_key = f.handle
      join lateral (
        select * from post where workspace_id = a.workspace_id and author_id = a.author_id and heard_at >= f.began_at
          and addressed and direction = 'in' and import_id is null and deleted_at is null
        order by published_at desc, post_id desc limit ${POSTS_LOOKED_AT_MAX}) p on true
    where f.workspace_id = ${workspaceId} and f.code_hash is not null and f.state = 'open' and f.expires_at > ${now}
      and f.handle is not null and a.stable and not a.own
    limit ${POSTS_LOOKED_AT_MAX * 10}`
const POSTS_LOOKED_AT_MAX = 20

/** Served by proof_code. The row is locked: of two posts with one code the first proves. */
const awaited = (tx: WorkspaceTransaction, codeHash: string, now: Date): Promise<Attempt | undefined> =>
  tx.sql
    .selectFrom('proof')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('code_hash', '=', codeHash)
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst()

/** A code stands in public: whoever copies it is not the account that was named. */
const isOf = (attempt: Attempt, post: HeardPost): boolean =>
  attempt.network === post.network &&
  (attempt.author_id
    ? attempt.author_id === post.author_id
    : attempt.handle !== null && attempt.handle === post.handle_key)

/**
 * Whoever answers a letter of ours to an address, which names what stands in that letter alone, reads what arrives there.
 * Served by post's unique key and delivery_post.
 */
async function answersLetterToThem(tx: WorkspaceTransaction, { post_id, author_id }: HeardPost): Promise<boolean> {
  const { rows } = await sql`
    select from post p join post ours on ours.workspace_id = p.workspace_id and ours.network = p.network
        and ours.scope = p.scope and ours.external_id = p.parent_external_id and ours.direction = 'out'
      join delivery d on d.workspace_id = ours.workspace_id and d.post_id = ours.post_id
      left join post asked on asked.workspace_id = d.workspace_id and asked.post_id = d.reply_to_post_id
    where p.workspace_id = ${tx.workspaceId} and p.post_id = ${post_id} and d.visibility = 'private'
      and ${author_id}::uuid in (d.recipient_author_id, asked.author_id) limit 1`.execute(tx.sql)
  return rows.length > 0
}

/** Said by the customer, although we heard it. What anybody may have written under their name, people decide on. */
async function prove(
  secrets: Secrets,
  tx: WorkspaceTransaction,
  attempt: Attempt,
  post: HeardPost,
  now: Date,
): Promise<void> {
  const asCustomer: WorkspaceTransaction = {
    ...tx,
    actor: CUSTOMER,
    record: (event) => tx.record({ actor: CUSTOMER, ...event }),
  }
  const isTheirs = post.vouched || (await answersLetterToThem(tx, post))
  const proven = { authorId: post.author_id, evidence: { post: post.post_id } }
  await joinProven(secrets, asCustomer, attempt, isTheirs ? proven : { ...proven, doubt: 'sender-unproven' }, now)
}
