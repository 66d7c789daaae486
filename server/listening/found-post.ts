import type { Span } from '../matching/index.ts'
import type { StoredPost } from './stored-posts.ts'

export interface FoundPost {
  stored: StoredPost
  readonly spans: Span[]
}
