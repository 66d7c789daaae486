import { Matcher, type PostFeatures, type PreparedPost, parse } from '../matching/index.ts'
import type { TokenPlaces } from '../text/index.ts'

export interface ActiveTopic {
  topicId: string
  version: number
  query: string
  languages: string[]
}

export interface MatchedTopic {
  topicId: string
  version: number
}

/** All active topics of a workspace, asked at once. */
export class TopicMatcher {
  readonly #matcher: Matcher<string>
  readonly #versions = new Map<string, number>()

  /** Workspaces that hear the same stream share `post`, so that each post is split once. */
  constructor(post?: PostFeatures) {
    this.#matcher = new Matcher(post)
  }

  get size(): number {
    return this.#matcher.size
  }

  /** Reads only the queries that changed. One that no longer reads matches nothing. */
  update(topics: readonly ActiveTopic[]): this {
    const active = new Set(topics.map(({ topicId }) => topicId))
    for (const topicId of [...this.#versions.keys()]) if (!active.has(topicId)) this.#remove(topicId)
    for (const { topicId, version, query, languages } of topics) {
      if (this.#versions.get(topicId) === version) continue
      this.#remove(topicId)
      this.#versions.set(topicId, version)
      const parsed = parse(query, { languages })
      if (parsed.ok) this.#matcher.add(topicId, parsed.query)
    }
    return this
  }

  match(post: PreparedPost): MatchedTopic[] {
    return this.#matcher.match(post).map((topicId) => ({ topicId, version: this.#versions.get(topicId) as number }))
  }

  /** Where the tokens of the text stand that was matched last, so that it need not be split again; null: it was another. */
  placesOf(post: PreparedPost): TokenPlaces | null {
    return this.#matcher.post.placesOf(post)
  }

  #remove(topicId: string): void {
    this.#versions.delete(topicId)
    this.#matcher.remove(topicId)
  }
}
