import { parentPort, workerData } from 'node:worker_threads'
import { type LinkageRecord, learnModel, packedModel } from '../../linkage/index.ts'
import { IDENTITY_SCHEMA } from './fields.ts'

/** Counting takes seconds, and the thread that answers requests has none to spare. */
parentPort?.postMessage(packedModel(learnModel(IDENTITY_SCHEMA, workerData as LinkageRecord[])))
