import { sql } from 'kysely'
import type { HeardAuthor } from '../../connectors/index.ts'
import type { Database, WorkspaceTransaction } from '../../platform/database.ts'
import { isKnownError } from '../../platform/errors.ts'
import { SYSTEM } from '../../platform/events.ts'
import { rememberAuthors } from '../authors.ts'
import { beginByContact, beginPersonOf } from '../graph/begin.ts'
import { mergePersons } from '../graph/merge.ts'
import { cutIdentity, moveIdentity } from '../graph/move.ts'
import { setFields } from '../graph/overrides.ts'
import { splitPerson } from '../graph/split.ts'
import { undoOperation } from '../graph/undo.ts'
import { accountKey } from '../suppression.ts'

const GROUNDS = { method: 'agent-confirmed', evidence: { reason: 'at random' }, legalBasis: 'consent' } as const
const NAMES = ['Jan de Vries', 'Anna Müller', 'kunde', 'TeeladenBremen', null]
const BATCH = 12

export const account = (number: number, name: string | null): HeardAuthor => ({
  network: 'pond',
  scope: '',
  networkId: `id-${number}`,
  handle: `handle-${number}`,
  name,
  avatarUrl: null,
  bio: null,
  url: null,
  followers: null,
  stable: true,
})

/** Accounts, and a person of each second one. */
export async function fillGraph(database: Database, workspaceId: string, accounts: number): Promise<void> {
  await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const all = Array.from({ length: accounts }, (_, number) => account(number, NAMES[number % NAMES.length] ?? null))
    const { byKey } = await rememberAuthors(tx, all, new Date())
    const authorIds = [...byKey.values()].map(({ authorId }) => authorId)
    for (const authorId of authorIds.filter((_, index) => index % 2 === 0))
      await beginPersonOf(
        tx,
        { authorId, because: 'agent', reason: 'first', evidence: {}, legalBasis: 'consent' },
        new Date(),
      )
  })
}

/** One act on what there is, mostly merges and undos. A refusal is an answer. */
export async function actAtRandom(database: Database, workspaceId: string): Promise<void> {
  try {
    await database.inWorkspace(workspaceId, SYSTEM, (tx) => act(tx))
  } catch (error) {
    if (!isKnownError(error)) throw error
  }
}

/** What intake does meanwhile: hears accounts under other names, in an order of its own, some of which write to us. */
export async function hearAtRandom(database: Database, workspaceId: string, accounts: number): Promise<void> {
  const heard = Array.from({ length: BATCH }, () =>
    account(Math.floor(Math.random() * accounts), NAMES[Math.floor(Math.random() * NAMES.length)] ?? null),
  )
  await database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
    const beginning = new Set(heard.filter(() => Math.random() < 0.2).map(accountKey))
    const { byKey } = await rememberAuthors(tx, heard, new Date(), { beginning })
    for (const [key, { authorId }] of byKey)
      if (beginning.has(key)) await beginByContact(tx, authorId, 'wrote-to-us', authorId, new Date())
  })
}

async function act(tx: WorkspaceTransaction): Promise<unknown> {
  const at = new Date()
  const dice = Math.random()
  if (dice < 0.4) return mergePersons(tx, { ...GROUNDS, personIds: await some(tx, 'person', 2) }, at)
  if (dice < 0.8) {
    const [operationId] = await some(tx, 'graph_operation', 1)
    // In the beginning nothing is there yet, or everything was undone.
    return operationId && undoOperation(tx, operationId, 'at random', at)
  }
  const [personId = ''] = await some(tx, 'person', 1)
  const [authorId = ''] = await some(tx, 'author', 1)
  if (dice < 0.85) return moveIdentity(tx, { ...GROUNDS, authorId, personId }, at)
  if (dice < 0.9) return splitPerson(tx, { ...GROUNDS, personId, authorIds: [authorId], reason: 'at random' }, at)
  if (dice < 0.95) return setFields(tx, personId, { name: `Name ${Math.floor(dice * 1000)}` }, at)
  return cutIdentity(tx, { authorId, reason: 'at random' }, at)
}

async function some(
  tx: WorkspaceTransaction,
  of: 'person' | 'author' | 'graph_operation',
  count: number,
): Promise<string[]> {
  const column = of === 'graph_operation' ? 'operation_id' : `${of}_id`
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(column)} as id from ${sql.table(of)}
    ${of === 'graph_operation' ? sql`where undone_at is null` : sql``} order by random() limit ${count}`.execute(tx.sql)
  return rows.map((row) => row.id)
}
