/**
 * Feeds are read in a thread of their own with a limit on time and memory: a document that is made to trip a parser
 * costs that thread and nothing else, and a big one holds up nobody's inbox. One document at a time, in order.
 */
import { Worker } from 'node:worker_threads'
import type { FeedSource, ParseOutcome } from './parse.ts'

export const PARSING_TIME_MS_MAX = 10_000
const PARSING_MEMORY_MB_MAX = 384
const IDLE_MS = 30_000

export class ParsingThread {
  private worker: Worker | null = null
  private previous: Promise<unknown> = Promise.resolve()
  private idle: NodeJS.Timeout | undefined
  private readonly timeMsMax: number

  constructor(timeMsMax = PARSING_TIME_MS_MAX) {
    this.timeMsMax = timeMsMax
  }

  /** Rejects on a bug of ours only; what the document does wrong is in the outcome. */
  parse(source: FeedSource): Promise<ParseOutcome> {
    const job = this.previous.then(() => this.run(source))
    this.previous = job.catch(() => {})
    return job
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.previous
    await this.stop()
  }

  private run(source: FeedSource): Promise<ParseOutcome> {
    clearTimeout(this.idle)
    this.worker ??= new Worker(new URL('./parsing-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: PARSING_MEMORY_MB_MAX },
    })
    const worker = this.worker
    worker.ref()
    return new Promise<ParseOutcome>((resolve, reject) => {
      const timer = setTimeout(() => settle(() => resolve(tooLong), true), this.timeMsMax)
      const settle = (finish: () => void, broken: boolean) => {
        clearTimeout(timer)
        // By name: the thread keeps listeners of its own.
        for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
        if (broken) void this.stop()
        else this.rest(worker)
        finish()
      }
      worker.once('message', (outcome: ParseOutcome) => settle(() => resolve(outcome), false))
      worker.once('error', (error: NodeJS.ErrnoException) => {
        const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        settle(() => (memory ? resolve(tooMuch) : reject(error)), true)
      })
      worker.once('exit', () => settle(() => reject(new Error('The parsing thread ended.')), true))
      worker.postMessage(source)
    })
  }

  /** An idle thread neither keeps the process alive nor its memory for long. */
  private rest(worker: Worker): void {
    worker.unref()
    this.idle = setTimeout(() => void this.stop(), IDLE_MS)
    this.idle.unref()
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idle)
    const worker = this.worker
    this.worker = null
    await worker?.terminate()
  }
}

const tooLong: ParseOutcome = { ok: false, reason: 'took too long to read' }
const tooMuch: ParseOutcome = { ok: false, reason: 'took too much memory to read' }
