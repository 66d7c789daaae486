import { sql } from 'kysely'
import {
  type AuthorBrief,
  handlesOf,
  type Link,
  loadPurchases,
  type OperationEntry,
  purchasePlaces,
} from '../people/index.ts'
import { loadPosts } from './reading.ts'
import { earlierThan, momentIn, type Place, type Strand, type TimelineEntry } from './strand.ts'

export const momentOf = (date: Date): string => date.toISOString().replace('Z', '000')

/**
 * Posts of the authors: each one's newest from post_author, merged. `terms`: only those that are indexed with a term of each
 * word (post_term), a look for each post that is passed.
 */
export const postStrand = (terms: readonly string[][] = []): Strand => ({
  name: 'post',
  lowest: '00000000-0000-0000-0000-000000000000',
  highest: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  find: async (tx, authorIds, before, limit) => {
    const said = terms.map(
      (word) => sql`and exists (select from post_term pt where pt.workspace_id = ${tx.workspaceId}
        and pt.term = any(${word}::text[]) and pt.published_at = post.published_at and pt.post_id = post.post_id)`,
    )
    const { rows } = await sql<Place>`
      select ${momentIn(sql.ref('p.published_at'))} as at, p.post_id as key
      from unnest(${authorIds}::uuid[]) as a(author_id) cross join lateral (
        select post_id, published_at from post where workspace_id = ${tx.workspaceId} and author_id = a.author_id
          ${earlierThan(before, sql.ref('published_at'), sql.ref('post_id'), 'uuid')} ${sql.join(said, sql` `)}
        order by published_at desc, post_id desc limit ${limit}) p
      order by p.published_at desc, p.post_id desc limit ${limit}`.execute(tx.sql)
    return rows
  },
  load: async (tx, keys) =>
    new Map((await loadPosts(tx, keys)).map((post) => [post.postId, { kind: 'post', at: post.publishedAt, post }])),
})

/** Handles, links and acts on persons: few, read whole, placed here. */
export const factStrand = (
  authors: Map<string, AuthorBrief>,
  links: Link[],
  operations: readonly OperationEntry[] = [],
): Strand => {
  const facts = new Map<string, TimelineEntry>([...links.flatMap(linkFacts), ...operations.flatMap(operationFacts)])
  return {
    name: 'fact',
    lowest: '',
    highest: '\uffff',
    find: async (tx, authorIds, before, limit) => {
      for (const { authorId, handle, name, seenFrom } of await handlesOf(tx, authorIds)) {
        const author = authors.get(authorId)
        if (author)
          facts.set(`handle ${authorId} ${seenFrom.getTime()} ${handle}`, {
            kind: 'handle',
            at: seenFrom,
            author,
            handle,
            name,
          })
      }
      return [...facts]
        .map(([key, { at }]) => ({ at: momentOf(at), key }))
        .filter((place) => before === null || isEarlier(place, before))
        .toSorted((a, b) => (isEarlier(a, b) ? 1 : -1))
        .slice(0, limit)
    },
    load: async (_tx, keys) =>
      new Map(
        keys.flatMap((key) => {
          const fact = facts.get(key)
          return fact ? [[key, fact] as const] : []
        }),
      ),
  }
}

const isEarlier = (place: Place, other: Place): boolean =>
  place.at === other.at ? place.key < other.key : place.at < other.at

function operationFacts(operation: OperationEntry): [string, TimelineEntry][] {
  const { operationId, at, undone } = operation
  const done: [string, TimelineEntry] = [`operation ${operationId}`, { kind: 'operation', at, operation }]
  return undone ? [done, [`undone ${operationId}`, { kind: 'undone', at: undone.at, operation }]] : [done]
}

function linkFacts(link: Link): [string, TimelineEntry][] {
  const made: [string, TimelineEntry] = [`link ${link.linkId}`, { kind: 'linked', at: link.linkedAt, link }]
  if (!link.withdrawn) return [made]
  return [made, [`withdrawal ${link.linkId}`, { kind: 'withdrawn', at: link.withdrawn.at, link }]]
}

/** Orders and contracts of the accounts' customer numbers and addresses, and of the persons on whom some were written. */
export const purchaseStrand = (personIds: readonly string[]): Strand => ({
  name: 'purchase',
  lowest: '00000000-0000-0000-0000-000000000000',
  highest: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  find: (tx, authorIds, before, limit) => purchasePlaces(tx, { authorIds, personIds }, before, limit),
  load: async (tx, keys) =>
    new Map(
      (await loadPurchases(tx, keys)).map((purchase) => [
        purchase.purchaseId,
        { kind: 'purchase', at: purchase.happenedAt, purchase },
      ]),
    ),
})
