import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ArmedFaults, armedFaults } from '../twin/faults.ts'
import { faultyServer } from '../twin/listener.ts'

/** What @atproto/dev-env signs its tokens with. */
const PDS_JWT_SECRET = 'jwt-secret'

/**
 * Stands before the real PDS, so that the fault kit works on it, and can make tokens expire: a token of before the
 * given moment goes on as the same token with its end in the past, signed as the PDS signs, so that its own answer comes.
 */
export interface PdsProxy {
  url: string
  faults: ArmedFaults
  expireTokens(whole: boolean): void
  stop(): Promise<void>
}

export async function startPdsProxy(pdsUrl: string): Promise<PdsProxy> {
  let url = ''
  const expired = { access: new Set<string>(), refresh: new Set<string>() }
  const issued = { access: new Set<string>(), refresh: new Set<string>() }
  const faults = armedFaults()
  const server = faultyServer(async (request) => {
    const target = new URL(request.url)
    const headers = new Headers(request.headers)
    for (const name of ['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding'])
      headers.delete(name)
    const token = headers.get('authorization')?.replace('Bearer ', '') ?? ''
    if (expired.access.has(token) || expired.refresh.has(token))
      headers.set('authorization', `Bearer ${overdue(token)}`)
    const body = request.body === null ? null : await request.arrayBuffer()
    const answer = await fetch(pdsUrl + target.pathname + target.search, { method: request.method, headers, body })
    const text = await answer.text()
    // Two tokens of one second are the same bytes: issued anew, it is good again.
    for (const { accessJwt, refreshJwt } of tokensIn(text)) {
      issued.access.add(accessJwt)
      issued.refresh.add(refreshJwt)
      expired.access.delete(accessJwt)
      expired.refresh.delete(refreshJwt)
    }
    // The DID document names the PDS's own address; clients follow it past the proxy.
    const kept = new Headers(answer.headers)
    for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive'])
      kept.delete(name)
    return new Response(text.replaceAll(pdsUrl, url), { status: answer.status, headers: kept })
  }, faults)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    faults,
    expireTokens: (whole) => {
      for (const token of issued.access) expired.access.add(token)
      if (whole) for (const token of issued.refresh) expired.refresh.add(token)
    },
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const tokensIn = (text: string): { accessJwt: string; refreshJwt: string }[] =>
  text.includes('accessJwt') ? [JSON.parse(text)] : []

function overdue(token: string): string {
  const [head = '', body = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const past = Buffer.from(JSON.stringify({ ...claims, exp: Math.floor(Date.now() / 1_000) - 60 })).toString(
    'base64url',
  )
  const signature = createHmac('sha256', PDS_JWT_SECRET).update(`${head}.${past}`).digest('base64url')
  return `${head}.${past}.${signature}`
}
