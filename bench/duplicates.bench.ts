import { dataFolder } from '../scripts/data-folder.ts'
import { airline, potts, UMSAB_LANGUAGES, umsab } from '../scripts/training/labelled-posts.ts'
import { NearDuplicates, splitInto, TokenPlaces } from '../server/text/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { numbersFrom } from './random.ts'
import { cpuSecondsSince, round2 } from './statistics.ts'

/**
 * Real posts, some of which are planted again as shares, with another link, or with one to three words changed; and how
 * well the groups agree with what was planted, pair by pair. The sets hold copies of their own, which were never marked:
 * of posts that share half of all their words, counted plainly, one is kept. The same without this step is printed as well.
 */
const WORDS_MIN = 8
const ALIKE = 0.5
const EDITED_EVERY = 4
const COPIES_MAX = 4
const INVENTED_WORDS = 20_000

interface Planted {
  text: string
  truth: number
  how: string
}

export async function measure(options: BenchOptions): Promise<Measured> {
  const folder = dataFolder()
  if (!folder)
    options.say('Skipped real posts: there is no folder of public data (RAPPORT_DATA); invented ones are used.')
  const all = folder ? realPosts(folder) : inventedTexts(20_000)
  const originals = withoutCopies(all)
  const seed = options.number('seed', 1)
  const posts = planted(originals, seed)
  const groups = groupsOf(posts)
  const { precision, recall, f1 } = pairScores(posts, groups)
  const untouched = planted(all, seed)
  const figures: Record<string, number> = {
    'posts with planted edits': posts.length,
    'originals with 8 words or more': originals.length,
    'copies of the sets left out': all.length - originals.length,
    'pair precision': precision,
    'pair recall': recall,
    'pair F1': f1,
    'pair F1, copies of the sets as mistakes': pairScores(untouched, groupsOf(untouched)).f1,
    ...recallByEdit(posts, groups),
  }
  figures['posts/s and core'] = rate(posts, false)
  figures['posts/s and core, with splitting'] = rate(posts, true)
  return {
    figures,
    targets: [
      { figure: 'pair F1', atLeast: 0.97 },
      { figure: 'posts/s and core', atLeast: 100_000 },
    ],
  }
}

function groupsOf(posts: readonly Planted[]): number[] {
  const duplicates = new NearDuplicates<number>()
  const places = new TokenPlaces()
  return posts.map(({ text }, number) => {
    splitInto(places, text)
    return duplicates.add(number, text, places)
  })
}

/** Exact, by its own way: two sets can share half of all words only if their rarest halves meet (prefix filtering). */
function withoutCopies(texts: readonly string[]): string[] {
  const bags = texts.map((text) => [...new Set(plainWords(text.toLowerCase()))])
  const frequency = new Map<string, number>()
  for (const word of bags.flat()) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const known = new Map<string, Set<string>[]>()
  return texts.filter((_, number) => {
    const bag = (bags[number] as string[]).toSorted((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0))
    const rare = bag.slice(0, bag.length - Math.ceil(bag.length * ALIKE) + 1)
    const words = new Set(bag)
    const candidates = new Set(rare.flatMap((word) => known.get(word) ?? []))
    for (const other of candidates) {
      const shared = words.intersection(other).size
      if (shared >= ALIKE * (words.size + other.size - shared)) return false
    }
    for (const word of rare) known.set(word, [...(known.get(word) ?? []), words])
    return true
  })
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)

function realPosts(folder: string): string[] {
  const texts = [
    ...UMSAB_LANGUAGES.flatMap((language) => umsab(folder, language, 'train')),
    ...airline(folder),
    ...potts(folder),
  ]
  const enough = texts.map(({ text }) => text).filter((text) => plainWords(text).length >= WORDS_MIN)
  // The same words twice in the sets are a copy, not a second original.
  return [...new Map(enough.map((text) => [plainWords(text).join(' ').toLowerCase(), text])).values()]
}

const plainWords = (text: string): string[] =>
  text
    .replace(/https?:\S+|@\w+|\bRT\b/g, ' ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

/** Of made-up words, of which a few are in many posts, as in any language. */
function inventedTexts(count: number): string[] {
  const random = numbersFrom(1)
  const word = (): string => (1_000 + 37 * (random() % (1 + (random() % INVENTED_WORDS)))).toString(36)
  return Array.from({ length: count }, () => Array.from({ length: 10 + (random() % 15) }, word).join(' '))
}

function planted(originals: readonly string[], seed: number): Planted[] {
  const random = numbersFrom(seed)
  const words = originals.slice(0, 2_000).flatMap(wordsOf)
  const posts: (Planted & { place: number })[] = []
  originals.forEach((text, truth) => {
    posts.push({ text, truth, how: 'original', place: random() })
    if (truth % EDITED_EVERY !== 0) return
    for (let copy = 1 + (random() % COPIES_MAX); copy > 0; copy--) {
      const how = EDITS[random() % EDITS.length] as Edit
      posts.push({ text: how.edit(text, random, words), truth, how: how.name, place: random() })
    }
  })
  return posts.toSorted((a, b) => a.place - b.place)
}

interface Edit {
  name: string
  edit(text: string, random: () => number, words: readonly string[]): string
}

const EDITS: Edit[] = [
  { name: 'shared', edit: (text, random) => `RT @${random().toString(36)}: ${text}` },
  { name: 'shared with via', edit: (text, random) => `${text} via @${random().toString(36)}` },
  {
    name: 'another link',
    edit: (text, random) => `${text.replace(/https?:\S+/g, '')} https://t.co/${random().toString(36)}`,
  },
  ...[1, 2, 3].map((count) => ({
    name: `${count} changed`,
    edit: (text: string, random: () => number, words: readonly string[]) => withChanges(text, count, random, words),
  })),
]

/** Replaced, put in or taken out, at a third of chance each. */
function withChanges(text: string, count: number, random: () => number, words: readonly string[]): string {
  const changed = wordsOf(text)
  for (let change = 0; change < count; change++) {
    const at = random() % changed.length
    const word = words[random() % words.length] as string
    const kind = random() % 3
    if (kind === 0) changed[at] = word
    else if (kind === 1) changed.splice(at, 0, word)
    else changed.splice(at, 1)
  }
  return changed.join(' ')
}

function pairScores(
  posts: readonly Planted[],
  groups: readonly number[],
): { precision: number; recall: number; f1: number } {
  const pairs = (keys: readonly string[]): number => {
    const sizes = new Map<string, number>()
    for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
  }
  const both = pairs(posts.map(({ truth }, number) => `${truth} ${groups[number]}`))
  const precision = both / pairs(groups.map(String))
  const recall = both / pairs(posts.map(({ truth }) => String(truth)))
  const rounded = (value: number): number => Math.round(value * 10_000) / 10_000
  return {
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded((2 * precision * recall) / (precision + recall)),
  }
}

/** Of the planted posts of each kind: how many stand in the group of their original. */
function recallByEdit(posts: readonly Planted[], groups: readonly number[]): Record<string, number> {
  const original = new Map(
    posts.flatMap(({ how, truth }, number) => (how === 'original' ? [[truth, groups[number]]] : [])),
  )
  return Object.fromEntries(
    EDITS.map(({ name }) => {
      const numbers = posts.flatMap(({ how }, number) => (how === name ? [number] : []))
      const found = numbers.filter((number) => groups[number] === original.get(posts[number]?.truth as number))
      return [`found, ${name} %`, round2((100 * found.length) / numbers.length)]
    }),
  )
}

/** The second of two runs: the first warms the compiler. */
function rate(posts: readonly Planted[], withSplitting: boolean): number {
  const split = posts.map(({ text }) => {
    const places = new TokenPlaces()
    splitInto(places, text)
    return places
  })
  let seconds = 0
  for (let run = 0; run < 2; run++) {
    const duplicates = new NearDuplicates<number>()
    const begun = process.cpuUsage()
    posts.forEach(({ text }, number) => {
      const places = split[number] as TokenPlaces
      if (withSplitting) splitInto(places, text)
      duplicates.add(number, text, places)
    })
    seconds = cpuSecondsSince(begun)
  }
  return Math.round(posts.length / seconds)
}
