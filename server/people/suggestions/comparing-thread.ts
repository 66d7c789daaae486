import { parentPort, workerData } from 'node:worker_threads'
import { Batch, type LinkageRecord, unpackedModel } from '../../linkage/index.ts'
import { IDENTITY_SCHEMA } from './fields.ts'
import { PlaceList, strongestPairs } from './pair-list.ts'

export interface ThreadTask {
  packed: string
  least: number
  perSideMax: number
  threads: number
}

/** An identity as the thread is told of it; nobody's has no person. */
export interface Compared {
  authorId: string
  personId: string | null
  record: LinkageRecord
}

/** Weighing a million identities takes a minute, and the thread that answers requests has none to spare. */
const { packed, least, perSideMax, threads } = workerData as ThreadTask
const model = unpackedModel(packed)
if (!model) throw new Error('a thread and its owner are of one version')
const batch = new Batch(IDENTITY_SCHEMA)
const places = new PlaceList()

parentPort?.on('message', async (identities: Compared[] | 'all') => {
  if (identities === 'all') {
    const { edges } = await batch.link({ model, threads })
    parentPort?.postMessage(strongestPairs(edges, places, least, perSideMax))
    return
  }
  for (const { authorId, personId, record } of identities) {
    batch.add(record)
    places.add(authorId, personId)
  }
  parentPort?.postMessage(places.length)
})
