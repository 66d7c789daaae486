import type { LookupFunction } from 'node:net'
import { WebSocket } from 'ws'
import type { Failure } from '../connector.ts'
import { failureOutside, type Outside } from '../outside.ts'
import { waitUntil } from './failure.ts'

/** A post event is below 20 kB; larger frames are an attack or a fault, and end the connection. */
const FRAME_BYTES_MAX = 1024 * 1024
const HANDSHAKE_TIMEOUT_MS = 15_000
const PING_EVERY_MS = 15_000
/** No frame and no pong for so long: the line is dead, whatever TCP believes. */
const SILENCE_MAX_MS = 45_000
/** Above the first mark the socket is paused (TCP then slows the sender), below the second it goes on. */
const WAITING_FRAMES_HIGH = 5_000
const WAITING_FRAMES_LOW = 1_000

export interface JetstreamSocket {
  /** Resolves when the other side accepted us, or when it is over. */
  opened: Promise<void>
  /** All frames that wait, once there is at least one; null when the connection is over and nothing waits. */
  take(): Promise<string[] | null>
  /** Why it ended; null while it lives. */
  failure(): Failure | null
  close(): void
}

export async function openJetstream(
  url: URL,
  outside: Outside,
  signal: AbortSignal,
): Promise<JetstreamSocket | Failure> {
  const checked = await outside.addressesOf(url.href)
  if (!checked.ok) return failureOutside(checked.failure)
  const lookup: LookupFunction = (_name, options, callback) => {
    const [first] = checked.addresses
    if (first === undefined) callback(new Error('no address'), '', 0)
    else if (options.all) callback(null, checked.addresses)
    else callback(null, first.address, first.family)
  }
  const limits = { maxPayload: FRAME_BYTES_MAX, handshakeTimeout: HANDSHAKE_TIMEOUT_MS, followRedirects: false }
  const socket = new WebSocket(url, { ...limits, lookup, perMessageDeflate: false })
  return readFrames(socket, signal)
}

function readFrames(socket: WebSocket, signal: AbortSignal): JetstreamSocket {
  let frames: string[] = []
  let ended: Failure | null = null
  let wake = (): void => {}
  let lastSign = Date.now()
  const sign = (): void => {
    lastSign = Date.now()
  }
  const end = (failure: Failure): void => {
    ended ??= failure
    clearInterval(heartbeat)
    signal.removeEventListener('abort', abort)
    socket.terminate()
    wake()
  }
  const abort = (): void => end({ name: 'unreachable', detail: 'aborted' })
  const heartbeat = setInterval(() => {
    // A paused socket hears no pong: then the silence is ours.
    if (socket.isPaused) return sign()
    if (Date.now() - lastSign > SILENCE_MAX_MS) return end({ name: 'unreachable', detail: 'the stream fell silent' })
    if (socket.readyState === WebSocket.OPEN) socket.ping()
  }, PING_EVERY_MS)
  const opened = new Promise<void>((resolve) => {
    socket.once('open', resolve)
    socket.once('close', () => resolve())
  })
  socket.on('pong', sign)
  socket.on('message', (data, isBinary) => {
    sign()
    frames.push(isBinary ? '' : data.toString())
    if (frames.length >= WAITING_FRAMES_HIGH) socket.pause()
    wake()
  })
  socket.on('unexpected-response', (_request, response) =>
    end(refusedHandshake(response.statusCode ?? 0, response.headers)),
  )
  socket.on('error', (error) =>
    end({ name: 'unreachable', detail: 'code' in error ? String(error.code) : error.message }),
  )
  socket.on('close', (code) => end({ name: 'unreachable', detail: `the stream was closed (${code})` }))
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return {
    opened,
    take: async () => {
      if (frames.length === 0 && ended === null) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      if (frames.length === 0) return null
      const taken = frames.splice(0, WAITING_FRAMES_LOW)
      if (socket.isPaused && frames.length <= WAITING_FRAMES_LOW) socket.resume()
      return taken
    },
    failure: () => ended,
    close: () => {
      frames = []
      abort()
    },
  }
}

function refusedHandshake(status: number, headers: NodeJS.Dict<string | string[]>): Failure {
  const single = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  if (status === 429) return { name: 'rate-limited', until: waitUntil(single), detail: 'stream: 429' }
  return { name: status >= 500 ? 'upstream' : 'refused', detail: `stream: ${status}` }
}
