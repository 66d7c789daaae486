// Counts one audit in a thread of its own, told what by its parent (thread.ts).
import { once } from 'node:events'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { runAudit } from './audit.ts'
import type { FromThread, StoredPage, ThreadTask } from './audit-messages.ts'
import { AuditFault, type AuditSource } from './audit-post.ts'
import { fileSource } from './file-source.ts'
import { storedSource } from './stored-source.ts'

const port = parentPort as MessagePort
const say = (message: FromThread): void => port.postMessage(message)
const { source, request } = workerData as ThreadTask

function openSource(): AuditSource {
  if (source.kind === 'file') return fileSource(source.path, source.choices)
  return storedSource(async (after) => {
    say({ kind: 'page', after })
    const [{ rows }] = (await once(port, 'message')) as [StoredPage]
    return rows
  })
}

try {
  const report = await runAudit(openSource(), request, {
    onProgress: (reading, rows) => say({ kind: 'progress', reading, rows }),
  })
  say({ kind: 'done', report })
} catch (error) {
  if (!(error instanceof AuditFault)) throw error
  const { code, message, params } = error
  say({ kind: 'fault', code, message, params })
} finally {
  // A listener for pages would keep the thread.
  port.close()
}
