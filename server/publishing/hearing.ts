import type { Connection, Connector, Failure, HeardItem, PostReference } from '../connectors/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Services } from '../platform/services.ts'

/** An account of ours on a network, ready to speak. */
export interface Account {
  connector: Connector
  connection: Connection
  name: string
  state: 'active' | 'paused' | 'failing' | 'needs-credentials' | 'gone'
  ownAuthorId: string | null
}

/** A post of ours that the network has confirmed. */
export interface OwnPost {
  sourceId: string
  authorId: string
  network: string
  externalId: string
  reference: string | null
  url: string | null
  text: string
  language: string | null
  publishedAt: Date
  parent: PostReference | null
  root: PostReference | null
}

/** What publishing asks of listening, which keeps sources and posts. */
export interface Hearing {
  connectorOf(services: Services, network: string): Connector | null
  /** Null: no such source, or it was removed. */
  accountOf(services: Services, tx: WorkspaceTransaction, sourceId: string): Promise<Account | null>
  /** Takes in what was just read from the network, each in transactions of its own. */
  hear(services: Services, workspaceId: string, sourceId: string, items: HeardItem[]): Promise<void>
  /** Stores the post, or finds the echo that was heard before. Returns its id. */
  rememberOwnPost(services: Services, tx: WorkspaceTransaction, post: OwnPost): Promise<string>
  /** Leaves a tombstone: the post was taken off the network. */
  forgetOwnPost(services: Services, tx: WorkspaceTransaction, postId: string): Promise<void>
  /** The source failed while speaking: its health page says so. */
  noteFailure(services: Services, tx: WorkspaceTransaction, sourceId: string, failure: Failure): Promise<void>
}
