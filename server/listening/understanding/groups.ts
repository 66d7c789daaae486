import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { type Fingerprint, NearDuplicates } from '../../text/index.ts'
import { fingerprintOfPost } from './read-post.ts'

/**
 * Posts that say the same belong to one group, named by the first of them that was heard. A process knows the newest
 * posts of each workspace that it stores for: it reads them when it begins, learns what it stores itself and forgets it
 * again when the transaction fails, and looks now and then for what other processes have stored. So two posts stay apart
 * when two processes store them within LOOK_EVERY_MS, when more than POSTS_KNOWN_MAX others came between them, or when
 * another process stores more than NEWEST_MAX between two looks.
 */
const POSTS_KNOWN_MAX = 32_768
const POSTS_AT_BEGINNING_MAX = 10_000
const NEWEST_MAX = 2_000
const LOOK_EVERY_MS = 2_000
/** Up to 13 MB each when full; the one that was not asked for longest goes. */
const WORKSPACES_MAX = 64
/** A fingerprint is made of the first words. */
const CHARACTERS_COMPARED = 2_000

export interface ToGroup {
  postId: string
  fingerprint: Fingerprint | null
}

interface StoredText {
  post_id: string
  group_id: string
  title: string | null
  text: string
}

/** The newest posts of a workspace, as far as this process knows them. */
class RecentPosts {
  readonly #alike = new NearDuplicates<string>({ postsMax: POSTS_KNOWN_MAX })
  /** Ids of the newest posts, in the order in which they became known. */
  readonly #seen = new Set<string>()
  #lookedAt = Number.NEGATIVE_INFINITY

  async catchUp(tx: WorkspaceTransaction, now: number): Promise<void> {
    if (now - this.#lookedAt < LOOK_EVERY_MS && now >= this.#lookedAt) return
    if (this.#lookedAt === Number.NEGATIVE_INFINITY) this.#learn(await newestPosts(tx, POSTS_AT_BEGINNING_MAX))
    else
      this.#learn(
        await postsById(
          tx,
          (await newestIds(tx)).filter((id) => !this.#seen.has(id)),
        ),
      )
    this.#lookedAt = now
  }

  groupOf(fingerprint: Fingerprint): string | null {
    return this.#alike.groupOf(fingerprint)
  }

  /** Returns what is forgotten with `forget`; null: there is nothing to forget. */
  keep(postId: string, groupId: string, fingerprint: Fingerprint | null): number | null {
    this.#seen.add(postId)
    if (this.#seen.size > 2 * NEWEST_MAX) this.#seen.delete(this.#seen.values().next().value as string)
    return fingerprint && this.#alike.keep(groupId, fingerprint)
  }

  forget(place: number, groupId: string): void {
    this.#alike.forget(place, groupId)
  }

  #learn(posts: StoredText[]): void {
    for (const post of posts) this.keep(post.post_id, post.group_id, fingerprintOfPost(post))
  }
}

/** One per process. */
export class Groups {
  readonly #workspaces = new Map<string, RecentPosts>()

  /** The group of each post, by its id; one that is alone names itself. They are known from now on, unless the transaction fails. */
  async of(tx: WorkspaceTransaction, posts: readonly ToGroup[], now: Date): Promise<Map<string, string>> {
    const groups = new Map<string, string>()
    if (posts.length === 0) return groups
    const recent = await this.#recent(tx, now)
    const kept: { place: number; groupId: string }[] = []
    for (const { postId, fingerprint } of posts) {
      const groupId = (fingerprint && recent.groupOf(fingerprint)) ?? postId
      const place = recent.keep(postId, groupId, fingerprint)
      if (place !== null) kept.push({ place, groupId })
      groups.set(postId, groupId)
    }
    tx.afterEnd((committed) => {
      if (!committed) for (const { place, groupId } of kept) recent.forget(place, groupId)
    })
    return groups
  }

  /** Nothing more is to be grouped here for now. */
  forget(workspaceId: string): void {
    this.#workspaces.delete(workspaceId)
  }

  async #recent(tx: WorkspaceTransaction, now: Date): Promise<RecentPosts> {
    const recent = this.#workspaces.get(tx.workspaceId) ?? new RecentPosts()
    await recent.catchUp(tx, now.getTime())
    this.#workspaces.delete(tx.workspaceId)
    this.#workspaces.set(tx.workspaceId, recent)
    if (this.#workspaces.size > WORKSPACES_MAX) this.#workspaces.delete(this.#workspaces.keys().next().value as string)
    return recent
  }
}

const groupsOfServices = new WeakMap<Services, Groups>()

export function groupsOf(services: Services): Groups {
  const known = groupsOfServices.get(services) ?? new Groups()
  groupsOfServices.set(services, known)
  return known
}

/** Post ids are made in the order of time: the newest come last in the primary key. Oldest first. */
async function newestPosts(tx: WorkspaceTransaction, limit: number): Promise<StoredText[]> {
  const { rows } = await sql<StoredText>`
    select post_id, group_id, left(title, ${CHARACTERS_COMPARED}) as title, left(text, ${CHARACTERS_COMPARED}) as text
    from post where workspace_id = ${tx.workspaceId} and group_id is not null and deleted_at is null
      and visibility = 'public' order by post_id desc limit ${limit}`.execute(tx.sql)
  return rows.toReversed()
}

async function newestIds(tx: WorkspaceTransaction): Promise<string[]> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from post where workspace_id = ${tx.workspaceId} order by post_id desc limit ${NEWEST_MAX}`.execute(
    tx.sql,
  )
  return rows.map((row) => row.post_id)
}

async function postsById(tx: WorkspaceTransaction, postIds: string[]): Promise<StoredText[]> {
  if (postIds.length === 0) return []
  const { rows } = await sql<StoredText>`
    select post_id, group_id, left(title, ${CHARACTERS_COMPARED}) as title, left(text, ${CHARACTERS_COMPARED}) as text
    from post where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[]) and group_id is not null
      and visibility = 'public' and deleted_at is null order by post_id`.execute(tx.sql)
  return rows
}
