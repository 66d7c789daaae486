/** A stored post, with the root of its thread. */
export interface StoredPost {
  postId: string
  network: string
  scope: string
  externalId: string
  rootExternalId: string
  parentExternalId: string | null
  authorId: string
  /** Through which it came; null: imported. */
  sourceId: string | null
  direction: 'in' | 'out'
  publishedAt: Date
  editedAt: Date | null
  contentHash: string
  deleted: boolean
  language: string | null
  negative: boolean
  visibility: 'public' | 'private'
  /** Written by a machine of theirs: it waits for nobody. */
  automatic: boolean
  reference: string | null
  url: string | null
  /** Why it may open a conversation; null: it only continues one. */
  opens: 'addressed' | 'mention' | null
}
