/** So many posts appear by themselves; from then on someone may be reading, and new ones wait to be asked for. */
const APPEAR_BY_THEMSELVES = 5

interface Held<Post> {
  shown: Post[]
  shownIds: string[]
  /** How many wait behind the pill. */
  waiting: number
}

/** The first posts appear as they come; afterwards nothing moves under the reader's eyes. What was deleted goes. */
export function holdStill<Post extends { postId: string }>(heard: readonly Post[], shownIds: string[]): Held<Post> {
  const known = new Set(shownIds)
  const shown = heard.filter(({ postId }) => known.has(postId))
  if (shown.length === heard.length) return { shown, shownIds, waiting: 0 }
  if (shown.length < APPEAR_BY_THEMSELVES) {
    const all = [...heard]
    return { shown: all, shownIds: all.map(({ postId }) => postId), waiting: 0 }
  }
  return { shown, shownIds, waiting: heard.length - shown.length }
}
