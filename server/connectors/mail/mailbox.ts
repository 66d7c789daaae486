import { type FetchMessageObject, type FetchQueryObject, ImapFlow } from 'imapflow'
import type { Connection, Outcome } from '../connector.ts'
import type { Outside } from '../outside.ts'
import { failureOf } from './failure.ts'
import { checkedAddress } from './server-address.ts'
import { credentialsOf, settingsOf } from './settings.ts'

const CONNECT_MS_MAX = 10_000
const SILENCE_MS_MAX = 20_000
/** Of one letter; what lies behind it (large attachments) is read when somebody asks. */
export const LETTER_BYTES_MAX = 1024 * 1024
/** Of an attachment, at once. */
export const PIECE_BYTES_MAX = 1024 * 1024
const RESPONSE_BYTES_MAX = 4 * 1024 * 1024

/**
 * One visit to the mailbox: sign in, work, leave. Ends when the caller gives up. Everything that a server can do is a
 * named failure; a bug throws.
 */
export async function inMailbox<T>(
  outside: Outside,
  connection: Connection,
  signal: AbortSignal,
  work: (client: ImapFlow) => Promise<T>,
): Promise<Outcome<T>> {
  let client: ImapFlow | undefined
  const leave = () => client?.close()
  try {
    client = await openClient(outside, connection)
    signal.addEventListener('abort', leave, { once: true })
    signal.throwIfAborted()
    await client.connect()
    const value = await work(client)
    await client.logout().catch(() => {})
    return { ok: true, value }
  } catch (error) {
    if (signal.aborted) return { ok: false, failure: { name: 'unreachable', detail: 'aborted: the caller gave up' } }
    const failure = failureOf(error, outside.clock.now())
    if (failure === null) throw error
    return { ok: false, failure }
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}

async function openClient(outside: Outside, connection: Connection): Promise<ImapFlow> {
  const { imapHost: host, imapPort: port, imapSecurity: security } = settingsOf(connection)
  const { user, password } = credentialsOf(connection)
  const { address } = await checkedAddress(outside, host, port, security)
  const client = new ImapFlow({
    host: address,
    port,
    servername: host,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    socketTimeout: SILENCE_MS_MAX,
    maxLiteralSize: LETTER_BYTES_MAX + 1024,
    maxResponseSize: RESPONSE_BYTES_MAX,
  })
  // Told again by the call that fails; unheard it would end the process.
  client.on('error', () => {})
  return client
}

/** Where the server keeps what was sent: by its special use (RFC 6154), by its usual names, or null. */
export async function findSentFolder(client: ImapFlow): Promise<string | null> {
  const folders = await client.list()
  return folders.find(({ specialUse }) => specialUse === '\\Sent')?.path ?? null
}

/** To read. Null: there is no such folder (the sent folder of somebody who never sent). The inbox is always there. */
export async function openFolder(client: ImapFlow, path: string, { isThere }: { isThere: boolean }) {
  try {
    return await client.mailboxOpen(path, { readOnly: true })
  } catch (error) {
    if (!isThere && (error as { responseStatus?: string }).responseStatus === 'NO') return null
    throw error
  }
}

/** What is asked of one letter. Servers also tell of others in between (a colleague has read something). */
export async function letterOf(
  client: ImapFlow,
  uid: number,
  query: FetchQueryObject,
): Promise<FetchMessageObject | null> {
  const told = await client.fetchAll(String(uid), { ...query, uid: true }, { uid: true })
  return told.find((letter) => letter.uid === uid) ?? null
}
