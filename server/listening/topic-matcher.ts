import {
  evaluate,
  INDEX_LANGUAGES,
  indexTerms,
  type PreparedPost,
  parse,
  type Query,
  requiredTerms,
} from '../matching/index.ts'

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

interface CompiledTopic extends ActiveTopic {
  compiled: Query
}

/**
 * All active topics of a workspace, asked at once. A topic is evaluated only when the post holds one of its anchor terms
 * (one required term of each alternative, the longest because it is rarest); what has no anchor is evaluated always. So
 * the answer is the plain evaluator's, and most posts cost one look-up per word.
 */
export class TopicMatcher {
  readonly #topics: ReadonlyMap<string, CompiledTopic>
  readonly #languages: readonly string[]
  readonly #byAnchor = new Map<string, CompiledTopic[]>()
  readonly #unanchored: CompiledTopic[] = []

  private constructor(topics: CompiledTopic[]) {
    this.#topics = new Map(topics.map((topic) => [topic.topicId, topic]))
    this.#languages = [...new Set([...INDEX_LANGUAGES, ...topics.flatMap((topic) => topic.languages)])].sort()
    for (const topic of topics) this.#anchor(topic)
  }

  /** `before` spares reading queries again that did not change. A query that no longer reads matches nothing. */
  static of(topics: ActiveTopic[], before?: TopicMatcher): TopicMatcher {
    return new TopicMatcher(
      topics.flatMap((topic) => {
        const known = before ? before.#topics.get(topic.topicId) : undefined
        if (known?.version === topic.version) return [known]
        const parsed = parse(topic.query, { languages: topic.languages })
        return parsed.ok ? [{ ...topic, compiled: parsed.query }] : []
      }),
    )
  }

  get size(): number {
    return this.#topics.size
  }

  match(post: PreparedPost): MatchedTopic[] {
    if (this.#topics.size === 0) return []
    const candidates = new Set(this.#unanchored)
    if (this.#byAnchor.size > 0)
      for (const term of termsOf(post, this.#languages))
        for (const topic of this.#byAnchor.get(term) ?? []) candidates.add(topic)
    return [...candidates]
      .filter((topic) => evaluate(topic.compiled, post) !== null)
      .map(({ topicId, version }) => ({ topicId, version }))
  }

  #anchor(topic: CompiledTopic): void {
    const anchors = anchorsOf(topic.compiled, this.#languages)
    if (!anchors) this.#unanchored.push(topic)
    for (const anchor of anchors ?? []) this.#byAnchor.set(anchor, [...(this.#byAnchor.get(anchor) ?? []), topic])
  }
}

function anchorsOf(query: Query, languages: readonly string[]): Set<string> | null {
  const required = requiredTerms(query, languages)
  if (required === 'scan') return null
  const anchors = new Set<string>()
  for (const alternative of required.any) {
    const whole = alternative.filter((term) => typeof term === 'string').sort((a, b) => b.length - a.length)
    if (whole[0] === undefined) return null
    anchors.add(whole[0])
  }
  return anchors
}

const termsByPost = new WeakMap<PreparedPost, Map<string, string[]>>()

/** Several workspaces ask about the same post of a stream. */
function termsOf(post: PreparedPost, languages: readonly string[]): string[] {
  const known = termsByPost.get(post) ?? new Map<string, string[]>()
  termsByPost.set(post, known)
  const key = languages.join()
  const terms = known.get(key) ?? indexTerms(post, languages)
  known.set(key, terms)
  return terms
}
