import type { Visibility } from '../../connectors/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import type { ApprovedDelivery } from '../queue.ts'
import type { AgainstVersion } from './approval.ts'

export interface ApprovedAnswer {
  delivery: ApprovedDelivery
  written: string
  closes: boolean
  conversations: readonly AgainstVersion[]
}

/** A routing rule by which a second person has to look at what is said. */
export interface FourEyesRule {
  ruleId: string
  name: string
}

/** What only whoever keeps conversations knows of answers; handed down by server/modules.ts. */
export interface Answering {
  /** Null: no rule asks for a second person in these conversations. */
  fourEyesRule(tx: WorkspaceTransaction, conversationIds: readonly string[], now: Date): Promise<FourEyesRule | null>
  /** Whether nobody spoke in any of them since. Holds their rows until the transaction ends. */
  isCurrent(tx: WorkspaceTransaction, conversations: readonly AgainstVersion[]): Promise<boolean>
  /** Puts it into the outbox and notes that the conversations are answered. */
  queue(services: Services, tx: WorkspaceTransaction, answer: ApprovedAnswer): Promise<string>
  /** The text is its author's draft again, unless they began something new. */
  giveBack(tx: WorkspaceTransaction, answer: GivenBack): Promise<void>
}

export interface GivenBack {
  memberId: string
  written: string
  attachmentIds: readonly string[]
  /** What was written to one person alone must not come back as a draft for everybody. */
  visibility: Visibility
  conversation: AgainstVersion
}
