import type { Connector, Cursor, Failure, HeardBatch, HeardItem, Outcome } from '../../connectors/index.ts'
import { anAuthor } from './heard.ts'

/** A network that tells what a test gives it: the only thing that is stood in for. */
export class Pond {
  /** Answers of the next polls, in order; afterwards there is nothing new. */
  readonly polls: (HeardItem[] | Failure)[] = []
  /** What the next poll says that can no longer be heard. */
  lost: HeardBatch['gap']
  /** Cursors that polls and streams were asked with. */
  readonly asked: Cursor[] = []
  /** What the stream brings; it then stays open. */
  readonly stream: HeardItem[][] = []
  #wake: () => void = () => {}

  push(items: HeardItem[]): void {
    this.stream.push(items)
    this.#wake()
  }

  readonly polled: Connector = {
    ...this.#common('pond', 'poll', false),
    poll: async (_connection, cursor): Promise<Outcome<HeardBatch>> => {
      this.asked.push(cursor)
      const answer = this.polls.shift() ?? []
      if (!Array.isArray(answer)) return { ok: false, failure: answer }
      const gap = this.lost ? { gap: this.lost } : {}
      this.lost = undefined
      return { ok: true, value: { items: answer, cursor: { polls: this.asked.length }, more: false, ...gap } }
    },
  }

  readonly streamed: Connector = {
    ...this.#common('pond-stream', 'stream', true),
    stream: (_connection, cursor, signal) => this.#listen(cursor, signal),
  }

  #common(network: string, hears: 'poll' | 'stream', open: boolean): Connector {
    return {
      network,
      capabilities: {
        open,
        hears,
        speaks: !open,
        tellsDeletions: true,
        tellsEdits: true,
        findsByKey: false,
        textCharactersMax: null,
        pictures: null,
        pollEverySeconds: 60,
        resumes: true,
      },
      parseSettings: (input) => ({ ok: true, value: (input ?? {}) as Record<string, unknown> }),
      parseCredentials: (input) => ({ ok: true, value: (input ?? null) as Record<string, unknown> | null }),
      check: async ({ settings, credentials }) => {
        if (credentials?.password === 'wrong')
          return { ok: false, failure: { name: 'credentials-expired', detail: 'HTTP 401' } }
        const author = credentials ? anAuthor(String(credentials.account)) : null
        return { ok: true, value: { name: String(settings.name ?? network), author, settings } }
      },
    }
  }

  async *#listen(cursor: Cursor, signal: AbortSignal): AsyncGenerator<HeardBatch, Failure | null> {
    this.asked.push(cursor)
    for (let next = Number(cursor?.next ?? 0); ; next++) {
      while (next >= this.stream.length) {
        if (signal.aborted) return null
        await new Promise<void>((resolve) => {
          this.#wake = resolve
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      }
      yield { items: this.stream[next] as HeardItem[], cursor: { next: next + 1 }, more: false }
    }
  }
}
