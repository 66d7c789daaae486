/**
 * One connection to the server per browser and workspace, shared by all tabs. The tab that holds the Web Lock leads: it
 * reads the event stream and passes everything on by BroadcastChannel; when it closes, the browser gives the lock to
 * another tab, which goes on from the last position it saw. Positions are bigints as text.
 */
export interface LiveEvent {
  position: string
  type: string
  subjects: Record<string, string | string[]>
  codes: Record<string, string | number | boolean | null>
  actorKind: string
  actorId: string | null
}

/** 'missed': events may have been lost; what is on screen has to be asked for again. */
export type LiveMessage =
  | { kind: 'event'; event: LiveEvent }
  | { kind: 'missed' }
  | { kind: 'state'; state: LiveState; position: string | null }
export type LiveState = 'connecting' | 'live' | 'offline'

/** What the browser brings; handed in so that a test can bring its own event source. */
export interface LiveParts {
  open(url: string): LiveSource
  locks: Pick<LockManager, 'request'>
  retryMs: number
}

export interface LiveSource {
  onopen: (() => void) | null
  onerror: (() => void) | null
  readyState: number
  addEventListener(type: string, listener: (event: { data: string }) => void): void
  close(): void
}

const CLOSED = 2
const RETRY_MS_MAX = 30_000

export const browserParts = (): LiveParts => ({
  open: (url) => new EventSource(url) as unknown as LiveSource,
  locks: navigator.locks,
  retryMs: 1_000,
})

/** Joins the workspace's live channel until the returned function is called. */
export function joinLive(workspaceId: string, listener: (message: LiveMessage) => void, parts: LiveParts): () => void {
  const name = `rapport-live-${workspaceId}`
  const channel = new BroadcastChannel(name)
  const left = new AbortController()
  let position: string | null = null
  let state: LiveState = 'connecting'

  const take = (message: LiveMessage) => {
    if (message.kind === 'event') {
      if (position !== null && BigInt(message.event.position) <= BigInt(position)) return
      position = message.event.position
    }
    if (message.kind === 'state') {
      position ??= message.position
      if (message.state === state) return
      state = message.state
    }
    listener(message)
  }
  const leads = { now: false }
  channel.onmessage = ({ data }: MessageEvent<LiveMessage | { kind: 'ask' }>) => {
    if (data.kind === 'ask') {
      if (leads.now) channel.postMessage({ kind: 'state', state, position } satisfies LiveMessage)
    } else take(data)
  }
  channel.postMessage({ kind: 'ask' })

  const pass = (message: LiveMessage) => {
    take(message)
    channel.postMessage(message)
  }
  parts.locks
    .request(name, { signal: left.signal }, async () => {
      leads.now = true
      await lead(workspaceId, () => position, pass, parts, left.signal)
    })
    // Aborted while waiting for the lock: this tab never led.
    .catch(() => undefined)
  return () => {
    left.abort()
    channel.close()
  }
}

/** Reads the stream, again and again, until `left` aborts. */
async function lead(
  workspaceId: string,
  position: () => string | null,
  pass: (message: LiveMessage) => void,
  parts: LiveParts,
  left: AbortSignal,
): Promise<void> {
  let failures = 0
  while (!left.aborted) {
    const after = position()
    const query = new URLSearchParams({ workspace: workspaceId, ...(after === null ? {} : { after }) })
    const opened = await readStream(parts.open(`/live?${query}`), pass, left)
    if (left.aborted) return
    failures = opened ? 1 : failures + 1
    pass({ kind: 'state', state: 'offline', position: position() })
    await pause(Math.min(parts.retryMs * 2 ** (failures - 1), RETRY_MS_MAX), left)
  }
}

/** Ends when the stream breaks. True: it had been open. */
function readStream(source: LiveSource, pass: (message: LiveMessage) => void, left: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let opened = false
    const end = () => {
      source.close()
      left.removeEventListener('abort', end)
      resolve(opened)
    }
    left.addEventListener('abort', end)
    source.onopen = () => {
      opened = true
      pass({ kind: 'state', state: 'live', position: null })
    }
    // The browser's own reconnecting knows no position of ours and gives up on errors: we always open a new one.
    source.onerror = () => {
      if (source.readyState !== CLOSED) source.close()
      end()
    }
    source.addEventListener('event', ({ data }) => pass({ kind: 'event', event: JSON.parse(data) as LiveEvent }))
    // Where a fresh stream begins, so that the next one can go on from there even if nothing happens in between.
    source.addEventListener('position', ({ data }) => pass({ kind: 'state', state: 'live', position: data }))
    source.addEventListener('reset', () => pass({ kind: 'missed' }))
  })
}

function pause(milliseconds: number, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    left.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
