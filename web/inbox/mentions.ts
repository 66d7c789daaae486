import type { Span } from '../ui/highlighted.tsx'

interface Named {
  memberId: string
  name: string
}

/** Who is meant: every member whose name stands after an @, the longer name first where one begins another. */
export function mentionedIn(text: string, members: readonly Named[]): Named[] {
  const found = new Set<Named>()
  for (const { member } of mentionsIn(text, members)) found.add(member)
  return [...found]
}

export const mentionSpans = (text: string, members: readonly Named[]): Span[] =>
  mentionsIn(text, members).map(({ from, member }) => ({ from, to: from + 1 + member.name.length }))

function mentionsIn(text: string, members: readonly Named[]): { from: number; member: Named }[] {
  const byLength = members.toSorted((one, other) => other.name.length - one.name.length)
  return [...text.matchAll(/@/g)].flatMap(({ index }) => {
    const rest = text.slice(index + 1).toLowerCase()
    const member = byLength.find(({ name }) => name !== '' && startsAsWord(rest, name.toLowerCase()))
    return member ? [{ from: index, member }] : []
  })
}

const startsAsWord = (text: string, word: string): boolean =>
  text.startsWith(word) && !/^[\p{L}\p{N}]/u.test(text.slice(word.length))
