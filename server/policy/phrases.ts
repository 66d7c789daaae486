import type { Word } from './reading.ts'

/**
 * Phrases of some words in one sentence, one a line: `a|b` is either, `word*` any word that begins so, `_` any one word, `~`
 * nought to three. A line that begins with & has its words in any order, near each other. The notation is that of the phrases
 * in server/text; here a find has its place, because a finding shows it.
 */
const GAP_WORDS_MAX = 3
/** Words of a line with & stand at most so far from its first word. */
const NEAR_WORDS_MAX = 8

type Step = { kind: 'gap' } | { kind: 'any' } | { kind: 'words'; exact: ReadonlySet<string>; heads: readonly string[] }

export interface PhraseFind {
  /** Places among the words. */
  first: number
  last: number
}

export type Language = 'de' | 'nl' | 'en'
export const LANGUAGES: readonly Language[] = ['de', 'nl', 'en']
export type Wordings = Readonly<Record<Language, string>>

export class PhraseList {
  private readonly byFirst = new Map<string, Step[][]>()
  private readonly byHead: Step[][] = []
  private readonly sets: Step[][] = []

  constructor(lines: string) {
    for (const line of lines.split('\n')) {
      if (line.startsWith('& ')) {
        this.sets.push(line.slice(2).split(/\s+/).map(stepOf))
        continue
      }
      const steps = line.split(/\s+/).filter(Boolean).map(stepOf)
      const [first] = steps
      if (first?.kind !== 'words') continue
      for (const word of first.exact) this.byFirst.set(word, [...(this.byFirst.get(word) ?? []), steps])
      if (first.heads.length > 0) this.byHead.push(steps)
    }
  }

  /** Finds do not overlap: those that do are one. */
  find(words: readonly Word[]): PhraseFind[] {
    const finds: PhraseFind[] = []
    for (let at = 0; at < words.length; at++) {
      const last = this.longestAt(words, at)
      if (last >= 0) finds.push({ first: at, last })
      for (const set of this.sets) if (fits(set[0] as Step, words[at])) finds.push(...around(set, words, at))
    }
    return merged(finds)
  }

  private longestAt(words: readonly Word[], at: number): number {
    let last = -1
    for (const steps of this.byFirst.get((words[at] as Word).key) ?? [])
      last = Math.max(last, endOf(steps, 1, words, at + 1, at))
    for (const steps of this.byHead)
      if (fits(steps[0] as Step, words[at])) last = Math.max(last, endOf(steps, 1, words, at + 1, at))
    return last
  }
}

/** The lists of the languages that the text may be in: all of them where it is not known, none where there is no list. */
export class Phrasebook {
  private readonly lists: Record<Language, PhraseList>

  constructor(wordings: Wordings) {
    this.lists = { de: new PhraseList(wordings.de), nl: new PhraseList(wordings.nl), en: new PhraseList(wordings.en) }
  }

  find(words: readonly Word[], language: string | null): PhraseFind[] {
    return LANGUAGES.filter((one) => language === null || one === language)
      .flatMap((one) => this.lists[one].find(words))
      .sort((a, b) => a.first - b.first)
  }
}

/** Every step but the first finds the word nearest to it in its sentence. */
function around(set: readonly Step[], words: readonly Word[], at: number): PhraseFind[] {
  const { sentence } = words[at] as Word
  let [first, last] = [at, at]
  for (const step of set.slice(1)) {
    const place = nearest(at, (near) => words[near]?.sentence === sentence && fits(step, words[near]))
    if (place === null) return []
    first = Math.min(first, place)
    last = Math.max(last, place)
  }
  return [{ first, last }]
}

function nearest(at: number, holds: (place: number) => boolean): number | null {
  for (let distance = 1; distance <= NEAR_WORDS_MAX; distance++) {
    if (holds(at - distance)) return at - distance
    if (holds(at + distance)) return at + distance
  }
  return null
}

function merged(finds: readonly PhraseFind[]): PhraseFind[] {
  const kept: PhraseFind[] = []
  for (const find of finds.toSorted((a, b) => a.first - b.first)) {
    const last = kept.at(-1)
    if (last && find.first <= last.last) kept[kept.length - 1] = { ...last, last: Math.max(last.last, find.last) }
    else kept.push(find)
  }
  return kept
}

function stepOf(written: string): Step {
  if (written === '~') return { kind: 'gap' }
  if (written === '_') return { kind: 'any' }
  const words = written.split('|')
  return {
    kind: 'words',
    exact: new Set(words.filter((word) => !word.endsWith('*'))),
    heads: words.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1)),
  }
}

function fits(step: Step, word: Word | undefined): boolean {
  if (!word) return false
  return step.kind !== 'words' || step.exact.has(word.key) || step.heads.some((head) => word.key.startsWith(head))
}

/** Where the phrase ends that began at `begin`, or -1. Gaps are few and short, so that all ways are tried. */
function endOf(steps: readonly Step[], step: number, words: readonly Word[], at: number, begin: number): number {
  const wanted = steps[step]
  if (!wanted) return at - 1
  if (wanted.kind === 'gap') {
    for (let skipped = 0; skipped <= GAP_WORDS_MAX; skipped++) {
      const end = endOf(steps, step + 1, words, at + skipped, begin)
      if (end >= 0) return end
    }
    return -1
  }
  const isInSentence = words[at]?.sentence === words[begin]?.sentence
  return isInSentence && fits(wanted, words[at]) ? endOf(steps, step + 1, words, at + 1, begin) : -1
}
