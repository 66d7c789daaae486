import type { MatchablePost } from '../matching/index.ts'

/** A post as an audit reads it, from a file or from the store. */
export interface AuditPost extends MatchablePost {
  /** What makes it one post: a second one with this key is left out. */
  key: string
  parentKey: string | null
  authorKey: string
  /** Said by one of our own accounts, as the store knows; false where it does not know. */
  ours: boolean
  /** Of a stored post. */
  postId: string | null
  authorId: string | null
}

export type AuditRow =
  | { kind: 'post'; post: AuditPost }
  | { kind: 'rejected'; code: string; params: Record<string, string | number>; line: number | null }

/** Reads the same posts each time it is asked: an audit reads them several times instead of keeping them. */
export interface AuditSource {
  read(signal?: AbortSignal): AsyncIterable<AuditRow>
}

export type FaultCode =
  | 'file-refused'
  | 'no-posts'
  | 'brand-not-found'
  | 'brand-unreadable'
  | 'too-many-brands'
  | 'too-many-posts'
  | 'out-of-memory'
  | 'file-gone'

/** What stops an audit and can be mended by whoever asked for it. */
export class AuditFault extends Error {
  readonly code: FaultCode
  readonly params: Record<string, string | number>
  constructor(code: FaultCode, message: string, params: Record<string, string | number> = {}) {
    super(message)
    this.code = code
    this.params = params
  }
}
