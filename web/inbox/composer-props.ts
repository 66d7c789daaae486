import type { RefObject } from 'react'
import type { AnswerDraft } from './answer-draft.ts'
import type { Opened, ThreadPost } from './shapes.ts'

/** What a conversation hands to its composer, and the composer to the answer. */
export interface ComposerProps {
  opened: Opened
  draft: AnswerDraft
  field: RefObject<HTMLTextAreaElement | null>
  newsCount: number
  replyTo: ThreadPost | null
  onReplyTo(post: ThreadPost | null): void
  keysOn: boolean
  onGone(ids: readonly string[]): () => void
}
