import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { SYSTEM } from '../../platform/events.ts'
import { servicesOf } from '../../platform/fence.ts'
import type { Services } from '../../platform/services.ts'
import { type Flag, writeFlags } from './flags.ts'
import { Pictures } from './pictures.ts'
import { type Account, FLAG_STRENGTH, LOOK_CLOSER_STRENGTH, reason, resemblance, weighed } from './resemblance.ts'

const AUTHORS_AT_ONCE = 2_000
const OWN_ACCOUNTS_MAX = 200
/** Comparisons before others get their turn: some 10 ms. */
const COMPARED_PER_TURN = 500
/** last_heard_at is exact to a minute, and a transaction may have begun earlier: what lies so far back is looked at again. */
const OVERLAP_MS = 5 * 60_000
const NOBODY = '00000000-0000-0000-0000-000000000000'
const BEGINNING = new Date(0)

interface AuthorRow extends Account {
  author_id: string
  avatar_url: string | null
  last_heard_at: Date
}

interface Walk {
  comparedWith: string
  heardUntil: Date
  afterAuthorId: string
}

const picturesSeen: ConstructorParameters<typeof Pictures>[1] = new Map()

/**
 * Looks at accounts in the order in which they were heard, and again when they speak again or change; at all of them when
 * our own accounts change. Intake does not wait for it. Pictures are fetched between the transactions. A step at a time;
 * returns whether there is more.
 */
export async function watchSome(services: Services, workspaceId: string): Promise<boolean> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const { own, walk, authors } = await inWorkspace(nextAuthors)
  if (own.length === 0) return false
  const flags = await flagsAmong(await servicesOf(services, workspaceId), own, authors)
  const now = services.clock.now()
  const last = authors.at(-1)
  const isEnd = authors.length < AUTHORS_AT_ONCE
  await inWorkspace(async (tx) => {
    await writeFlags(
      tx,
      authors.map(({ author_id }) => author_id),
      flags,
      now,
    )
    await saveWalk(tx, {
      comparedWith: walk.comparedWith,
      heardUntil: isEnd ? new Date(now.getTime() - OVERLAP_MS) : (last?.last_heard_at ?? walk.heardUntil),
      afterAuthorId: isEnd ? NOBODY : (last?.author_id ?? NOBODY),
    })
  })
  return !isEnd
}

async function nextAuthors(tx: WorkspaceTransaction): Promise<{ own: AuthorRow[]; walk: Walk; authors: AuthorRow[] }> {
  const { rows: own } = await sql<AuthorRow>`
    select author_id, handle, name, bio, url, avatar_url, last_heard_at from author
    where workspace_id = ${tx.workspaceId} and own order by author_id limit ${OWN_ACCOUNTS_MAX}`.execute(tx.sql)
  const comparedWith = JSON.stringify(
    own.map(({ author_id, handle, name, url, avatar_url }) => [author_id, handle, name, url, avatar_url]),
  )
  const { rows: walks } = await sql<Walk>`
    select compared_with as "comparedWith", heard_until as "heardUntil", after_author_id as "afterAuthorId"
    from impersonation_walk where workspace_id = ${tx.workspaceId}`.execute(tx.sql)
  const [before] = walks
  const walk =
    before?.comparedWith === comparedWith ? before : { comparedWith, heardUntil: BEGINNING, afterAuthorId: NOBODY }
  const { rows: authors } = await heardSince(tx.workspaceId, walk).execute(tx.sql)
  return { own, walk, authors }
}

/** Served by author_last_heard, read backwards. */
export const heardSince = (workspaceId: string, { heardUntil, afterAuthorId }: Omit<Walk, 'comparedWith'>) =>
  sql<AuthorRow>`
  select author_id, handle, name, bio, url, avatar_url, last_heard_at from author where workspace_id = ${workspaceId}
    and (last_heard_at, author_id) > (${heardUntil}::timestamptz, ${afterAuthorId}::uuid) and kind = 'account' and not own and state = 'active'
  order by last_heard_at, author_id limit ${AUTHORS_AT_ONCE}`

async function flagsAmong(services: Services, own: AuthorRow[], authors: AuthorRow[]): Promise<Flag[]> {
  await using pictures = new Pictures(services, picturesSeen)
  const flags: Flag[] = []
  const authorsPerTurn = Math.ceil(COMPARED_PER_TURN / Math.max(1, own.length))
  for (const [at, author] of authors.entries()) {
    if (at % authorsPerTurn === 0) await nextTurn()
    const [best] = own.map((ours) => ({ ours, ...resemblance(ours, author) })).sort((a, b) => b.strength - a.strength)
    if (!best || best.strength < LOOK_CLOSER_STRENGTH) continue
    const { outcome, same } = await pictures.compare(best.ours.avatar_url, author.avatar_url)
    const reasons = same ? [...best.reasons, reason('same-picture', '', '')] : best.reasons
    const { strength } = weighed(reasons)
    if (strength >= FLAG_STRENGTH)
      flags.push({ authorId: author.author_id, ownAuthorId: best.ours.author_id, strength, reasons, picture: outcome })
  }
  return flags
}

async function saveWalk(tx: WorkspaceTransaction, { comparedWith, heardUntil, afterAuthorId }: Walk): Promise<void> {
  await sql`
    insert into impersonation_walk (workspace_id, compared_with, heard_until, after_author_id)
    values (${tx.workspaceId}, ${comparedWith}, ${heardUntil}, ${afterAuthorId})
    on conflict (workspace_id) do update set compared_with = excluded.compared_with, heard_until = excluded.heard_until,
      after_author_id = excluded.after_author_id`.execute(tx.sql)
}
