import { Worker } from 'node:worker_threads'
import type { AuditSteps } from './audit.ts'
import type { FromThread, StoredPage, ThreadSource, ThreadTask } from './audit-messages.ts'
import { AuditFault } from './audit-post.ts'
import type { AuditRequest } from './audit-request.ts'
import type { AuditReport } from './figures.ts'
import type { StoredPages } from './stored-source.ts'

/** Heap of the thread. Columns lie outside of it: about 150 bytes a post, of which there are at most five million. */
const HEAP_MEGABYTES_MAX = 320
/** Room for what is thrown away at once. V8's own choice triples the memory of an audit and saves a tenth of its time. */
const YOUNG_MEGABYTES_MAX = 12

interface ThreadSteps extends AuditSteps {
  /** Where the source is stored posts. */
  pages?: StoredPages
  heapMegabytesMax?: number
}

/**
 * runAudit in a thread of its own: the process stays free to answer, the memory is bounded, and all of it is given back
 * at the end. Throws AuditFault for what can be mended, among it a source that needs more memory than an audit may take.
 */
export function runAuditInThread(
  source: ThreadSource,
  request: AuditRequest,
  { signal, onProgress, pages, heapMegabytesMax = HEAP_MEGABYTES_MAX }: ThreadSteps = {},
): Promise<AuditReport> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const thread = new Worker(new URL('./audit-thread.ts', import.meta.url), {
      workerData: { source, request } satisfies ThreadTask,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax, maxYoungGenerationSizeMb: YOUNG_MEGABYTES_MAX },
    })
    const fail = (error: unknown) => {
      reject(faultOf(error))
      void thread.terminate()
    }
    const stop = () => fail(signal?.reason)
    signal?.addEventListener('abort', stop, { once: true })
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'progress') onProgress?.(message.reading, message.rows)
      else if (message.kind === 'done') resolve(message.report)
      else if (message.kind === 'fault') reject(new AuditFault(message.code, message.message, message.params))
      else if (pages) pages(message.after).then((rows) => thread.postMessage({ rows } satisfies StoredPage), fail)
      else fail(new Error('an audit over a file asked for stored posts'))
    })
    thread.on('error', fail)
    thread.on('exit', (code) => {
      signal?.removeEventListener('abort', stop)
      // Whatever was said before is the outcome: settling twice changes nothing.
      reject(new Error(`the thread of an audit ended without a result (${code})`))
    })
  })
}

function faultOf(error: unknown): unknown {
  if ((error as { code?: string } | undefined)?.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error
  return new AuditFault('out-of-memory', 'The posts need more memory than an audit may take. Choose a shorter period.')
}
