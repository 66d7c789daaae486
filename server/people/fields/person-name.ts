/** What stands around a name: emoji, flags, brackets, stars. */
const AROUND = /^[^\p{L}]+|[^\p{L}.]+$/gu
/** Two words and more of letters alone; the first and the last begin with a capital where the script has them. */
const CASED = /^\p{Lu}[\p{L}\p{M}'’.-]*(?:\s+[\p{L}\p{M}'’.-]+)*\s+\p{Lu}[\p{L}\p{M}'’.-]*$/u
/** Scripts without capitals write surname and given name in one. */
const UNCASED = /^\p{Lo}[\p{Lo}\p{M}\s·]{1,19}$/u
const WORDS_MAX = 5

/** "Jan de Vries" and "李小龍" look like a person's name; "TeeladenBremen", "customer 12" and "noreply" do not. */
export function looksLikePersonName(name: string): boolean {
  const bare = name.replace(AROUND, '')
  if (bare.split(/\s+/).length > WORDS_MAX) return false
  return (CASED.test(bare) && bare !== bare.toUpperCase()) || UNCASED.test(bare)
}

const RANKS = ['name', 'handle', 'contact', 'id']

/** Among what accounts show: lower is better. */
export const personNameRank = ({ source, value }: { source: string | null; value: string | null }): number =>
  source === 'name' && value !== null && looksLikePersonName(value) ? 0 : 1 + RANKS.indexOf(source ?? 'id')
