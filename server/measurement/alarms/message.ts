import type { WorkspaceTransaction } from '../../platform/database.ts'

/** What goes out about an alarm: one mail's or one webhook's worth. */
export interface Message {
  messageId: string
  topicId: string
  alarmId: string | null
  channel: 'mail' | 'webhook'
  memberId: string | null
  because: 'raised' | 'grew' | 'ended' | 'test'
  attempts: number
}

/** `again`: worth another try with nothing changed. */
export type Sent =
  | { ok: true; status: number | null }
  | { ok: false; status: number | null; failure: string; again: boolean }

export type InWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>
