import type { Permission } from '../../contract/permissions.ts'
import type { WorkspaceTransaction } from './database.ts'

export type TextLanguage = 'en' | 'de' | 'nl'

/** Something that members can be told of. Its name is one of NOTIFICATION_KINDS in contract/notifications.ts. */
export interface NotificationKind {
  kind: string
  /** Without it one is not shown it, nor asked how one wants to be told. */
  permission: Permission
  /** Name of the subject that it is about. */
  about: string
  /** For mail and push; the screen has texts of its own. */
  sentences: Record<TextLanguage, NotificationSentences>
  /** All of this kind are one until it is read, not only those about the same. */
  gathered?: true
  /** A later one is mailed and pushed again although an earlier one is unread: a deadline that passed is no deadline that is near. */
  toldAgain?: true
  /** Whoever raises it writes the mail. */
  ownMail?: true
  /** May be told outside shifts, if the member wants it. */
  urgent?: true
}

export interface NotificationSentences {
  /** A whole sentence without its full stop; or one for each news that there can be. */
  one: string | Readonly<Record<string, string>>
  /** What is told of several at once. */
  many(count: number): string
}

/** What notifications are about. */
export interface NotificationSubject {
  subject: string
  /** Below the workspace's address, with its search. */
  path(id: string): string
  /** What it is called, and its words for those who asked for content. What is not among them has gone. */
  read(tx: WorkspaceTransaction, ids: readonly string[]): Promise<ReadonlyMap<string, NotificationSubjectRead>>
}

export interface NotificationSubjectRead {
  name: string | null
  content: string | null
}

export interface ModuleNotifications {
  kinds?: readonly NotificationKind[]
  subjects?: readonly NotificationSubject[]
}

export const sentenceOf = ({ one }: NotificationSentences, news: string | null): string =>
  typeof one === 'string' ? one : (one[news ?? ''] ?? Object.values(one)[0] ?? '')
