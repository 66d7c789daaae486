import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { lexToJson } from '@atproto/lex-json'
import { type Event, Firehose } from '@atproto/sync'
import { serveJetstream } from '../twin/atproto/jetstream.ts'
import { type ArmedFaults, armedFaults } from '../twin/faults.ts'
import { faultyServer } from '../twin/listener.ts'
import type { StreamFrame } from '../twin/world.ts'

/**
 * Jetstream is a Go program that stands between a firehose and its readers. This does the same for one PDS: it reads
 * com.atproto.sync.subscribeRepos with Bluesky's own client and gives it out as Jetstream v1 JSON.
 */
export interface JetstreamBridge {
  url: string
  faults: ArmedFaults
  cut(): void
  stop(): Promise<void>
}

export async function startJetstreamBridge(pdsUrl: string): Promise<JetstreamBridge> {
  const frames: StreamFrame[] = []
  const listeners = new Set<(frame: StreamFrame) => void>()
  const onFrame = (listener: (frame: StreamFrame) => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const firehose = new Firehose({
    service: pdsUrl.replace(/^http/, 'ws'),
    // The PDS is our own: what it says is not checked against its directory, and handles are left out, as relays do.
    idResolver: { did: { resolve: async () => null } } as never,
    unauthenticatedCommits: true,
    unauthenticatedHandles: true,
    getCursor: () => 0,
    onError: (error) => process.stderr.write(`firehose: ${error.message}: ${error.cause}\n`),
    handleEvent: async (event) => {
      const frame = frameOf(event, Math.max(Date.now() * 1_000, (frames.at(-1)?.timeUs ?? 0) + 1))
      if (frame === null) return
      frames.push(frame)
      for (const listener of listeners) listener(frame)
    },
  })
  void firehose.start()
  const faults = armedFaults()
  const server = faultyServer(() => new Response('not found', { status: 404 }), faults)
  const jetstream = serveJetstream(server, { frames, onFrame }, faults, { duplicates: false, disorder: false })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    cut: () => jetstream.cut(),
    stop: async () => {
      await firehose.destroy()
      jetstream.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function frameOf(event: Event, timeUs: number): StreamFrame | null {
  const head = { did: event.did, time_us: timeUs }
  const frame = (collection: string | null, body: object): StreamFrame => ({
    timeUs,
    collection,
    did: event.did,
    json: JSON.stringify({ ...head, ...body }),
  })
  const about = { did: event.did, seq: event.seq, time: event.time }
  if (event.event === 'identity') return frame(null, { kind: 'identity', identity: about })
  if (event.event === 'account') {
    const { active, status } = event
    return frame(null, { kind: 'account', account: { ...about, active, ...(status ? { status } : {}) } })
  }
  if (event.event === 'sync') return null
  const { collection, rkey, rev } = event
  const commit = { rev, operation: event.event, collection, rkey }
  if (event.event === 'delete') return frame(collection, { kind: 'commit', commit })
  const record = lexToJson(event.record)
  return frame(collection, { kind: 'commit', commit: { ...commit, record, cid: event.cid.toString() } })
}
