import { evaluate, INDEX_LANGUAGES, type PreparedPost, parse, type Query, requiredTerms } from '../matching/index.ts'
import { stem } from '../text/index.ts'

/** Words whose topics are remembered: most words of a stream are the same few thousand. */
const WORDS_REMEMBERED_MAX = 50_000

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
 * the answer is the plain evaluator's, and most posts cost one look-up per word. The post's words are all there, so the
 * index's term for posts with too many of them is never needed.
 */
export class TopicMatcher {
  readonly #topics: ReadonlyMap<string, CompiledTopic>
  readonly #languages: readonly string[]
  readonly #byAnchor = new Map<string, CompiledTopic[]>()
  readonly #unanchored: CompiledTopic[] = []
  readonly #byWord = new Map<string, readonly CompiledTopic[]>()

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
      for (const words of [post.words.byKey.keys(), post.words.byGermanKey.keys(), post.mentioned])
        for (const word of words) for (const topic of this.#topicsOf(word)) candidates.add(topic)
    return [...candidates]
      .filter((topic) => evaluate(topic.compiled, post) !== null)
      .map(({ topicId, version }) => ({ topicId, version }))
  }

  /** Topics with the word, or one of its stems, among their anchors. */
  #topicsOf(word: string): readonly CompiledTopic[] {
    const known = this.#byWord.get(word)
    if (known) return known
    const terms = new Set([word, ...this.#languages.map((language) => stem(language, word))])
    const topics = [...new Set([...terms].flatMap((term) => this.#byAnchor.get(term) ?? []))]
    if (this.#byWord.size >= WORDS_REMEMBERED_MAX) this.#byWord.clear()
    this.#byWord.set(word, topics)
    return topics
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
