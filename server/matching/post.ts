/** What a query can ask of a post. Connectors and the posts table both give it; no network's own words. */
export interface MatchablePost {
  title: string | null
  text: string
  /** BCP 47, stated or recognised; null: not known. */
  language: string | null
  network: string
  scope: string
  site: string | null
  url: string | null
  publishedAt: Date
  author: {
    handle: string | null
    name: string | null
    followers: number | null
    networkId: string
  }
  isReply: boolean
  hasMedia: boolean
  links: readonly string[]
  /** Handles of the accounts that the post mentions, with or without @. */
  mentions: readonly string[]
  /** What the workspace calls the source that heard it. */
  sourceName: string | null
}
