/** The far side of ParsingThread. An exception here is a bug: it ends the thread and reaches the caller. */
import { parentPort } from 'node:worker_threads'
import { type FeedSource, parse } from './parse.ts'

const port = parentPort
port?.on('message', (source: FeedSource) => port.postMessage(parse(source)))
