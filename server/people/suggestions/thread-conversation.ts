import { Worker } from 'node:worker_threads'

/** A thread that answers one question after the other, with bounded memory. Whatever ends it fails the question. */
export class Conversation {
  readonly #worker: Worker

  constructor(file: URL, task: unknown, memoryMbMax: number) {
    this.#worker = new Worker(file, { workerData: task, resourceLimits: { maxOldGenerationSizeMb: memoryMbMax } })
    // Heard by whoever asks; between two questions it must not end the process.
    this.#worker.on('error', () => {})
  }

  ask(question: unknown, msMax: number): Promise<unknown> {
    const worker = this.#worker
    return new Promise((resolve, reject) => {
      const failed = (error: unknown) => settle(() => reject(error))
      const ended = (code: number) => failed(new Error(`a thread ended with ${code} and without an answer`))
      const answered = (answer: unknown) => settle(() => resolve(answer))
      const timer = setTimeout(() => failed(new Error(`a thread took longer than ${msMax} ms`)), msMax)
      const settle = (done: () => void) => {
        clearTimeout(timer)
        worker.off('message', answered).off('error', failed).off('exit', ended)
        done()
      }
      worker.on('message', answered).on('error', failed).on('exit', ended)
      worker.postMessage(question)
    })
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }
}
