import { parentPort, workerData } from 'node:worker_threads'
import { BlockBuilder } from '../blocks.ts'
import { partsOf } from '../keys.ts'
import { unpackedModel } from '../packing.ts'
import { declareSchema } from '../schema.ts'
import { ValueReader } from './columns.ts'
import type { Answer, FoundEdges, Ground, Task } from './messages.ts'
import { forPairs } from './pair-lists.ts'
import { PairScorer } from './pair-scorer.ts'
import { fillRows } from './rows.ts'
import { sharedCopy } from './shared-lists.ts'
import { fillFacts } from './value-facts.ts'

/** One of the threads of a batch: it does what it is asked on memory that all share. */
const { fields, columns, facts, rows } = workerData as Ground
const schema = declareSchema(fields)
const parts = partsOf(schema)
const reader = new ValueReader(schema, columns)

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answerTo(task)))

function answerTo(task: Task): Answer {
  if (task.task === 'facts') {
    fillFacts(schema, parts, facts, reader, task.share)
    return { filled: true }
  }
  if (task.task === 'rows') {
    const count = columns[0]?.ids.length ?? 0
    const [from, to] = [task.share.from, task.share.from + 1].map((at) => Math.floor((count * at) / task.share.step))
    fillRows(rows, columns, facts, task.order, from as number, to as number)
    return { filled: true }
  }
  if (task.task === 'score') return { edges: scored(task) }
  const builder = new BlockBuilder(parts, task.parts, task.cap)
  for (const key of task.keys) builder.add(key, task.count)
  const { offsets, members } = builder.blocks()
  return { blocks: { offsets: sharedCopy(offsets), members: sharedCopy(members) } }
}

const EDGES_AT_FIRST = 1 << 16

function scored(task: Extract<Task, { task: 'score' }>): FoundEdges {
  const model = unpackedModel(task.model)
  if (!model) throw new Error('a batch and its threads are of one version')
  const scorer = new PairScorer(schema, { rows, facts, reader }, model, task.shares)
  let [a, b] = [new Uint32Array(EDGES_AT_FIRST), new Uint32Array(EDGES_AT_FIRST)]
  let weight = new Float32Array(EDGES_AT_FIRST)
  let count = 0
  let compared = 0
  forPairs(task.blocks, task.pairsOfRuns, task.runs, (one, other) => {
    if (task.tables && task.tables[one] === task.tables[other]) return
    compared++
    const found = scorer.weight(one, other, task.least)
    if (found < task.least) return
    if (count === a.length) {
      ;[a, b] = [larger(a), larger(b)]
      const more = new Float32Array(weight.length * 2)
      more.set(weight)
      weight = more
    }
    a[count] = one
    b[count] = other
    weight[count++] = found
  })
  return { a: a.slice(0, count), b: b.slice(0, count), weight: weight.slice(0, count), compared }
}

function larger(list: Uint32Array): Uint32Array<ArrayBuffer> {
  const more = new Uint32Array(list.length * 2)
  more.set(list)
  return more
}
