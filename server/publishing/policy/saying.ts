import { createHash } from 'node:crypto'
import type { DraftKind, DraftOrigin } from '../../policy/index.ts'
import type { AttachedFile } from '../delivery.ts'

/** Something that is about to be said, by whom and where. */
export interface Saying {
  sourceId: string
  /** Null: of our own accord. */
  replyToPostId: string | null
  /** As it will stand on the network. */
  text: string
  language: string | null
  attachments: readonly AttachedFile[]
  kind: DraftKind
  origin: DraftOrigin
  /** Who wrote it, if a member did: texts of their other brands are not meant for here. */
  memberId: string | null
  /** The conversation is one that a second person looks at. */
  fourEyes?: boolean | undefined
  /** Whom a private message is for that answers nothing yet. */
  recipientAuthorId?: string | undefined
  /** Of a letter. */
  title?: string | undefined
}

type Bound = Pick<Saying, 'sourceId' | 'replyToPostId' | 'text' | 'attachments' | 'recipientAuthorId' | 'title'> & {
  kind?: Saying['kind'] | undefined
}

/** Of everything that a verdict or an approval is bound to: one letter more is another text. */
export const saidHash = ({
  sourceId,
  replyToPostId,
  text,
  attachments,
  kind,
  recipientAuthorId,
  title,
}: Bound): string => {
  const pictures = attachments.map(({ attachmentId, alt }) => [attachmentId, alt])
  const place = [sourceId, replyToPostId, kind === 'private', recipientAuthorId ?? null]
  return createHash('sha256')
    .update(JSON.stringify([place, title ?? null, text, pictures]))
    .digest('hex')
}
