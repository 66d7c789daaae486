import type { Permission } from '../../contract/permissions.ts'
import type { StoredEvent } from './event-log.ts'
import type { Actor } from './events.ts'
import type { LiveFeed } from './live-feed.ts'

const EVENTS_PER_WRITE_MAX = 100
/** Who missed more than this loads the screen anew, which is cheaper for both. */
const REPLAY_MAX = 1_000
const SIGNALS_WAITING_MAX = 50
const HEARTBEAT_MS = 15_000
const RECHECK_MS = 30_000
/** A reader that takes nothing for so long is dead or stuck; it comes back by itself if it lives. */
const STALLED_MS = 60_000

export type EndReason = 'signed-out' | 'stopping'

/** Who reads, as it is now. */
export interface LiveReader {
  permissions: ReadonlySet<Permission>
  actor: Actor
}

export interface LiveConnectionOptions {
  feed: LiveFeed
  caller: string
  reader: LiveReader
  /** Of events that the reader's permissions allow those that are about nothing closed to them. */
  openTo(reader: LiveReader, events: StoredEvent[]): Promise<StoredEvent[]>
  permissionOf(type: string): Permission | null
  /** The position after which to go on, as the client says it; null: from now. */
  after: string | null
  /** Null: nobody any more. */
  recheck(): Promise<LiveReader | null>
  recheckMs?: number | undefined
  onClose(connection: LiveConnection): void
}

/**
 * One reader. The stream is pulled: a message is made only when the last one has left, so nothing queues up but
 * passing signals, of which the oldest are dropped.
 */
export class LiveConnection {
  readonly feed: LiveFeed
  readonly caller: string
  readonly stream: ReadableStream<Uint8Array>
  readonly #options: LiveConnectionOptions
  readonly #timers: NodeJS.Timeout[]
  readonly #unwatch: () => void
  #reader: LiveReader
  #cursor = 0n
  #greeting = ''
  #signals: string[] = []
  #heartbeatDue = false
  #ending: EndReason | null = null
  #closed = false
  #wake: () => void = () => {}
  #takenAt = performance.now()
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined

  constructor(options: LiveConnectionOptions) {
    this.#options = options
    this.feed = options.feed
    this.caller = options.caller
    this.#reader = options.reader
    this.#unwatch = options.feed.watch(() => this.#wake())
    this.#timers = [
      setInterval(() => this.#beat(), HEARTBEAT_MS),
      setInterval(() => void this.#recheck(), options.recheckMs ?? RECHECK_MS),
    ]
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#close(),
      },
      { highWaterMark: 0 },
    )
  }

  /** Finds where to begin. Fails when the database does. */
  async open(): Promise<void> {
    await this.feed.open()
    const { after } = this.#options
    const wanted = after !== null && /^\d{1,18}$/.test(after) ? BigInt(after) : null
    // A position that was never given out is of a database from before a restore.
    const known = wanted !== null && (wanted <= this.feed.tail || wanted <= (await this.feed.newestPosition()))
    this.#cursor = known ? wanted : this.feed.tail
    this.#greeting = after !== null && !known ? this.#resetMessage() : this.#positionMessage()
  }

  get reader(): LiveReader {
    return this.#reader
  }

  mayRead(permission: Permission): boolean {
    return this.#reader.permissions.has(permission)
  }

  pass(signal: { kind: string; subjects: Record<string, string> }): void {
    this.#signals.push(`event: signal\ndata: ${JSON.stringify(signal)}\n\n`)
    if (this.#signals.length > SIGNALS_WAITING_MAX) this.#signals.shift()
    this.#wake()
  }

  /** Before the stream was handed out. */
  abandon(): void {
    this.#close()
  }

  end(reason: EndReason): void {
    this.#ending ??= reason
    this.#wake()
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    this.#takenAt = Number.POSITIVE_INFINITY
    try {
      const message = await this.#next()
      if (this.#closed) return
      if (message) controller.enqueue(new TextEncoder().encode(message))
      this.#takenAt = performance.now()
      if (!this.#ending) return
      controller.enqueue(new TextEncoder().encode(`event: end\ndata: ${this.#ending}\n\n`))
      controller.close()
      this.#close()
    } catch (error) {
      controller.error(error)
      this.#close()
    }
  }

  /** Waits for something to say. Empty: nothing more, the connection ends. */
  async #next(): Promise<string> {
    while (!this.#closed && !this.#ending) {
      const waked = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      const message = this.#takeWaiting() || (await this.#takeEvents())
      if (message) return message
      if (this.#cursor >= this.feed.tail && this.#signals.length === 0) await waked
    }
    return ''
  }

  #takeWaiting(): string {
    const message = this.#greeting + this.#signals.join('') + (this.#heartbeatDue ? this.#positionMessage() : '')
    this.#greeting = ''
    this.#signals = []
    this.#heartbeatDue = false
    return message
  }

  /** The next events that the caller may see. Empty when there were none among those taken. */
  async #takeEvents(): Promise<string> {
    let events = this.feed.after(this.#cursor, EVENTS_PER_WRITE_MAX)
    if (!events) {
      const missed = this.feed.tail - this.#cursor
      events = missed > REPLAY_MAX ? [] : await this.feed.afterFromDatabase(this.#cursor, EVENTS_PER_WRITE_MAX)
      if (events.length === 0) {
        this.#cursor = this.feed.tail
        return this.#resetMessage()
      }
    }
    const last = events.at(-1)
    if (last) this.#cursor = BigInt(last.position)
    const allowed = events.filter((event) => this.#maySee(event))
    return (await this.#options.openTo(this.#reader, allowed)).map(eventMessage).join('')
  }

  #maySee(event: StoredEvent): boolean {
    const permission = this.#options.permissionOf(event.type)
    return permission !== null && this.mayRead(permission)
  }

  #positionMessage = (): string => `id: ${this.#cursor}\nevent: position\ndata: ${this.#cursor}\n\n`
  #resetMessage = (): string => `id: ${this.#cursor}\nevent: reset\ndata: ${this.#cursor}\n\n`

  #beat(): void {
    if (performance.now() - this.#takenAt > STALLED_MS) {
      this.#controller?.error(new Error('the reader takes nothing'))
      this.#close()
      return
    }
    this.#heartbeatDue = true
    this.#wake()
  }

  async #recheck(): Promise<void> {
    // When it cannot be known whether the caller is still allowed, the connection ends too; the browser asks again.
    const reader = await this.#options.recheck().catch(() => null)
    if (reader) this.#reader = reader
    else this.end('signed-out')
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
    this.#unwatch()
    this.#wake()
    this.#options.onClose(this)
  }
}

const eventMessage = (event: StoredEvent): string => {
  const { position, type, subjects, codes, actorKind, actorId } = event
  return `id: ${position}\nevent: event\ndata: ${JSON.stringify({ position, type, subjects, codes, actorKind, actorId })}\n\n`
}
