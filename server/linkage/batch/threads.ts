import { Worker } from 'node:worker_threads'
import type { Blocks, KeyParts, PartColumn } from '../blocks.ts'
import type { Answer, FoundEdges, Ground, Task } from './messages.ts'
import { type RunRange, sharesOfRuns } from './pair-lists.ts'

/** What threads read lately is bounded; without a limit the collector would rather grow than collect. */
const HEAP = { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 16 }

/** The threads of one batch. They hold no data of their own but what they have read lately. */
export class Threads {
  private readonly workers: Worker[]

  constructor(count: number, ground: Ground) {
    this.workers = Array.from(
      { length: count },
      () => new Worker(new URL('./thread.ts', import.meta.url), { workerData: ground, resourceLimits: HEAP }),
    )
  }

  async fillFacts(): Promise<void> {
    await this.ask((from) => ({ task: 'facts', share: { from, step: this.workers.length } }))
  }

  async fillRows(order: Uint32Array): Promise<void> {
    await this.ask((from) => ({ task: 'rows', order, share: { from, step: this.workers.length } }))
  }

  /** In the order of the keys' threads: the same for the same number of threads. */
  async blocks(keys: readonly KeyParts[], parts: readonly PartColumn[], count: number, cap: number): Promise<Blocks[]> {
    const answers = await this.ask((thread) => ({
      task: 'blocks',
      keys: keys.filter((_, at) => at % this.workers.length === thread),
      parts,
      count,
      cap,
    }))
    return answers.flatMap((answer) => ('blocks' in answer ? [answer.blocks] : []))
  }

  /** In the order of the rows, whatever the number of threads. */
  async score(task: Omit<Extract<Task, { task: 'score' }>, 'task' | 'runs'>): Promise<FoundEdges> {
    const shares = sharesOfRuns(task.pairsOfRuns, this.workers.length)
    const answers = await this.ask((thread) => ({ ...task, task: 'score', runs: shares[thread] as RunRange }))
    return joinedEdges(answers.flatMap((answer) => ('edges' in answer ? [answer.edges] : [])))
  }

  async end(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()))
  }

  private ask(taskFor: (thread: number) => Task): Promise<Answer[]> {
    return Promise.all(
      this.workers.map(
        (worker, thread) =>
          new Promise<Answer>((resolve, reject) => {
            const settle = (done: () => void): void => {
              worker.off('message', answered)
              worker.off('error', failed)
              done()
            }
            const answered = (answer: Answer): void => settle(() => resolve(answer))
            const failed = (error: Error): void => settle(() => reject(error))
            worker.on('message', answered)
            worker.on('error', failed)
            worker.postMessage(taskFor(thread))
          }),
      ),
    )
  }
}

function joinedEdges(found: readonly FoundEdges[]): FoundEdges {
  const length = found.reduce((sum, { a }) => sum + a.length, 0)
  const edges = {
    a: new Uint32Array(length),
    b: new Uint32Array(length),
    weight: new Float32Array(length),
    compared: 0,
  }
  let at = 0
  for (const { a, b, weight, compared } of found) {
    edges.a.set(a, at)
    edges.b.set(b, at)
    edges.weight.set(weight, at)
    edges.compared += compared
    at += a.length
  }
  return edges
}
