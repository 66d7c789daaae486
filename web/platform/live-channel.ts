/**
 * One connection to the server per browser and workspace, shared by all tabs. The tab that holds the Web Lock leads: it
 * reads the event stream and passes everything on by BroadcastChannel; when it closes, the browser gives the lock to
 * another tab, which goes on from the last position it heard of. What the stream says: server/platform/live.ts.
 */
export interface LiveEvent {
  /** A bigint as text. */
  position: string
  type: string
  subjects: Record<string, string | string[]>
  codes: Record<string, string | number | boolean | null>
  actorKind: string
  actorId: string | null
}

/** What passes and is not kept: someone types, a lease was taken. */
export interface LiveSignal {
  kind: string
  subjects: Record<string, string>
}

export type LiveState = 'connecting' | 'live' | 'offline'

export type LiveMessage =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'signal'; signal: LiveSignal }
  | { kind: 'state'; state: LiveState }
  /** Too much was missed: what is on screen has to be asked for again. */
  | { kind: 'missed'; position: string }
  /** The session ended, or the membership. */
  | { kind: 'ended' }

/** Between tabs also: where the stream stands, and a new tab's question for it. */
type Passed = LiveMessage | { kind: 'position'; position: string } | { kind: 'ask' }

/** What the browser brings; handed in so that a test can bring its own. */
export interface LiveParts {
  open(url: string): LiveSource
  locks: Pick<LockManager, 'request'>
  retryMs: number
  /** The server speaks every 15 s; after so long without a word the line is dead though nobody said so. */
  silenceMs: number
}

export interface LiveSource {
  addEventListener(type: string, listener: (event: { data: string }) => void): void
  close(): void
}

const RETRY_MS_MAX = 30_000

export const browserParts = (): LiveParts => ({
  open: (url) => new EventSource(url),
  locks: navigator.locks,
  retryMs: 1_000,
  silenceMs: 40_000,
})

/** Joins the workspace's live channel until the returned function is called. */
export function joinLive(workspaceId: string, listener: (message: LiveMessage) => void, parts: LiveParts): () => void {
  const name = `rapport-live-${workspaceId}`
  const channel = new BroadcastChannel(name)
  const left = new AbortController()
  const known = { position: null as string | null, state: 'connecting' as LiveState, leads: false }

  const take = (message: Passed) => {
    if (message.kind === 'ask') return
    if (message.kind === 'position') {
      known.position = later(known.position, message.position)
      return
    }
    if (message.kind === 'missed') known.position = message.position
    if (message.kind === 'event') {
      const next = later(known.position, message.event.position)
      if (next === known.position) return
      known.position = next
    }
    if (message.kind === 'state') {
      if (message.state === known.state) return
      known.state = message.state
    }
    listener(message)
  }
  const pass = (message: Passed) => {
    if (left.signal.aborted) return
    take(message)
    channel.postMessage(message)
  }
  channel.onmessage = ({ data }: MessageEvent<Passed>) => {
    if (data.kind !== 'ask') take(data)
    else if (known.leads) {
      channel.postMessage({ kind: 'state', state: known.state } satisfies Passed)
      if (known.position !== null) channel.postMessage({ kind: 'position', position: known.position } satisfies Passed)
    }
  }
  channel.postMessage({ kind: 'ask' } satisfies Passed)
  parts.locks
    .request(name, { signal: left.signal }, async () => {
      known.leads = true
      await lead(workspaceId, () => known.position, pass, parts, left.signal)
    })
    // Aborted while waiting for the lock: this tab never led.
    .catch(() => undefined)
  return () => {
    left.abort()
    channel.close()
  }
}

const later = (one: string | null, other: string): string =>
  one !== null && BigInt(one) >= BigInt(other) ? one : other

/** Reads the stream, again and again, until `left` aborts. */
async function lead(
  workspaceId: string,
  position: () => string | null,
  pass: (message: Passed) => void,
  parts: LiveParts,
  left: AbortSignal,
): Promise<void> {
  let failures = 0
  while (!left.aborted) {
    const after = position()
    const query = new URLSearchParams({ workspace: workspaceId, ...(after === null ? {} : { after }) })
    const opened = await readStream(parts.open(`/live?${query}`), pass, parts.silenceMs, left)
    if (left.aborted) return
    failures = opened ? 1 : failures + 1
    pass({ kind: 'state', state: 'offline' })
    await pause(Math.min(parts.retryMs * 2 ** (failures - 1), RETRY_MS_MAX), left)
  }
}

/** Ends when the stream breaks or falls silent. True: it had been open. */
function readStream(
  source: LiveSource,
  pass: (message: Passed) => void,
  silenceMs: number,
  left: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    let opened = false
    let silence: ReturnType<typeof setTimeout>
    const end = () => {
      clearTimeout(silence)
      source.close()
      left.removeEventListener('abort', end)
      resolve(opened)
    }
    const heard = () => {
      clearTimeout(silence)
      silence = setTimeout(end, silenceMs)
    }
    const on = (type: string, act: (data: string) => void) =>
      source.addEventListener(type, ({ data }) => {
        heard()
        act(data)
      })
    left.addEventListener('abort', end)
    heard()
    on('open', () => {
      opened = true
      pass({ kind: 'state', state: 'live' })
    })
    on('position', (data) => pass({ kind: 'position', position: data }))
    on('event', (data) => pass({ kind: 'event', event: JSON.parse(data) as LiveEvent }))
    on('signal', (data) => pass({ kind: 'signal', signal: JSON.parse(data) as LiveSignal }))
    on('reset', (data) => pass({ kind: 'missed', position: data }))
    on('end', (data) => {
      if (data === 'signed-out') pass({ kind: 'ended' })
      end()
    })
    // The browser's own reconnecting gives up on errors and knows no other tab's position: we always open a new one.
    source.addEventListener('error', end)
  })
}

function pause(milliseconds: number, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      left.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    left.addEventListener('abort', done)
  })
}
