import type { Connector, Cursor, Failure, HeardBatch, HeardItem } from '../server/connectors/index.ts'

/** As a network sends them: a few at a time. */
const ITEMS_AT_ONCE = 64

/** A stream that gives what it was given as fast as it is taken, and then stays open. */
export class NumberedStream {
  #batches: HeardItem[][] = []

  /** How many batches there are: the cursor when all of them are stored. */
  get given(): number {
    return this.#batches.length
  }

  give(batches: HeardItem[][]): void {
    const items = batches.flat()
    for (let start = 0; start < items.length; start += ITEMS_AT_ONCE)
      this.#batches.push(items.slice(start, start + ITEMS_AT_ONCE))
  }

  readonly connector: Connector = {
    network: 'bench-stream',
    capabilities: {
      open: true,
      hears: 'stream',
      speaks: false,
      tellsDeletions: true,
      tellsEdits: true,
      findsByKey: false,
      textCharactersMax: null,
      pictures: null,
      pollEverySeconds: 0,
      resumes: true,
    },
    parseSettings: () => ({ ok: true, value: {} }),
    parseCredentials: () => ({ ok: true, value: null }),
    check: async () => ({ ok: true, value: { name: 'bench', author: null, settings: {} } }),
    stream: (_connection, cursor, signal) => this.#listen(cursor, signal),
  }

  async *#listen(cursor: Cursor, signal: AbortSignal): AsyncGenerator<HeardBatch, Failure | null> {
    for (let next = Number(cursor?.next ?? 0); next < this.#batches.length; next++) {
      if (signal.aborted) return null
      yield { items: this.#batches[next] as HeardItem[], cursor: { next: next + 1 }, more: false }
    }
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    return null
  }
}
