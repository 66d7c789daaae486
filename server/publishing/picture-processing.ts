/**
 * Pictures are decoded in a process of their own: what strangers made meets native code there, and a file that makes it
 * hang or fall costs that process and nothing else. Its memory goes when it rests. One picture at a time, in order.
 */
import { type ChildProcess, fork } from 'node:child_process'
import type { PictureLimits } from '../connectors/index.ts'
import type { PictureOutcome } from './picture.ts'
import { headerFault, readPictureHeader } from './picture-header.ts'
import type { PictureJob } from './picture-process.ts'

/** A photo of 50 megapixels takes about two seconds. */
const PICTURE_MS_MAX = 20_000
const IDLE_MS = 30_000

export class PictureProcess {
  /** Pictures given in and not yet given back. */
  underWay = 0
  private child: ChildProcess | null = null
  private previous: Promise<unknown> = Promise.resolve()
  private idle: NodeJS.Timeout | undefined
  private readonly timeMsMax: number

  constructor(timeMsMax = PICTURE_MS_MAX) {
    this.timeMsMax = timeMsMax
  }

  /** To be kept: upright and without what travelled with it. Rejects on a bug of ours only, as `fit` does. */
  clean(bytes: Uint8Array): Promise<PictureOutcome> {
    return this.queue({ bytes, limits: null })
  }

  /** To be sent: what the network takes. */
  fit(bytes: Uint8Array, limits: PictureLimits): Promise<PictureOutcome> {
    return this.queue({ bytes, limits })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.previous
    this.stop()
  }

  private async queue(job: PictureJob): Promise<PictureOutcome> {
    const fault = headerFault(readPictureHeader(job.bytes))
    if (fault) return { ok: false, fault }
    this.underWay++
    const work = this.previous.then(() => this.run(job))
    this.previous = work.catch(() => {})
    return work.finally(() => this.underWay--)
  }

  private run(job: PictureJob): Promise<PictureOutcome> {
    clearTimeout(this.idle)
    this.child ??= startChild()
    const child = this.child
    child.ref()
    child.channel?.ref()
    return new Promise<PictureOutcome>((resolve, reject) => {
      const timer = setTimeout(() => settle(() => resolve({ ok: false, fault: 'took-too-long' }), true), this.timeMsMax)
      const settle = (finish: () => void, broken: boolean) => {
        clearTimeout(timer)
        for (const event of ['message', 'error', 'exit']) child.removeAllListeners(event)
        if (broken) this.stop()
        else this.rest(child)
        finish()
      }
      child.once('message', (outcome) => settle(() => resolve(outcome as PictureOutcome), false))
      child.once('error', (error) => settle(() => reject(error), true))
      // The system took it (memory), or the native code fell: the file is what there is to blame.
      child.once('exit', (code, signal) =>
        settle(() => (signal ? resolve(fell) : reject(new Error(`The picture process ended with ${code}.`))), true),
      )
      child.send(job)
    })
  }

  /** An idle process neither keeps ours alive nor its memory for long. */
  private rest(child: ChildProcess): void {
    child.unref()
    child.channel?.unref()
    this.idle = setTimeout(() => this.stop(), IDLE_MS)
    this.idle.unref()
  }

  private stop(): void {
    clearTimeout(this.idle)
    const child = this.child
    this.child = null
    child?.once('error', () => {})
    child?.kill('SIGKILL')
  }
}

const fell: PictureOutcome = { ok: false, fault: 'unreadable' }

/** Without our environment: passwords and keys are not that process's business. */
function startChild(): ChildProcess {
  return fork(new URL('./picture-process.ts', import.meta.url), {
    execArgv: [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
}
