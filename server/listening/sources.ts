import { sql } from 'kysely'
import type { z } from 'zod'
import type { sources as contract } from '../../contract/listening-sources.ts'
import {
  type CheckedAccount,
  type Connection,
  type Connector,
  type Failure,
  installationSettings,
} from '../connectors/index.ts'
import { ownAccount, rememberAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Invalid, NotFound, Upstream } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import type { Services } from '../platform/services.ts'
import { listeningChanged } from './listeners.ts'
import { connectorOf } from './networks.ts'
import { normalAuthor } from './normalise.ts'
import { readSource, type SourceRow, sealCredentials } from './source-rows.ts'

const SOURCES_MAX = 500
const CHECK_TIMEOUT_MS = 60_000

type ListedSource = z.infer<(typeof contract.get)['~orpc']['outputSchema'] & z.ZodType>

export interface SourceInput {
  network: string
  settings: Record<string, unknown>
  credentials?: Record<string, string> | undefined
}

export type Checked = { ok: true; connection: Connection; account: CheckedAccount } | { ok: false; failure: Failure }

/** Asks the network whether this would work, and completes the settings. Reaches out, so it stands before any transaction. */
export async function checkSource(services: Services, input: SourceInput): Promise<Checked> {
  const connector = requireConnector(services, input.network)
  const settings = connector.parseSettings(installationSettings(input.network, services.config) ?? input.settings)
  if (!settings.ok) return settings
  const credentials = connector.parseCredentials(input.credentials)
  if (!credentials.ok) return credentials
  const connection = { settings: settings.value, credentials: credentials.value }
  const account = await connector.check(connection, AbortSignal.timeout(CHECK_TIMEOUT_MS))
  return account.ok ? { ok: true, connection, account: account.value } : account
}

/** A source that was checked. Refused when the workspace has it already. */
export async function createSource(
  tx: WorkspaceTransaction,
  services: Services,
  input: { network: string; name?: string | undefined; keeps: 'matches' | 'everything' },
  { connection, account }: Extract<Checked, { ok: true }>,
): Promise<string> {
  const { capabilities } = requireConnector(services, input.network)
  const sourceId = newId()
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

/** An account is the same source whatever its settings say; everything else is told apart by its settings. */
function identityOf(network: string, { author, settings }: CheckedAccount): string {
  if (author) return `${network} account ${author.scope} ${author.networkId}`
  return `${network} ${JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)))}`
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
  credentials?: Record<string, string> | undefined
}

export async function updateSource(
  tx: WorkspaceTransaction,
  services: Services,
  sourceId: string,
  { name, keeps, credentials }: SourceChange,
): Promise<void> {
  // Not locked while the network is asked, or polls would wait.
  const row = await readSource(tx, sourceId)
  const renewed = credentials ? await renewCredentials(tx, services, row, credentials) : {}
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
async function renewCredentials(
  tx: WorkspaceTransaction,
  services: Services,
  row: SourceRow,
  credentials: Record<string, string>,
) {
  const settings = row.settings as Record<string, unknown>
  const checked = await checkSource(services, { network: row.network, settings, credentials })
  if (!checked.ok)
    throw new Upstream('source-check-failed', { failure: checked.failure.name, detail: checked.failure.detail })
  if (identityOf(row.network, checked.account) !== row.identity) throw new Invalid('source-other-account')
  return {
    credentials: sealCredentials(services.secrets, tx.workspaceId, row.source_id, checked.connection.credentials),
    state: row.state === 'paused' ? ('paused' as const) : ('active' as const),
    failures: 0,
    due_at: row.state === 'paused' ? null : dueNow(services, row.network),
  }
}

export async function pauseSource(tx: WorkspaceTransaction, sourceId: string): Promise<void> {
  const row = await readSource(tx, sourceId, { lock: true })
  if (row.state === 'paused') return
  await setState(tx, sourceId, 'paused', null)
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

function requireConnector(services: Services, network: string): Connector {
  const connector = connectorOf(services, network)
  if (!connector) throw new NotFound('network-unknown', { network })
  return connector
}

export async function listSources(tx: WorkspaceTransaction, services: Services): Promise<ListedSource[]> {
  const rows = await tx.sql
    .selectFrom('source')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .limit(SOURCES_MAX)
    .execute()
  return rows.map((row) => toSource(services, row))
}

export const getSource = async (
  tx: WorkspaceTransaction,
  services: Services,
  sourceId: string,
): Promise<ListedSource> => toSource(services, await readSource(tx, sourceId))

function toSource(services: Services, row: SourceRow): ListedSource {
  const capabilities = connectorOf(services, row.network)?.capabilities
  const now = services.clock.now().getTime()
  return {
    sourceId: row.source_id,
    network: row.network,
    name: row.name,
    settings: row.settings as Record<string, unknown>,
    hasCredentials: row.credentials !== null,
    hears: capabilities?.hears ?? 'none',
    speaks: capabilities?.speaks ?? false,
    keeps: row.keeps,
    ownAuthorId: row.own_author_id,
    state: row.state,
    dueAt: row.due_at,
    lastSuccessAt: row.last_success_at,
    lastHeardAt: row.last_heard_at,
    lagSeconds: row.last_success_at && Math.max(0, Math.round((now - row.last_success_at.getTime()) / 1_000)),
    failure: row.last_failure_at && {
      name: row.last_failure ?? '',
      until: row.failure_until,
      detail: row.last_failure_detail ?? '',
      at: row.last_failure_at,
    },
    failures: row.failures,
    heardCount: row.heard_count,
    keptCount: row.kept_count,
    createdAt: row.created_at,
  }
}

/** Streams of the installation, for the health page. */
export async function listStreams(services: Services) {
  const rows = await services.database.system.selectFrom('system.stream').selectAll().orderBy('name').execute()
  const now = services.clock.now().getTime()
  return rows.map((row) => ({
    name: row.name,
    connectedAt: row.lease_until && row.lease_until.getTime() > now ? row.connected_at : null,
    lastItemAt: row.last_item_at,
    lagSeconds: row.last_item_at && Math.max(0, Math.round((now - row.last_item_at.getTime()) / 1_000)),
    heardCount: row.heard_count,
    keptCount: row.kept_count,
    failure: row.last_failure_at && { name: row.last_failure ?? '', at: row.last_failure_at },
  }))
}
