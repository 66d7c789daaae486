// npm run train [--folds=5]: learns the sentiment model from the public data (see scripts/data-folder.ts) and writes it. With folds, it says
// first what cross-validation on the training parts gives. The val parts are never read but to take them out: npm run bench sentiment reads them.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { CLASSES, HEADER_BYTES, SENTIMENT_MODEL_FILE } from '../server/text/understanding/sentiment.ts'
import { dataFolder } from './data-folder.ts'
import { type Settings, scoresOf, trainedWeights } from './training/logistic-regression.ts'
import { emptyConfusion, macroF1 } from './training/macro-f1.ts'
import { trainingPosts, weighedExamples } from './training/sentiment-examples.ts'

/** Chosen by cross-validation on the training parts. */
const SETTINGS: Settings = { epochs: 20, rate: 0.1, pull: 3e-6, kept: 0.5 }
/** The rarest of weights lie beyond and are cut, so that one step of a weight stays small. */
const CUT_SHARE = 0.9999

const folder = dataFolder()
if (!folder) {
  console.error('There is no folder of public data to learn from: set RAPPORT_DATA.')
  process.exit(1)
}
const posts = trainingPosts(folder)
const { examples, sources, rarity } = weighedExamples(posts)
console.log(`${posts.length} posts of ${sources} sets`)
const folds = Number(/^--folds=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 0)
if (folds > 1) crossValidate(folds)
const model = quantised(trainedWeights(examples, sources, SETTINGS))
writeFileSync(SENTIMENT_MODEL_FILE, model)
console.log(`${model.length} bytes, SHA-256 ${createHash('sha256').update(model).digest('hex')}`)

function crossValidate(count: number): void {
  const confusions = new Map<string, number[][]>()
  const scores = new Float64Array(CLASSES)
  for (let fold = 0; fold < count; fold++) {
    // Neighbours are of all labels, so that each fold is as the whole.
    const isTest = (number: number): boolean => number % count === fold && isMeasured(number)
    const weights = trainedWeights(
      examples.filter((_, number) => !isTest(number)),
      sources,
      SETTINGS,
    )
    examples.forEach((example, number) => {
      if (!isTest(number)) return
      scoresOf(example, weights, scores)
      const source = posts[number]?.source as string
      const confusion = confusions.get(source) ?? emptyConfusion()
      const row = confusion[example.label] as number[]
      const said = scores.indexOf(Math.max(...scores))
      row[said] = (row[said] as number) + 1
      confusions.set(source, confusion)
    })
  }
  for (const [source, confusion] of confusions)
    console.log(`${source}: macro-F1 ${macroF1(confusion)} (${count} folds)`)
}

function isMeasured(number: number): boolean {
  return posts[number]?.source.startsWith('umsab') ?? false
}

function quantised(weights: Float32Array): Uint8Array {
  const carried = weights.map((weight, at) => weight * (rarity[Math.floor(at / CLASSES)] as number))
  const sizes = carried
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .toSorted()
  const unit = (sizes[Math.floor(sizes.length * CUT_SHARE)] as number) / 127
  const model = Buffer.alloc(HEADER_BYTES + weights.length)
  model.writeFloatLE(unit, 0)
  carried.forEach((weight, at) => {
    model.writeInt8(Math.max(-127, Math.min(127, Math.round(weight / unit))), HEADER_BYTES + at)
  })
  return model
}
