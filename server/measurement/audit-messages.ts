/** What the thread that counts and the process around it say to each other. */
import type { ReadChoices } from '../connectors/index.ts'
import type { FaultCode } from './audit-post.ts'
import type { AuditRequest } from './audit-request.ts'
import type { AuditReport } from './figures.ts'
import type { StoredPlace, StoredRow } from './stored-source.ts'

/** The thread opens a file itself; stored posts it asks the process for, which has the database. */
export type ThreadSource = { kind: 'file'; path: string; choices: ReadChoices } | { kind: 'stored' }

export interface ThreadTask {
  source: ThreadSource
  request: AuditRequest
}

export type FromThread =
  | { kind: 'progress'; reading: 1 | 2 | 3; rows: number }
  | { kind: 'page'; after: StoredPlace | null }
  | { kind: 'done'; report: AuditReport }
  | { kind: 'fault'; code: FaultCode; message: string; params: Record<string, string | number> }

export interface StoredPage {
  rows: StoredRow[]
}
