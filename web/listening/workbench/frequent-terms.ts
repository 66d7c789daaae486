const TERM_LETTERS_MIN = 4
const TERMS_MAX = 60
const POSTS_MIN = 2

/** Words and tags that several of these posts use, the most frequent first, spelt as they were met first. */
export function frequentTerms(
  posts: readonly { postId: string | null; text: string; title: string | null }[],
): string[] {
  const known = new Map<string, { written: string; posts: Set<string> }>()
  for (const [index, { postId, text, title }] of posts.entries()) {
    for (const written of `${title ?? ''} ${text}`.replaceAll(/https?:\/\/\S+|@\S+/g, ' ').match(/#?[\p{L}\p{N}]+/gu) ??
      []) {
      if (written.replace('#', '').length < TERM_LETTERS_MIN) continue
      const key = written.toLowerCase()
      const term = known.get(key) ?? { written, posts: new Set() }
      known.set(key, { ...term, posts: term.posts.add(postId ?? String(index)) })
    }
  }
  return [...known.values()]
    .filter((term) => term.posts.size >= POSTS_MIN)
    .sort((one, other) => other.posts.size - one.posts.size)
    .slice(0, TERMS_MAX)
    .map(({ written }) => written)
}
