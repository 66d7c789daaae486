import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../../e2e/server.ts'

const PASSWORD = 'correct horse battery'
const EMAIL = 'olga@example.org'
const FEED = `<?xml version="1.0"?><rss version="2.0"><channel><title>Nordwind News</title><link>http://127.0.0.1/</link>
  <item><guid>one</guid><title>Nordwind</title><description>Nordwind is here</description><link>http://127.0.0.1/one</link></item></channel></rss>`

/** A site that answers until it is told to hang, and a mail server that never says a word. */
let site: Server
let silent: SocketServer
let hangs = false
let asked = 0
let server: RunningServer
let cookie = ''
let slug = ''

const portOf = (of: { address(): unknown }) => (of.address() as AddressInfo).port
const listen = (of: Server | SocketServer) => new Promise<void>((resolve) => of.listen(0, '127.0.0.1', resolve))

beforeAll(async () => {
  site = createServer((_, response) => {
    asked++
    if (!hangs) response.setHeader('content-type', 'application/rss+xml').end(FEED)
  })
  silent = createSocketServer(() => {})
  await Promise.all([listen(site), listen(silent)])
  server = await startServer()
  const made = await server.command(
    ['setup', '--email', EMAIL, '--password-stdin', '--workspace', 'Nordwind'],
    PASSWORD,
  )
  slug = String(made.slug)
  const signedIn = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  })
  cookie = signedIn.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const added = await call('POST', '/sources', {
    network: 'feed',
    name: 'News',
    settings: { address: `http://127.0.0.1:${portOf(site)}/feed.xml` },
    keeps: 'everything',
  })
  expect([added.status, await added.text()]).toEqual([200, expect.anything()])
})
afterAll(async () => {
  await server?.stop()
  site?.closeAllConnections()
  site?.close()
  silent?.close()
})

const call = (method: string, address: string, body?: unknown) =>
  fetch(`${server.url}/api/v1${address}`, {
    method,
    headers: { 'content-type': 'application/json', origin: server.url, cookie, 'x-rapport-workspace': slug },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })

const until = async (holds: () => Promise<boolean> | boolean, waitMs = 20_000) => {
  const end = Date.now() + waitMs
  while (Date.now() < end) {
    if (await holds()) return true
    await delay(100)
  }
  return false
}

/** One of the server's own connections, as PostgreSQL's process table shows it. */
function backendOf(home: string): number {
  const file = readdirSync(home, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('postmaster.pid'))
  const postmaster = readFileSync(path.join(home, file ?? ''), 'utf8').split('\n')[0] ?? ''
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', postmaster], { encoding: 'utf8' })
  return Number(/^\s*(\d+).*rapport_app/m.exec(stdout)?.[1])
}

describe.skipIf(process.platform !== 'linux')('a server', () => {
  it('lives through a crash of PostgreSQL, and its work goes on', async () => {
    expect(await until(() => asked > 1)).toBe(true)
    process.kill(backendOf(server.home), 'SIGKILL')
    expect(await until(async () => (await fetch(`${server.url}/readyz`)).status === 200)).toBe(true)
    expect((await call('GET', '/sources')).status).toBe(200)
    expect(server.output()).not.toMatch(/ended with|uncaught/i)
  })

  it('is gone ten seconds after a signal, with a stream open, a request that hangs and a site that does not answer', async () => {
    hangs = true
    const stream = await fetch(`${server.url}/live?workspace=${slug}`, { headers: { cookie } })
    expect(stream.status).toBe(200)
    const said = stream.text().catch((error: Error) => error.message)
    const hanging = call('POST', '/installation/mail/test', {
      host: '127.0.0.1',
      port: portOf(silent),
      security: 'none',
      user: '',
      from: 'rapport@example.org',
    }).catch(() => null)
    await delay(500)
    const startedAt = performance.now()
    await server.stop({ keepHome: true })
    expect(performance.now() - startedAt).toBeLessThan(10_000)
    expect(await said).toContain('event: end')
    await hanging
  })
})
