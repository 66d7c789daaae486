import type { Secrets } from '../platform/secrets.ts'
import type { NormalPost } from './normalise.ts'
import type { NewPost } from './post-rows.ts'
import type { Asked } from './understand.ts'
import type { Groups } from './understanding/groups.ts'
import type { PostUnderstanding } from './understanding/read-post.ts'

/** Without the prepared text: what waits to be stored stays small. */
export interface Candidate extends Asked {
  post: NormalPost
  /** Null until it is certain that the post is kept: what nobody asked for is not read. */
  understanding: PostUnderstanding | null
}

export interface KeepOptions {
  sourceId: string | null
  importId: string | null
  /** Where the posts come from, in a word for the event. */
  origin: 'stream' | 'source' | 'import'
  /** Kept without being asked for. */
  everything: boolean
  /**
   * told: the network says when a post was edited, so only a later time is an edit (a replay is not);
   * seen: what is seen now is how it stands now; never: a stored post is not changed by this origin.
   */
  edits: 'told' | 'seen' | 'never'
  heardAt: Date
  secrets: Secrets
  groups: Groups
}

/** A post that this transaction has just stored, with its mentions. */
export interface NewlyStored {
  candidate: Candidate & { understanding: PostUnderstanding }
  row: NewPost
}
