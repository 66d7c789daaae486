const TYPED_MAX = 40
const SHOWN_MAX = 8

/**
 * Whether what stands before the caret asks for suggestions: the sign at the start of a word, and what was typed after
 * it on the same line. `and/or`, `mail@example.org` and `https://` ask for nothing.
 */
export function findTrigger(text: string, caret: number, sign: string): { at: number; typed: string } | null {
  const before = text.slice(Math.max(0, caret - TYPED_MAX - 1), caret)
  const at = before.lastIndexOf(sign)
  if (at < 0 || (at > 0 && !/\s/.test(before[at - 1] ?? ''))) return null
  const typed = before.slice(at + sign.length)
  return typed.includes('\n') || typed.startsWith(' ') || typed.includes(sign)
    ? null
    : { at: caret - before.length + at, typed }
}

/** Those that begin so first, then those with a word that begins so, then those that contain it. */
export function narrow<Item extends { label: string }>(items: readonly Item[], typed: string): Item[] {
  const wanted = typed.toLowerCase()
  const rank = ({ label }: Item): number => {
    const name = label.toLowerCase()
    if (name.startsWith(wanted)) return 0
    if (name.split(/[\s._-]+/).some((word) => word.startsWith(wanted))) return 1
    return name.includes(wanted) ? 2 : 3
  }
  return items
    .filter((item) => rank(item) < 3)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, SHOWN_MAX)
}
