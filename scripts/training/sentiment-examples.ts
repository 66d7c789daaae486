import { splitInto } from '../../server/text/split.ts'
import { TokenPlaces } from '../../server/text/token-places.ts'
import { FEATURES, PostFeatures } from '../../server/text/understanding/post-features.ts'
import { readFeatures } from '../../server/text/understanding/read-features.ts'
import { gramScale, languageBits, MARK_SCALE, wordScale } from '../../server/text/understanding/sentiment.ts'
import { type LabelledPost, potts, UMSAB_LANGUAGES, umsab } from './labelled-posts.ts'
import type { Example } from './logistic-regression.ts'

/** How much a post of a set counts. Its labels were given by other rules than the ones that we are measured by. */
const WEIGHTS: Record<string, number> = { potts: 0.2 }
/** All posts that may be learned from: sets with a licence that allows it. What stands in a val part is taken out, whichever set it is from. */
export function trainingPosts(folder: string): LabelledPost[] {
  const tests = new Set(
    UMSAB_LANGUAGES.flatMap((language) => umsab(folder, language, 'val').map(({ text }) => letters(text))),
  )
  return [...UMSAB_LANGUAGES.flatMap((language) => umsab(folder, language, 'train')), ...potts(folder)].filter(
    ({ text }) => !tests.has(letters(text)),
  )
}

const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/https?:\S+|@\w+/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '')

interface Weighed {
  examples: Example[]
  sources: number
  /** By feature: rare features count more while learning; the model's weights carry it afterwards. */
  rarity: Float32Array
}

export function weighedExamples(posts: readonly LabelledPost[]): Weighed {
  const sources = [...new Set(posts.map(({ source }) => source))]
  const examples = posts.map((post) => exampleOf(post, sources.indexOf(post.source)))
  const rarity = rarities(examples)
  for (const { features, values } of examples)
    for (let at = 0; at < features.length; at++)
      values[at] = (values[at] as number) * (rarity[features[at] as number] as number)
  return { examples, sources: sources.length, rarity }
}

const places = new TokenPlaces()
const read = new PostFeatures()

function exampleOf({ text, label, source, language }: LabelledPost, sourceNumber: number): Example {
  splitInto(places, text)
  readFeatures(read, text, places, language)
  const bits = languageBits(language)
  const groups = [
    { numbers: read.word.subarray(0, read.words), scale: wordScale(read) },
    { numbers: read.gram.subarray(0, read.grams), scale: gramScale(read) },
    { numbers: read.mark.subarray(0, read.marks), scale: MARK_SCALE },
  ]
  const size = (read.words + read.grams + read.marks) * 2
  const features = new Int32Array(size)
  const values = new Float32Array(size)
  let at = 0
  for (const { numbers, scale } of groups)
    for (const number of numbers) {
      features[at] = number
      features[at + 1] = number ^ bits
      values[at] = scale
      values[at + 1] = scale
      at += 2
    }
  return { features, values, label, weight: WEIGHTS[source] ?? 1, source: sourceNumber }
}

/** Square root of the inverse document frequency. */
function rarities(examples: readonly Example[]): Float32Array {
  const frequency = new Uint32Array(FEATURES)
  for (const { features } of examples)
    for (const feature of new Set(features)) frequency[feature] = (frequency[feature] as number) + 1
  return Float32Array.from(frequency, (posts) => Math.sqrt(Math.log((examples.length + 1) / (posts + 1))))
}
