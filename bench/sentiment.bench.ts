import { dataFolder } from '../scripts/data-folder.ts'
import { airline, isKeptBack, NEGATIVE, POSITIVE, UMSAB_LANGUAGES, umsab } from '../scripts/training/labelled-posts.ts'
import { emptyConfusion, macroF1 } from '../scripts/training/macro-f1.ts'
import {
  intentOf,
  loadSentimentReader,
  SENTIMENTS,
  type SentimentReader,
  splitInto,
  TokenPlaces,
} from '../server/text/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { inventedPost } from './invented-posts.ts'
import { cpuSecondsSince } from './statistics.ts'

/**
 * How often the shipped model is right on posts that it never learned from: the val parts of umsab for sentiment, a fifth of
 * the airline posts for complaint and praise (their labels are sentiments: a reason is given for each negative one). And how
 * many posts a second it reads.
 */
const RATE_POSTS = 20_000
const RATE_ROUNDS = 5

interface Labelled {
  text: string
  label: number
  language: string
}

const places = new TokenPlaces()

export async function measure(options: BenchOptions): Promise<Measured> {
  const read = await loadSentimentReader()
  const figures: Record<string, number> = {}
  const folder = dataFolder()
  if (folder) {
    const tests = new Map(UMSAB_LANGUAGES.map((language) => [language, umsab(folder, language, 'val')]))
    for (const [language, posts] of tests) figures[`${language}: macro-F1`] = f1Of(read, posts)
    const all = [...tests.values()].flat()
    figures['all, language not told: macro-F1'] = f1Of(
      read,
      all.map((post) => ({ ...post, language: null })),
    )
    measureService(read, airline(folder).filter(isKeptBack), figures)
  } else options.say('Skipped quality: there is no folder of public data (RAPPORT_DATA). Only the speed is measured.')
  const texts = folder ? airline(folder) : inventedTexts()
  figures['posts/s and core, after splitting'] = rateOf(read, texts)
  return {
    figures,
    targets: [
      ...(folder
        ? [
            { figure: 'english: macro-F1', atLeast: 62 },
            { figure: 'german: macro-F1', atLeast: 68 },
          ]
        : []),
      { figure: 'posts/s and core, after splitting', atLeast: 100_000 },
    ],
  }
}

function f1Of(
  read: SentimentReader,
  posts: readonly { text: string; label: number; language: string | null }[],
): number {
  const confusion = emptyConfusion()
  for (const { text, label, language } of posts) {
    splitInto(places, text)
    const row = confusion[label] as number[]
    const said = SENTIMENTS.indexOf(read(text, places, language).sentiment)
    row[said] = (row[said] as number) + 1
  }
  return macroF1(confusion)
}

function measureService(read: SentimentReader, posts: readonly Labelled[], figures: Record<string, number>): void {
  const said = posts.map(({ text, language }) => {
    splitInto(places, text)
    return intentOf(text, places, read(text, places, language))
  })
  const labels = posts.map(({ label }) => label)
  figures['airline posts kept back'] = posts.length
  addScores(
    figures,
    'complaint',
    said.map((intent) => intent === 'complaint'),
    labels.map((label) => label === NEGATIVE),
  )
  addScores(
    figures,
    'praise',
    said.map((intent) => intent === 'praise'),
    labels.map((label) => label === POSITIVE),
  )
}

function addScores(
  figures: Record<string, number>,
  name: string,
  said: readonly boolean[],
  real: readonly boolean[],
): void {
  const right = said.filter((yes, at) => yes && real[at]).length
  const percent = (of: readonly boolean[]): number => Math.round((1_000 * right) / of.filter(Boolean).length) / 10
  figures[`${name}: precision %`] = percent(said)
  figures[`${name}: recall %`] = percent(real)
}

function inventedTexts(): Labelled[] {
  return Array.from({ length: RATE_POSTS }, (_, number) => {
    const item = inventedPost(number)
    return { text: item.kind === 'post' ? item.post.text : '', label: 0, language: 'en' }
  })
}

/** The fastest of some rounds: the first ones warm the compiler. Each post has its language told. */
function rateOf(read: SentimentReader, posts: readonly Labelled[]): number {
  const split = posts.map(({ text }) => {
    const own = new TokenPlaces()
    splitInto(own, text)
    return own
  })
  const seconds = Array.from({ length: RATE_ROUNDS }, () => {
    const begun = process.cpuUsage()
    posts.forEach(({ text, language }, number) => {
      const own = split[number] as TokenPlaces
      intentOf(text, own, read(text, own, language))
    })
    return cpuSecondsSince(begun)
  })
  return Math.round(posts.length / Math.min(...seconds))
}
