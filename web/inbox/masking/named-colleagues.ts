/** Shorter parts of a name are words like others. */
const CHARACTERS_MIN = 3

/** The words by which colleagues stand in a text: full names first, else the parts of them. */
export function namedIn(text: string, names: readonly string[]): string[] {
  const stands = (word: string) => {
    const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').test(text)
  }
  const found = names.flatMap((name) => {
    if (stands(name)) return [name]
    return name.split(/\s+/).filter((part) => part.length >= CHARACTERS_MIN && /^\p{Lu}/u.test(part) && stands(part))
  })
  return [...new Set(found)]
}
