import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { ArmedFaults, Fault } from './faults.ts'

const BODY_BYTES_MAX = 12 * 1024 * 1024
/** A slow answer is never slower than this, so that a forgotten fault cannot hang a test run. */
const DELAY_MS_MAX = 60_000

export type Handler = (request: Request) => Promise<Response> | Response

/** An HTTP server on loopback in front of a handler, with faults between them: some need the bare socket. */
export function faultyServer(handler: Handler, faults: ArmedFaults): Server {
  return createServer((incoming, outgoing) => {
    answer(incoming, outgoing, handler, faults).catch((error) => {
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'application/json' })
      outgoing.end(JSON.stringify({ error: 'InternalServerError', message: 'Internal Server Error' }))
      process.stderr.write(`twin: ${error instanceof Error ? error.stack : String(error)}\n`)
    })
  })
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  handler: Handler,
  faults: ArmedFaults,
): Promise<void> {
  const path = incoming.url ?? '/'
  // The control surface stays usable whatever is armed.
  const fault = path.startsWith('/_twin') ? null : faults.take(incoming.method ?? 'GET', path)
  if (fault?.kind === 'cut-before') return void incoming.socket.destroy()
  if (fault?.kind === 'slow') await wait(Math.min(fault.delayMs ?? 1_000, DELAY_MS_MAX))
  const canned = fault === null ? null : cannedAnswer(fault)
  const response = canned ?? (await handler(await requestOf(incoming)))
  if (fault?.kind === 'cut-after') return void incoming.socket.destroy()
  const body = Buffer.from(await response.arrayBuffer())
  const headers = Object.fromEntries(response.headers)
  outgoing.writeHead(response.status, { ...headers, 'content-length': String(body.byteLength) })
  if (fault?.kind === 'half-answer') {
    outgoing.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => incoming.socket.destroy())
    return
  }
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}

function cannedAnswer(fault: Fault): Response | null {
  if (fault.kind === 'rate-limit') {
    const seconds = fault.retryAfterSeconds ?? 30
    const reset = Math.ceil(Date.now() / 1_000) + seconds
    const limit = { 'ratelimit-limit': '3000', 'ratelimit-remaining': '0', 'ratelimit-reset': String(reset) }
    const headers = { ...limit, 'ratelimit-policy': '3000;w=300', 'retry-after': String(seconds) }
    return Response.json({ error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' }, { status: 429, headers })
  }
  if (fault.kind === 'server-error') {
    const body = '<html><head><title>502 Bad Gateway</title></head><body>upstream</body></html>'
    return new Response(body, { status: fault.status ?? 502, headers: { 'content-type': 'text/html' } })
  }
  if (fault.kind === 'garbage')
    return new Response('{"cursor": 12, "feed":', { headers: { 'content-type': 'application/json' } })
  return null
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength
    if (size > BODY_BYTES_MAX) throw new Error('request body is too large')
    chunks.push(chunk)
  }
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  }
  const method = incoming.method ?? 'GET'
  const body = method === 'GET' || method === 'HEAD' ? null : new Uint8Array(Buffer.concat(chunks))
  return new Request(new URL(incoming.url ?? '/', `http://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers,
    body,
  })
}
