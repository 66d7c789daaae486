import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { EventSource } from 'undici'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { joinLive, type LiveMessage, type LiveParts } from './live-channel.ts'

interface Connection {
  after: string | null
  response: ServerResponse
}

let connections: Connection[]
let parts: LiveParts
let workspaceId: string
let closing: (() => void)[]

/** A server that speaks as server/platform/live.ts does; Web Locks and BroadcastChannel are Node's own. */
beforeEach(async () => {
  connections = []
  closing = []
  workspaceId = crypto.randomUUID()
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    connections.push({ after: searchParams.get('after'), response })
    response.write(`event: position\ndata: ${searchParams.get('after') ?? '100'}\n\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  parts = {
    open: (url) => new EventSource(`http://127.0.0.1:${port}${url}`) as unknown as ReturnType<LiveParts['open']>,
    locks: navigator.locks,
    retryMs: 10,
    silenceMs: 5_000,
  }
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
})
afterEach(() => {
  for (const close of closing.reverse()) close()
})

function join(change: Partial<LiveParts> = {}) {
  const heard: LiveMessage[] = []
  const leave = joinLive(workspaceId, (message) => heard.push(message), { ...parts, ...change })
  closing.push(leave)
  const positions = () => heard.flatMap((message) => (message.kind === 'event' ? [message.event.position] : []))
  return { heard, leave, positions, states: () => heard.flatMap((each) => (each.kind === 'state' ? [each.state] : [])) }
}

const say = (connection: Connection | undefined, type: string, data: string) =>
  connection?.response.write(`event: ${type}\ndata: ${data}\n\n`)
const happen = (connection: Connection | undefined, position: string) =>
  say(
    connection,
    'event',
    JSON.stringify({ position, type: 'a.b', subjects: {}, codes: {}, actorKind: 'system', actorId: null }),
  )
const connected = (count: number) => vi.waitFor(() => expect(connections).toHaveLength(count))

test('three tabs share one connection, and each hears every event once', async () => {
  const tabs = [join(), join(), join()]
  await connected(1)
  happen(connections[0], '101')
  happen(connections[0], '102')
  for (const tab of tabs) await vi.waitFor(() => expect(tab.positions()).toEqual(['101', '102']))
  expect(connections).toHaveLength(1)
})

test('when the leading tab closes, another goes on after the last position heard', async () => {
  const [first, second] = [join(), join()]
  await connected(1)
  happen(connections[0], '101')
  await vi.waitFor(() => expect(second.positions()).toEqual(['101']))
  first.leave()
  await connected(2)
  expect(connections[1]?.after).toBe('101')
  happen(connections[1], '102')
  await vi.waitFor(() => expect(second.positions()).toEqual(['101', '102']))
  expect(first.positions()).toEqual(['101'])
})

test('a tab that came later and heard no event yet still knows where to go on', async () => {
  const first = join()
  await connected(1)
  happen(connections[0], '101')
  await vi.waitFor(() => expect(first.positions()).toEqual(['101']))
  const late = join()
  await vi.waitFor(() => expect(late.states()).toEqual(['live']))
  first.leave()
  await connected(2)
  expect(connections[1]?.after).toBe('101')
})

test('a cut line is said to be offline, and taken up again where it broke', async () => {
  const tab = join()
  await connected(1)
  happen(connections[0], '101')
  await vi.waitFor(() => expect(tab.positions()).toEqual(['101']))
  connections[0]?.response.destroy()
  await connected(2)
  expect(connections[1]?.after).toBe('101')
  await vi.waitFor(() => expect(tab.states()).toEqual(['live', 'offline', 'live']))
})

test('positions beyond what a number can hold keep their order; what was heard already is dropped', async () => {
  const tab = join()
  await connected(1)
  happen(connections[0], '90071992547409931')
  happen(connections[0], '90071992547409930')
  happen(connections[0], '90071992547409932')
  await vi.waitFor(() => expect(tab.positions()).toEqual(['90071992547409931', '90071992547409932']))
})

test('after a reset the position of the server counts, even a lower one', async () => {
  const tab = join()
  await connected(1)
  happen(connections[0], '500')
  say(connections[0], 'reset', '200')
  happen(connections[0], '201')
  await vi.waitFor(() => expect(tab.positions()).toEqual(['500', '201']))
  expect(tab.heard).toContainEqual({ kind: 'missed', position: '200' })
})

test('a line that falls silent is given up', async () => {
  const tab = join({ silenceMs: 60 })
  await connected(2)
  expect(tab.states()).toContain('offline')
})

test('signals reach every tab, and an ended session is told', async () => {
  const [first, second] = [join(), join()]
  await connected(1)
  say(connections[0], 'signal', JSON.stringify({ kind: 'typing', subjects: { conversationId: 'c' } }))
  say(connections[0], 'end', 'signed-out')
  for (const tab of [first, second]) {
    await vi.waitFor(() => expect(tab.heard).toContainEqual({ kind: 'ended' }))
    expect(tab.heard).toContainEqual({ kind: 'signal', signal: { kind: 'typing', subjects: { conversationId: 'c' } } })
  }
})
