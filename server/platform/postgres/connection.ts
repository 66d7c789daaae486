import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Folders } from './folders.ts'
import type { PostmasterFile } from './postmaster.ts'

/** A superuser's way into the cluster; fits `pg.Client` and `pg.Pool`. `host` is the socket's folder (not on Windows). */
export type PostgresConnection = { host: string; port: number; user: string; database: string; password?: string }

export const SUPERUSER = 'postgres'

/** What became of asking a postmaster who it is. */
export type Answer =
  | { kind: 'ours'; version: string }
  | { kind: 'starting' }
  | { kind: 'busy' }
  | { kind: 'foreign'; data: string }
  | { kind: 'silent'; message: string }

const ANSWER_MS = 3_000
const CANNOT_CONNECT_NOW = '57P03'

/** Asks whether a server answers at the connection, and whether it serves the data folder `data`. */
export async function ask(connection: PostgresConnection, data: string): Promise<Answer> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: ANSWER_MS, query_timeout: ANSWER_MS })
  // A socket that breaks after the answer is no news; without a listener it would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; data: string }>(
      `select current_setting('server_version') as version, current_setting('data_directory') as data`,
    )
    const row = rows[0]
    if (!row) return { kind: 'silent', message: 'no answer to a question' }
    if (realpathSync(row.data) !== data) return { kind: 'foreign', data: row.data }
    return { kind: 'ours', version: row.version.split(' ')[0] ?? row.version }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) return { kind: 'silent', message: String(error) }
    // Whoever answers with an error lives: "the database system is starting up", or "too many clients already".
    return error.code === CANNOT_CONNECT_NOW ? { kind: 'starting' } : { kind: 'busy' }
  } finally {
    await Promise.race([client.end().catch(() => undefined), new Promise((done) => setTimeout(done, 200).unref())])
  }
}

/** The connection as a URL, as `pg` and `psql` read it. */
export function connectionUrl({ host, port, user, database, password }: PostgresConnection): string {
  const login = password === undefined ? user : `${user}:${encodeURIComponent(password)}`
  return `postgres://${login}@${encodeURIComponent(host)}:${port}/${database}`
}

/** The way into the postmaster that wrote this file. */
export function connectionTo({ socket, port }: PostmasterFile, folders: Folders): PostgresConnection {
  const place = { port, user: SUPERUSER, database: 'postgres' }
  if (process.platform === 'win32') return { host: '127.0.0.1', ...place, password: passwordOf(folders) }
  return { host: socket, ...place }
}

/** Windows has no private sockets in Node, so there a password stands between the loopback port and the data. */
export function passwordOf({ base }: Folders): string | undefined {
  if (process.platform !== 'win32') return undefined
  const file = join(base, 'postgres-password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
