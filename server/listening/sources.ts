import { sql } from 'kysely'
import type { CheckedAccount } from '../connectors/index.ts'
import { ownAccount, rememberAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { beginGap } from './ledger/gaps.ts'
import { listeningChanged } from './listeners.ts'
import { connectorOf } from './networks.ts'
import { normalAuthor } from './normalise.ts'
import { type Checked, identityOf, requireConnector } from './source-check.ts'
import { readSource, type SourceRow, sealCredentials } from './source-rows.ts'

/** A source that was checked. Refused when the workspace has it already. */
export async function createSource(
  tx: WorkspaceTransaction,
  services: Services,
  input: { network: string; name?: string | undefined; keeps: 'matches' | 'everything'; sourceId?: string | undefined },
  { connection, account }: Extract<Checked, { ok: true }>,
): Promise<string> {
  const { capabilities } = requireConnector(services, input.network)
  const sourceId = input.sourceId ?? newId()
  const now = services.clock.now()
  const ownAuthorId = account.author ? await claimAccount(tx, account.author, now) : null
  const { rows } = await sql`
    insert into source (workspace_id, source_id, network, name, settings, identity, credentials, keeps, own_author_id,
      hears_stream, due_at, created_at)
    values (${tx.workspaceId}, ${sourceId}, ${input.network}, ${(input.name ?? account.name).slice(0, 200)},
      ${JSON.stringify(account.settings)}::jsonb, ${identityOf(input.network, account)},
      ${sealCredentials(services.secrets, tx.workspaceId, sourceId, connection.credentials)}, ${input.keeps}, ${ownAuthorId},
      ${capabilities.hears === 'stream'}, ${capabilities.hears === 'poll' ? now : null}, ${now})
    on conflict (workspace_id, identity) where removed_at is null do nothing
    returning 1`.execute(tx.sql)
  if (rows.length === 0) throw new Conflict('source-exists')
  tx.record({ type: 'source.added', subjects: { source: sourceId }, codes: { network: input.network } })
  await listeningChanged(tx)
  return sourceId
}

async function claimAccount(tx: WorkspaceTransaction, author: NonNullable<CheckedAccount['author']>, now: Date) {
  const { byKey } = await rememberAuthors(tx, [normalAuthor(author)], now)
  const [known] = [...byKey.values()]
  if (!known) throw new Error('an account was not remembered')
  await ownAccount(tx, known.authorId)
  return known.authorId
}

export interface SourceChange {
  name?: string | undefined
  keeps?: 'matches' | 'everything' | undefined
  /** New ones, which the network has taken. */
  credentials?: Extract<Checked, { ok: true }> | undefined
}

export async function updateSource(
  tx: WorkspaceTransaction,
  services: Services,
  sourceId: string,
  { name, keeps, credentials }: SourceChange,
): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  const renewed = credentials ? renewal(services, row, credentials) : {}
  const set = { ...renewed, ...(name === undefined ? {} : { name }), ...(keeps === undefined ? {} : { keeps }) }
  if (Object.keys(set).length === 0) return
  await tx.sql
    .updateTable('source')
    .set(set)
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_id', '=', sourceId)
    .execute()
  tx.record({
    type: 'source.changed',
    subjects: { source: sourceId },
    codes: { credentials: credentials !== undefined },
  })
}

/** New credentials must open the same account, or posts of one would be answered as another. */
function renewal(services: Services, row: SourceRow, { connection, account }: Extract<Checked, { ok: true }>) {
  if (identityOf(row.network, account) !== row.identity) throw new Invalid('source-other-account')
  return {
    credentials: sealCredentials(services.secrets, row.workspace_id, row.source_id, connection.credentials),
    state: row.state === 'paused' ? ('paused' as const) : ('active' as const),
    failures: 0,
    due_at: row.state === 'paused' ? null : dueNow(services, row.network),
  }
}

export async function pauseSource(tx: WorkspaceTransaction, sourceId: string): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  if (row.state === 'paused') return
  await setState(tx, sourceId, 'paused', null)
  await beginGap(tx, sourceId, 'paused')
  tx.record({ type: 'source.paused', subjects: { source: sourceId } })
}

export async function resumeSource(tx: WorkspaceTransaction, services: Services, sourceId: string): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  if (row.state === 'active') return
  await setState(tx, sourceId, 'active', dueNow(services, row.network))
  tx.record({ type: 'source.resumed', subjects: { source: sourceId } })
}

export async function pollSourceNow(tx: WorkspaceTransaction, services: Services, sourceId: string): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  if (row.state === 'paused') throw new Conflict('source-paused')
  if (row.state === 'over-budget') throw new Conflict('source-over-budget')
  const dueAt = dueNow(services, row.network)
  if (dueAt === null) throw new Invalid('source-not-polled')
  await setState(tx, sourceId, row.state === 'gone' ? 'failing' : row.state, dueAt)
}

/** Credentials are forgotten at once; the posts follow their retention. */
export async function removeSource(tx: WorkspaceTransaction, services: Services, sourceId: string): Promise<void> {
  await readSource(tx, sourceId, { lock: true })
  await tx.sql
    .updateTable('source')
    .set({ removed_at: services.clock.now(), credentials: null, due_at: null, cursor: null, state: 'paused' })
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_id', '=', sourceId)
    .execute()
  tx.record({ type: 'source.removed', subjects: { source: sourceId } })
  await listeningChanged(tx)
}

async function setState(
  tx: WorkspaceTransaction,
  sourceId: string,
  state: SourceRow['state'],
  dueAt: Date | null,
): Promise<void> {
  await tx.sql
    .updateTable('source')
    .set({ state, due_at: dueAt })
    .where('workspace_id', '=', tx.workspaceId)
    .where('source_id', '=', sourceId)
    .execute()
  await listeningChanged(tx)
}

const dueNow = (services: Services, network: string): Date | null =>
  connectorOf(services, network)?.capabilities.hears === 'poll' ? services.clock.now() : null
