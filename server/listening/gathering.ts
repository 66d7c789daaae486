import type { Cursor, HeardBatch } from '../connectors/index.ts'

/** Posts are stored this soon after somebody asked for one of them. */
const URGENT_MS = 5
/** What nobody asked for waits a little, because only replies in kept threads are stored of it. */
const CALM_MS = 500
const BATCH_POSTS = 256
/** Under load a batch grows up to this while the one before is being stored; then the stream waits. */
const BATCH_POSTS_MAX = 4_096

export interface GatheredShare<Share> {
  shares: Share[]
  cursor: Cursor
}

/**
 * Makes adaptive batches of a stream: small and quick when it is calm, large when storing is the slower side. `store` runs
 * one batch at a time, in order; its failure is thrown by the next `add` or by `finish`.
 */
export class Gathering<Share> {
  readonly #store: (gathered: GatheredShare<Share>) => Promise<void>
  #shares: Share[] = []
  #posts = 0
  #cursor: Cursor = null
  #dirty = false
  #timer: NodeJS.Timeout | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #storing: Promise<void> | null = null
  #failure: unknown

  constructor(store: (gathered: GatheredShare<Share>) => Promise<void>) {
    this.#store = store
  }

  async add(share: Share, batch: HeardBatch, urgent: boolean): Promise<void> {
    if (this.#failure) throw this.#failure
    this.#shares.push(share)
    this.#posts += batch.items.length
    this.#cursor = batch.cursor
    this.#dirty = true
    this.#flushWithin(this.#posts >= BATCH_POSTS ? 0 : urgent ? URGENT_MS : CALM_MS)
    while (this.#posts >= BATCH_POSTS_MAX) {
      await (this.#storing ?? this.#flush())
      if (this.#failure) throw this.#failure
    }
  }

  /** Stores what is left. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#storing) await this.#storing
    if (this.#failure) throw this.#failure
    await this.#flush()
    if (this.#failure) throw this.#failure
  }

  #flushWithin(milliseconds: number): void {
    const at = performance.now() + milliseconds
    if (this.#storing || at >= this.#timerAt) return
    clearTimeout(this.#timer)
    this.#timerAt = at
    this.#timer = setTimeout(() => void this.#flush(), milliseconds)
  }

  async #flush(): Promise<void> {
    if (this.#storing) return this.#storing
    clearTimeout(this.#timer)
    this.#timerAt = Number.POSITIVE_INFINITY
    if (!this.#dirty || this.#failure) return
    const gathered = { shares: this.#shares, cursor: this.#cursor }
    this.#shares = []
    this.#posts = 0
    this.#dirty = false
    this.#storing = this.#store(gathered)
      .catch((error: unknown) => {
        this.#failure = error ?? new Error('storing failed')
      })
      .finally(() => {
        this.#storing = null
        if (this.#dirty) this.#flushWithin(0)
      })
    return this.#storing
  }
}
