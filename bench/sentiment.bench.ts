import { dataFolder } from '../scripts/data-folder.ts'
import { airline, NEGATIVE, POSITIVE, UMSAB_LANGUAGES, umsab } from '../scripts/training/labelled-posts.ts'
import { classF1, emptyConfusion, macroF1 } from '../scripts/training/macro-f1.ts'
import { readUnderstanding, SENTIMENTS, type Sentiment, splitInto, TokenPlaces } from '../server/text/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { inventedPost } from './invented-posts.ts'
import { cpuSecondsSince } from './statistics.ts'

/**
 * How often what is shipped is right on posts that it never learned from: the val parts of umsab for sentiment, posts to
 * airlines for complaint and praise (their labels are sentiments: a reason is given for each negative one). And how many
 * posts a second are understood: sentiment, intent and offence together.
 */
const RATE_POSTS = 20_000
const RATE_ROUNDS = 5

interface Labelled {
  text: string
  label: number
  language: string | null
}

const places = new TokenPlaces()

export async function measure(options: BenchOptions): Promise<Measured> {
  const figures: Record<string, number> = {}
  const folder = dataFolder()
  if (folder) {
    measureSentiment(folder, figures)
    measureService(airline(folder), figures)
  } else options.say('Skipped quality: there is no folder of public data (RAPPORT_DATA). Only the speed is measured.')
  figures['posts/s and core, after splitting'] = rateOf(folder ? airline(folder) : inventedTexts())
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

function measureSentiment(folder: string, figures: Record<string, number>): void {
  const all: Labelled[] = []
  for (const language of UMSAB_LANGUAGES) {
    const posts = umsab(folder, language, 'val')
    const confusion = confusionOf(posts)
    figures[`${language}: macro-F1`] = macroF1(confusion)
    SENTIMENTS.forEach((sentiment, label) => {
      figures[`${language}: ${sentiment} F1`] = classF1(confusion, label)
    })
    all.push(...posts)
  }
  figures['all, language not told: macro-F1'] = macroF1(confusionOf(all.map((post) => ({ ...post, language: null }))))
}

function confusionOf(posts: readonly Labelled[]): number[][] {
  const confusion = emptyConfusion()
  for (const { text, label, language } of posts) {
    splitInto(places, text)
    const { sentiment } = readUnderstanding(text, places, language)
    const row = confusion[label] as number[]
    const said = SENTIMENTS.indexOf(sentiment as Sentiment)
    row[said] = (row[said] as number) + 1
  }
  return confusion
}

function measureService(posts: readonly Labelled[], figures: Record<string, number>): void {
  const said = posts.map(({ text, language }) => {
    splitInto(places, text)
    return readUnderstanding(text, places, language).intent
  })
  figures['airline posts'] = posts.length
  for (const [intent, label] of [
    ['complaint', NEGATIVE],
    ['praise', POSITIVE],
  ] as [string, number][])
    addScores(
      figures,
      intent,
      said.map((one) => one === intent),
      posts.map((post) => post.label === label),
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
function rateOf(posts: readonly Labelled[]): number {
  const split = posts.map(({ text }) => {
    const own = new TokenPlaces()
    splitInto(own, text)
    return own
  })
  const seconds = Array.from({ length: RATE_ROUNDS }, () => {
    const begun = process.cpuUsage()
    posts.forEach(({ text, language }, number) => {
      readUnderstanding(text, split[number] as TokenPlaces, language)
    })
    return cpuSecondsSince(begun)
  })
  return Math.round(posts.length / Math.min(...seconds))
}
