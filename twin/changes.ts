/** Everything that can happen in the twin's world. The world is what these give when applied in order. */
export type AccountStatus = 'active' | 'deactivated' | 'takendown' | 'suspended' | 'deleted'

export interface AccountChange {
  kind: 'account'
  did: string
  handle: string
  name: string
  bio: string
  /** App password; null: nobody of ours signs in as this account. */
  password: string | null
  avatarCid: string | null
  followers: number
  at: string
}

export interface Article {
  /** Unique within its site; becomes guid, id and path. */
  id: string
  title: string | null
  /** HTML, as the site's own software would carry it. */
  html: string
  author: string
  /** The article or thread that this one answers. */
  parentId: string | null
  publishedAt: string
  updatedAt: string
  /** Review sites: one to five. */
  stars: number | null
  language: string
}

export type Change =
  | AccountChange
  | { kind: 'handle'; did: string; handle: string; at: string }
  | { kind: 'status'; did: string; status: AccountStatus; at: string }
  | {
      kind: 'record'
      did: string
      collection: string
      rkey: string
      cid: string
      value: Record<string, unknown>
      at: string
    }
  | { kind: 'record-deleted'; did: string; collection: string; rkey: string; at: string }
  | { kind: 'mute'; did: string; subject: string; muted: boolean; at: string }
  | { kind: 'report'; did: string; reasonType: string; reason: string; subject: Record<string, unknown>; at: string }
  | { kind: 'blob'; cid: string; mediaType: string; base64: string; at: string }
  | { kind: 'article'; site: string; article: Article; at: string }
  | { kind: 'article-deleted'; site: string; id: string; at: string }
