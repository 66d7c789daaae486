import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { DB } from './database-types.generated.ts'
import { type Actor, flushEvents, type NewEvent } from './events.ts'
import { isId } from './ids.ts'

const CONNECTIONS_MAX = 20
const STATEMENT_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 10_000

/** bigint comes as text: a position or id never passes through a JS number unless its owner says that it is small. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

export type Sql = Kysely<DB>

/**
 * One transaction inside one workspace: row-level security lets it see nothing else. Events recorded in it are
 * written by its last statement, so that commit order is reading order.
 */
export interface WorkspaceTransaction {
  readonly sql: Sql
  readonly workspaceId: string
  readonly actor: Actor
  record(event: NewEvent): void
  /** For what memory learns beside the database: whether the transaction stands in the end. Must not throw. */
  afterEnd(tell: (committed: boolean) => void): void
}

export interface Database {
  /** For schema `system` only: outside a workspace transaction every domain table is empty. */
  readonly system: Sql
  inWorkspace<T>(workspaceId: string, actor: Actor, work: (transaction: WorkspaceTransaction) => Promise<T>): Promise<T>
  /** A connection of its own, for LISTEN. */
  connect(): Promise<pg.Client>
  readonly connection: pg.ClientConfig
  close(): Promise<void>
}

/** Connects as rapport_app and refuses a role that row-level security would not bind. */
export async function openDatabase(connection: pg.ClientConfig, connectionsMax = CONNECTIONS_MAX): Promise<Database> {
  const settings: pg.PoolConfig = {
    ...connection,
    max: connectionsMax,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'rapport',
  }
  const pool = new pg.Pool(settings)
  // An idle connection that PostgreSQL ends is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // One that ends in the middle of a transaction fails the next query of that transaction; unheard, it would end the process too.
  pool.on('connect', (client) => client.on('error', () => {}))
  await refuseUnboundRole(pool)
  const system = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
  return {
    system,
    connection,
    inWorkspace: (workspaceId, actor, work) => inWorkspace(system, workspaceId, actor, work),
    connect: async () => {
      const client = new pg.Client({
        ...connection,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        application_name: 'rapport',
      })
      await client.connect()
      return client
    },
    close: async () => {
      await system.destroy()
      // Kysely ends the pool only if it was ever asked anything.
      if (!pool.ended) await pool.end()
    },
  }
}

async function inWorkspace<T>(
  database: Sql,
  workspaceId: string,
  actor: Actor,
  work: (transaction: WorkspaceTransaction) => Promise<T>,
): Promise<T> {
  if (!isId(workspaceId)) throw new Error(`not a workspace id: ${workspaceId}`)
  return database.connection().execute(async (connection) => {
    const events: NewEvent[] = []
    const told: ((committed: boolean) => void)[] = []
    // SET LOCAL takes no parameters (and Citus passes on nothing else); the id was checked above.
    const closing = `${actor.reach?.closing ?? ''}${actor.hidesPrivate ? "set local app.private_posts = 'hidden';" : ''}`
    await sql.raw(`begin; set local app.workspace_id = '${workspaceId}'; ${closing}`).execute(connection)
    try {
      const transaction: WorkspaceTransaction = {
        sql: connection,
        workspaceId,
        actor,
        record: (event) => void events.push(event),
        afterEnd: (tell) => void told.push(tell),
      }
      const result = await work(transaction)
      await flushEvents(transaction, events)
      await sql.raw('commit').execute(connection)
      for (const tell of told.splice(0)) tell(true)
      return result
    } catch (error) {
      await sql
        .raw('rollback')
        .execute(connection)
        .catch(() => {})
      for (const tell of told) tell(false)
      throw error
    }
  })
}

async function refuseUnboundRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ rolname: string; rolsuper: boolean; rolbypassrls: boolean; owns: boolean }>(`
    select rolname, rolsuper, rolbypassrls,
      exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
              where c.relowner = r.oid and n.nspname in ('public', 'system')) as owns
    from pg_roles r where rolname = current_user`)
  const role = rows[0]
  if (role && !role.rolsuper && !role.rolbypassrls && !role.owns) return
  await pool.end()
  throw new Error(
    `Rapport refuses to run as "${role?.rolname}": that role is a superuser, bypasses row-level security or owns tables, so workspaces would not be kept apart.`,
  )
}
