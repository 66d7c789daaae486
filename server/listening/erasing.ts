import { sql } from 'kysely'
import { handleKeys } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { type DataSubject, type Eraser, ROWS_AT_ONCE } from '../platform/personal-data.ts'
import { REMOVED, tracePattern } from '../platform/personal-traces.ts'
import type { Services } from '../platform/services.ts'
import { buryBecause } from './withdraw.ts'
import { unmatchedSamplerOf } from './workbench/unmatched-sample.ts'

/** A tombstone takes its counts, its labels and what was learned from it along: fewer at once than of plain rows. */
const POSTS_AT_ONCE = 200

interface Grave {
  post_id: string
  network: string
  scope: string
  external_id: string
}

/**
 * What somebody wrote becomes tombstones without content or address; what we answered beneath goes with it, and those who
 * answered keep their place in the thread. Elsewhere the words that name them are taken out of what others wrote.
 */
export const postsErased: Eraser = {
  how: 'emptied',
  count: async (tx, subject) =>
    (await countOf(tx, written(tx, subject))) + (await countOf(tx, mentioning(tx, subject))),
  step: async (tx, subject, services) => (await erasePosts(tx, subject, services)) || (await removeWords(tx, subject)),
}

const written = (tx: WorkspaceTransaction, { authorIds }: DataSubject) => sql`
  from post p where p.workspace_id = ${tx.workspaceId} and p.author_id = any(${authorIds}::uuid[])
    and p.deleted_because is distinct from 'erasure'`

async function erasePosts(tx: WorkspaceTransaction, subject: DataSubject, services: Services): Promise<number> {
  const { rows } = await sql<Grave>`
    select p.post_id, p.network, p.scope, p.external_id ${written(tx, subject)}
    order by p.post_id limit ${POSTS_AT_ONCE} for update`.execute(tx.sql)
  await empty(tx, rows, services)
  await readdress(tx, rows)
  return rows.length
}

/**
 * Posts of ours that answered somebody in a conversation, which lies below listening. They keep their address, which names
 * us alone: else their next echo would be a new post.
 */
export async function eraseOwnPosts(tx: WorkspaceTransaction, postIds: string[], services: Services): Promise<number> {
  const { rows } = await sql<Grave>`
    select post_id, network, scope, external_id from post
    where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[]) and direction = 'out'
      and deleted_because is distinct from 'erasure' order by post_id for update`.execute(tx.sql)
  await empty(tx, rows, services)
  return rows.length
}

/** Posts of conversations that ended long ago: their words go, their place stays. */
export async function emptyPosts(tx: WorkspaceTransaction, postIds: string[], services: Services): Promise<number> {
  const { rows } = await sql<{ post_id: string }>`
    select post_id from post where workspace_id = ${tx.workspaceId} and post_id = any(${postIds}::uuid[])
      and deleted_at is null order by post_id for update`.execute(tx.sql)
  const ids = rows.map((row) => row.post_id)
  await buryBecause(tx, 'retention', ids, services.clock.now())
  return ids.length
}

async function empty(tx: WorkspaceTransaction, graves: Grave[], services: Services): Promise<void> {
  if (graves.length === 0) return
  await unmatchedSamplerOf(services).withdraw(
    graves.map(({ network, scope, external_id }) => ({ network, scope, externalId: external_id })),
  )
  const answers = await ourAnswers(tx, graves)
  await buryBecause(
    tx,
    'erasure',
    [...graves, ...answers].map((grave) => grave.post_id),
    services.clock.now(),
  )
}

async function ourAnswers(tx: WorkspaceTransaction, graves: Grave[]): Promise<Grave[]> {
  const { rows } = await sql<Grave>`
    select p.post_id, p.network, p.scope, p.external_id from ${gravesOf(graves)}
      join post p on p.workspace_id = ${tx.workspaceId} and p.network = g.network and p.scope = g.scope
        and p.parent_external_id = g.external_id
    where p.direction = 'out' and p.deleted_because is distinct from 'erasure'
    order by p.post_id for update of p`.execute(tx.sql)
  return rows
}

/** An address names its author on many networks. Answers point at the tombstone by an address of ours instead. */
async function readdress(tx: WorkspaceTransaction, graves: Grave[]): Promise<void> {
  for (const place of ['parent', 'root'] as const)
    await sql`
      update post p set ${sql.ref(`${place}_external_id`)} = 'erased:' || g.post_id, ${sql.ref(`${place}_reference`)} = null
      from ${gravesOf(graves)} where p.workspace_id = ${tx.workspaceId} and p.network = g.network and p.scope = g.scope
        and p.${sql.ref(`${place}_external_id`)} = g.external_id`.execute(tx.sql)
  await sql`
    update post p set external_id = 'erased:' || p.post_id, reference = null
    where p.workspace_id = ${tx.workspaceId} and p.post_id = any(${graves.map((grave) => grave.post_id)}::uuid[])`.execute(
    tx.sql,
  )
}

const gravesOf = (
  graves: Grave[],
) => sql`unnest(${graves.map((g) => g.post_id)}::uuid[], ${graves.map((g) => g.network)}::text[],
  ${graves.map((g) => g.scope)}::text[], ${graves.map((g) => g.external_id)}::text[]) as g(post_id, network, scope, external_id)`

/** Found by the index of words: handles stand in it as they are written, with their @ (post_term). */
const mentioning = (tx: WorkspaceTransaction, { authorIds, names }: DataSubject) => sql`
  from post p where p.workspace_id = ${tx.workspaceId} and p.deleted_at is null and p.author_id <> all(${authorIds}::uuid[])
    and p.post_id in (select t.post_id from post_term t where t.workspace_id = ${tx.workspaceId}
      and t.term = any(${names.flatMap(handleKeys)}::text[]))
    and (p.text ~* ${tracePattern(names)} or coalesce(p.title ~* ${tracePattern(names)}, false)
      or array_to_string(p.mentions, ' ') ~* ${tracePattern(names)} or p.mentions && ${names}::text[])`

async function removeWords(tx: WorkspaceTransaction, subject: DataSubject): Promise<number> {
  const pattern = tracePattern(subject.names)
  const without = (column: string) => sql`regexp_replace(${sql.ref(column)}, ${pattern}, ${REMOVED}, 'gi')`
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id ${mentioning(tx, subject)} order by p.post_id limit ${ROWS_AT_ONCE} for update`.execute(tx.sql)
  if (rows.length === 0) return 0
  await sql`
    update post set text = ${without('text')}, title = ${without('title')}, indexed = false,
      mentions = array(select m from unnest(mentions) as m where m !~* ${pattern} and m <> all(${subject.names}::text[]))
    where workspace_id = ${tx.workspaceId} and post_id = any(${rows.map((row) => row.post_id)}::uuid[])`.execute(tx.sql)
  return rows.length
}

async function countOf(tx: WorkspaceTransaction, from: ReturnType<typeof written>): Promise<number> {
  const { rows } = await sql<{ rows: string }>`select count(*) as rows ${from}`.execute(tx.sql)
  return Number(rows[0]?.rows ?? 0)
}
