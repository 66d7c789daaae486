import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Place } from '../candidates.ts'

/** Of a larger group so many of its newest posts are looked at; the count then says "more than". */
const ALIKE_READ_MAX = 200
/** Over all groups of a page, so that a page of storms stays as quick as others. */
const ALIKE_READ_PER_PAGE_MAX = 4_000

export interface Alike {
  /** Others of its group that the same list would show. */
  count: number
  /** There are more than that. */
  more: boolean
}

interface Foldable {
  post_id: string
  group_id: string | null
  published_at: Date
}

interface Fold {
  /** The newest post of the group that passes the filters. */
  shownAs: string
  alike: Alike
}

/** Which of these posts pass the list's filters and query, in their order. */
export type Passing = (places: Place[]) => Promise<string[]>

/**
 * A list that shows each group of near-duplicates once, by its newest post that passes the filters, wherever a page begins:
 * whether a post is that one is found out from its group, not from the pages before.
 */
export class Folding {
  readonly #tx: WorkspaceTransaction
  readonly #passing: Passing
  readonly #folds = new Map<string, Fold | null>()
  #read = 0

  constructor(tx: WorkspaceTransaction, passing: Passing) {
    this.#tx = tx
    this.#passing = passing
  }

  /** Those of the posts that are shown. All of them pass the filters. */
  async shown<Post extends Foldable>(posts: readonly Post[]): Promise<Post[]> {
    const asked = posts.filter((post) => post.group_id !== null && !this.#folds.has(post.group_id))
    const members = await this.#membersOf([...new Set(asked.map((post) => post.group_id as string))])
    for (const [groupId, places] of members) this.#folds.set(groupId, await this.#fold(places))
    return posts.filter((post) => {
      const fold = post.group_id === null ? null : this.#folds.get(post.group_id)
      return !fold || fold.shownAs === post.post_id
    })
  }

  alikeOf({ group_id: groupId }: Pick<Foldable, 'group_id'>): Alike {
    return (groupId !== null && this.#folds.get(groupId)?.alike) || { count: 0, more: false }
  }

  /** Null: it is alone, or nothing that was looked at passes. */
  async #fold(places: Place[]): Promise<Fold | null> {
    if (places.length < 2) return null
    const few = places.slice(
      0,
      Math.max(ALIKE_READ_MAX >> 3, Math.min(ALIKE_READ_MAX, ALIKE_READ_PER_PAGE_MAX - this.#read)),
    )
    this.#read += few.length
    const passing = await this.#passing(few)
    const [shownAs] = passing
    if (shownAs === undefined) return null
    return { shownAs, alike: { count: passing.length - 1, more: few.length < places.length } }
  }

  /** Newest first, one more than is looked at. Served by post_alike; the first post by the primary key. */
  async #membersOf(groupIds: string[]): Promise<Map<string, Place[]>> {
    const members = new Map<string, Place[]>()
    if (groupIds.length === 0) return members
    const { rows } = await sql<Place & { groupId: string }>`
      select g.group_id as "groupId", p.post_id as "postId", p.published_at as "publishedAt"
      from unnest(${groupIds}::uuid[]) as g(group_id) cross join lateral (
        select post_id, published_at from (
          (select post_id, published_at from post where workspace_id = ${this.#tx.workspaceId} and group_id = g.group_id
             and group_id <> post_id order by published_at desc, post_id desc limit ${ALIKE_READ_MAX + 1})
          union all
          (select post_id, published_at from post where workspace_id = ${this.#tx.workspaceId} and post_id = g.group_id
             and group_id = g.group_id)) members
        order by published_at desc, post_id desc limit ${ALIKE_READ_MAX + 1}) p`.execute(this.#tx.sql)
    for (const { groupId, ...place } of rows) members.set(groupId, [...(members.get(groupId) ?? []), place])
    return members
  }
}
