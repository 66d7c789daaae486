import { sql } from 'kysely'
import type { Permission } from '../../contract/permissions.ts'
import type { Database, WorkspaceTransaction } from './database.ts'
import { TooMany } from './errors.ts'
import type { StoredEvent } from './event-log.ts'
import { EVENTS_CHANNEL } from './events.ts'
import { listen } from './listen.ts'
import { LiveConnection, type LiveReader } from './live-connection.ts'
import { LiveFeed } from './live-feed.ts'
import type { Log } from './log.ts'
import type { HttpApp } from './module.ts'
import { authorise, type Caller } from './procedures.ts'

const CONNECTIONS_MAX = 2_000
/** Tabs of one browser share a connection; this is several browsers and a few that have not noticed that they are dead. */
const CONNECTIONS_PER_CALLER_MAX = 20
const SIGNALS_CHANNEL = 'rapport_signals'
const SIGNAL_BYTES_MAX = 2_000

export interface LiveOptions {
  database: Database
  log: Log
  /** Who may see events of a type; null: nobody live. */
  permissionOf(type: string): Permission | null
  /**
   * Of events those that are about nothing closed to the transaction's actor. Asked for those alone who have a reach or read no
   * inbox.
   */
  openEvents?<Event extends Pick<StoredEvent, 'subjects'>>(
    tx: WorkspaceTransaction,
    events: readonly Event[],
  ): Promise<Event[]>
  /** Asked when a connection opens, and again while it is open, so that it ends soon after the session does. */
  callerOf(headers: Headers, clientAddress: string, workspace: string): Promise<Caller | null>
  signal: AbortSignal
  recheckMs?: number
}

export interface Live {
  respond(request: Request, clientAddress: string): Promise<Response>
  readonly connectionCount: number
}

/**
 * What passes and is not kept: someone types, a lease was taken. No event: it has no position, and who is not connected
 * never hears of it.
 */
export interface LiveSignal {
  kind: string
  /** Who may see it. */
  permission: Permission
  /** Ids and words. */
  subjects: Record<string, string>
}

/** Goes out when the transaction commits. */
export async function sendSignal(transaction: WorkspaceTransaction, signal: LiveSignal): Promise<void> {
  const payload = JSON.stringify({ workspaceId: transaction.workspaceId, ...signal })
  if (Buffer.byteLength(payload) > SIGNAL_BYTES_MAX) throw new Error('a live signal is too long')
  await sql`select pg_notify(${SIGNALS_CHANNEL}, ${payload})`.execute(transaction.sql)
}

/**
 * GET /live?workspace=…[&after=position]: an event stream (HTML Living Standard, server-sent events) of what happens in a
 * workspace, resumed by Last-Event-ID or `after`. Messages: `position` (where the stream stands; also the heartbeat),
 * `event` (ids and words, of types that the caller may see), `signal` (see LiveSignal), `reset` (too much was missed:
 * load anew), `end` (signed out or no longer a member). One listening connection serves the whole process.
 */
export function openLive(options: LiveOptions): Live {
  const open: Open = { feeds: new Map(), connections: new Set() }
  passOnChanges(options, open)
  return {
    get connectionCount() {
      return open.connections.size
    },
    async respond(request, clientAddress) {
      const connection = await connect(options, open, request, clientAddress)
      const headers = { 'content-type': 'text/event-stream; charset=utf-8', ...UNBUFFERED }
      return new Response(connection.stream, { headers })
    },
  }
}

const UNBUFFERED = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

/** A feed for each workspace that somebody watches. */
interface Open {
  feeds: Map<string, LiveFeed>
  connections: Set<LiveConnection>
}

function passOnChanges(options: LiveOptions, { feeds, connections }: Open): void {
  const { database, log, signal } = options
  const listening = listen({
    database,
    channels: [EVENTS_CHANNEL, SIGNALS_CHANNEL],
    onMessage: (channel, payload) => {
      if (channel === EVENTS_CHANNEL) feeds.get(payload)?.refresh()
      else void passOn(payload, options, connections)
    },
    onConnected: () => {
      for (const feed of feeds.values()) feed.refresh()
    },
    log,
    signal,
  })
  void listening.catch((error) => log.error({ err: error }, 'live screens no longer hear of changes'))
  signal.addEventListener('abort', () => {
    for (const connection of connections) connection.end('stopping')
  })
}

async function connect(
  options: LiveOptions,
  open: Open,
  request: Request,
  clientAddress: string,
): Promise<LiveConnection> {
  const { searchParams } = new URL(request.url)
  const ask = () => options.callerOf(request.headers, clientAddress, searchParams.get('workspace') ?? '')
  const { workspace, userId } = authorise('workspace.read', await ask()) as Caller
  if (!workspace) throw new Error('authorised without a workspace')
  const caller = userId ?? workspace.actor.id ?? ''
  refuseTooMany(open.connections, caller)
  const connection = new LiveConnection({
    feed: feedOf(workspace.workspaceId, options, open),
    caller,
    reader: workspace,
    openTo: (reader, events) => openTo(options, workspace.workspaceId, reader, events),
    permissionOf: options.permissionOf,
    after: request.headers.get('last-event-id') ?? searchParams.get('after'),
    recheck: async () => {
      const now = (await ask())?.workspace
      return now?.workspaceId === workspace.workspaceId && now.permissions.has('workspace.read') ? now : null
    },
    recheckMs: options.recheckMs,
    onClose: (closed) => leave(closed, open),
  })
  open.connections.add(connection)
  try {
    await connection.open()
  } catch (error) {
    connection.abandon()
    throw error
  }
  return connection
}

function feedOf(workspaceId: string, { database, log, signal }: LiveOptions, { feeds }: Open): LiveFeed {
  const feed = feeds.get(workspaceId) ?? new LiveFeed(workspaceId, database, log, signal)
  feeds.set(workspaceId, feed)
  return feed
}

function leave(connection: LiveConnection, { feeds, connections }: Open): void {
  connections.delete(connection)
  const { workspaceId } = connection.feed
  if (![...connections].some((other) => other.feed.workspaceId === workspaceId)) feeds.delete(workspaceId)
}

export function mountLive(app: HttpApp, live: Live): void {
  app.get('/live', (context) => live.respond(context.req.raw, context.get('clientAddress')))
}

function refuseTooMany(connections: Set<LiveConnection>, caller: string): void {
  const own = [...connections].filter((connection) => connection.caller === caller).length
  if (connections.size >= CONNECTIONS_MAX || own >= CONNECTIONS_PER_CALLER_MAX)
    throw new TooMany('too-many-live-connections')
}

async function passOn(payload: string, options: LiveOptions, connections: Set<LiveConnection>): Promise<void> {
  const { workspaceId, kind, permission, subjects } = JSON.parse(payload) as LiveSignal & { workspaceId: string }
  for (const connection of [...connections].filter(({ feed }) => feed.workspaceId === workspaceId))
    if (connection.mayRead(permission)) {
      const open = await openTo(options, workspaceId, connection.reader, [{ subjects }]).catch((error) => {
        options.log.warn({ err: error, workspaceId }, 'could not ask whether a live signal is open to a reader')
        return []
      })
      if (open.length > 0) connection.pass({ kind, subjects })
    }
}

async function openTo<Event extends Pick<StoredEvent, 'subjects'>>(
  { database, openEvents }: LiveOptions,
  workspaceId: string,
  { actor, permissions }: LiveReader,
  events: Event[],
): Promise<Event[]> {
  const hidesPrivate = !permissions.has('inbox.read')
  if (!openEvents || !(actor.reach || hidesPrivate) || events.length === 0) return events
  return database.inWorkspace(workspaceId, { ...actor, hidesPrivate }, (tx) => openEvents(tx, events))
}
