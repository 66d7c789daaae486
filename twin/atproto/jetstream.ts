import type { Server } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ArmedFaults, StreamFaults } from '../faults.ts'
import type { StreamFrame, World } from '../world.ts'

/** Jetstream v1: `/subscribe?cursor=…&wantedCollections=…&wantedDids=…`, one JSON event a frame. */
export interface Jetstream {
  /** Closes every connection without a farewell, as a crash does. */
  cut(): void
  /** Sends bytes to every listener as they are. */
  sendRaw(frame: string): void
  listeners(): number
  close(): void
}

/** Where events come from: the twin's world, or anything that has them in order. */
export type FrameSource = Pick<World, 'frames' | 'onFrame'>

export function serveJetstream(
  server: Server,
  world: FrameSource,
  faults: ArmedFaults,
  streamFaults: StreamFaults,
): Jetstream {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  server.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://twin')
    const fault = faults.take('GET', url.pathname)
    if (fault !== null || url.pathname !== '/subscribe') {
      if (fault?.kind === 'rate-limit')
        socket.write(`HTTP/1.1 429 Too Many Requests\r\nretry-after: ${fault.retryAfterSeconds ?? 30}\r\n\r\n`)
      else if (fault?.kind === 'server-error') socket.write('HTTP/1.1 502 Bad Gateway\r\n\r\n')
      else if (fault === null) socket.write('HTTP/1.1 404 Not Found\r\n\r\n')
      return socket.destroy()
    }
    sockets.handleUpgrade(request, socket, head, (listener) => serve(listener, url.searchParams, world, streamFaults))
  })
  return {
    cut: () => {
      for (const listener of sockets.clients) listener.terminate()
    },
    sendRaw: (frame) => {
      for (const listener of sockets.clients) listener.send(frame)
    },
    listeners: () => sockets.clients.size,
    close: () => {
      for (const listener of sockets.clients) listener.terminate()
      sockets.close()
    },
  }
}

function serve(listener: WebSocket, query: URLSearchParams, world: FrameSource, faults: StreamFaults): void {
  const collections = query.getAll('wantedCollections')
  const dids = query.getAll('wantedDids')
  // Identity and account events always come, as in the real one.
  const wanted = (frame: StreamFrame): boolean =>
    (frame.collection === null || collections.length === 0 || collections.includes(frame.collection)) &&
    (dids.length === 0 || dids.includes(frame.did))
  let held: StreamFrame | null = null
  const send = (frame: StreamFrame): void => {
    listener.send(frame.json)
    if (faults.duplicates) listener.send(frame.json)
  }
  const pass = (frame: StreamFrame): void => {
    if (!wanted(frame)) return
    if (faults.disorder && held === null) {
      held = frame
      // Without a second event to swap with, the first one only comes late.
      setTimeout(() => {
        if (held === frame) flush(null)
      }, 100)
      return
    }
    flush(frame)
  }
  const flush = (next: StreamFrame | null): void => {
    const late = held
    held = null
    if (next !== null) send(next)
    if (late !== null) send(late)
  }
  const cursor = Number(query.get('cursor') ?? Number.NaN)
  if (Number.isFinite(cursor)) for (const frame of world.frames) if (frame.timeUs >= cursor) pass(frame)
  const stop = world.onFrame(pass)
  listener.on('close', stop)
  listener.on('error', () => listener.terminate())
}
