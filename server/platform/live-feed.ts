import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from './database.ts'
import { readEvents, type StoredEvent } from './event-log.ts'
import { SYSTEM } from './events.ts'
import type { Log } from './log.ts'

/** Events of a workspace kept in memory for all its readers. */
const RING_MAX = 1_000
const READ_MAX = 500
const RETRY_MS = 1_000

/**
 * The newest events of one workspace, read once however many watch. Readers pull: each has a position of its own and
 * takes what lies after it, so a slow reader costs no memory but falls behind the ring.
 */
export class LiveFeed {
  readonly workspaceId: string
  readonly #database: Database
  readonly #log: Log
  readonly #signal: AbortSignal
  readonly #watchers = new Set<() => void>()
  #ring: StoredEvent[] = []
  #floor = 0n
  #tail = 0n
  #opened: Promise<void> | undefined
  #stale = false
  #reading = false

  constructor(workspaceId: string, database: Database, log: Log, signal: AbortSignal) {
    this.workspaceId = workspaceId
    this.#database = database
    this.#log = log
    this.#signal = signal
  }

  /** Begins at the newest position. Safe to call by each reader. */
  open(): Promise<void> {
    this.#opened ??= this.newestPosition()
      .then((position) => {
        this.#floor = this.#tail = position
      })
      .catch((error) => {
        this.#opened = undefined
        throw error
      })
    return this.#opened
  }

  get tail(): bigint {
    return this.#tail
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Something may have been committed. Returns at once; commits that come while it reads are read in the next round. */
  refresh(): void {
    this.#stale = true
    if (!this.#reading) void this.#read()
  }

  /** Up to `limit` events after a position, from memory; null when the memory does not reach back so far. */
  after(position: bigint, limit: number): StoredEvent[] | null {
    if (position < this.#floor) return null
    if (position >= this.#tail) return []
    // Positions in the ring have no gaps, so the place of an event is a difference.
    const from = Number(position - this.#floor)
    return this.#ring.slice(from, from + limit)
  }

  /** What the database says; another process may have told a reader of it before we heard. */
  async newestPosition(): Promise<bigint> {
    return this.#database.inWorkspace(this.workspaceId, SYSTEM, async (transaction) => {
      const row = await transaction.sql
        .selectFrom('event_counter')
        .select('position')
        .where('workspace_id', '=', this.workspaceId)
        .executeTakeFirst()
      return BigInt(row?.position ?? '0')
    })
  }

  /** The same as `after`, from the database, for a reader who was away. */
  async afterFromDatabase(position: bigint, limit: number): Promise<StoredEvent[]> {
    return this.#database.inWorkspace(this.workspaceId, SYSTEM, (transaction) =>
      readEvents(transaction, `${position}`, limit),
    )
  }

  async #read(): Promise<void> {
    this.#reading = true
    try {
      await this.open()
      while (this.#stale && !this.#signal.aborted) {
        this.#stale = false
        const events = await this.afterFromDatabase(this.#tail, READ_MAX)
        if (events.length > 0) this.#append(events)
        if (events.length === READ_MAX) this.#stale = true
      }
    } catch (error) {
      this.#stale = true
      this.#log.warn({ err: error, workspaceId: this.workspaceId }, 'could not read events for the live screens')
    } finally {
      this.#reading = false
    }
    if (!this.#stale || this.#signal.aborted) return
    await delay(RETRY_MS, undefined, { signal: this.#signal }).catch(() => {})
    if (!this.#reading && this.#watchers.size > 0) void this.#read()
  }

  #append(events: StoredEvent[]): void {
    const last = BigInt(events.at(-1)?.position ?? this.#tail)
    const withoutGap = last === this.#tail + BigInt(events.length)
    this.#tail = last
    this.#ring = withoutGap ? this.#ring.concat(events).slice(-RING_MAX) : []
    this.#floor = this.#tail - BigInt(this.#ring.length)
    for (const watcher of this.#watchers) watcher()
  }
}
