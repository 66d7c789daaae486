import { numbersFrom } from '../../bench/random.ts'
import { FEATURES } from '../../server/text/understanding/post-features.ts'
import { CLASSES } from '../../server/text/understanding/sentiment.ts'

/** A post as the learner sees it: feature numbers, and what each counts. */
export interface Example {
  features: Int32Array
  values: Float32Array
  label: number
  weight: number
  /** Number of its set. The leaning of a set that counts less than 1 is learned apart and thrown away. */
  source: number
}

export interface Settings {
  epochs: number
  rate: number
  /** L2 pull of every weight towards nought, each step. */
  pull: number
  /** Share of a post's features that the learner sees each time; the others are hidden at random. */
  kept: number
}

const LEANING_RATE = 0.05
const SCALE_MIN = 1e-6
/** So many trainings, each from a seed of its own, are averaged: their chance differs, what they agree on is sure. */
const TRAININGS = 4

/**
 * Multinomial logistic regression by stochastic gradient descent; the weights are the mean over the second half of the
 * epochs, and over several trainings. The pull is one factor for all weights (Bottou 2010, Stochastic gradient descent tricks). Same examples, same
 * weights: the order is shuffled from fixed seeds.
 */
export function trainedWeights(examples: readonly Example[], sources: number, settings: Settings): Float32Array {
  const mean = new Float32Array(FEATURES * CLASSES)
  for (let seed = 1; seed <= TRAININGS; seed++) train(examples, sources, settings, seed, mean)
  return mean
}

/** Adds its share to the mean. */
function train(
  examples: readonly Example[],
  sources: number,
  { epochs, rate, pull, kept }: Settings,
  seed: number,
  mean: Float32Array,
): void {
  const weights = new Float32Array(mean.length)
  const share = 1 / (epochs - (epochs >> 1)) / TRAININGS
  const leaning = new Float64Array(sources * CLASSES)
  const order = Array.from(examples, (_, index) => index)
  const random = numbersFrom(seed)
  const slope = new Float64Array(CLASSES)
  let scale = 1
  let steps = 0
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random)
    for (const index of order) {
      const example = thinned(examples[index] as Example, random, kept)
      const stepRate = rate / (1 + rate * pull * steps++)
      slopeOf(example, weights, scale, leaning, slope)
      scale *= 1 - stepRate * pull
      move(example, weights, slope, (stepRate * example.weight) / scale)
      if (scale < SCALE_MIN) scale = rescaled(weights, scale)
    }
    if (epoch >= epochs >> 1) addTo(mean, weights, scale * share)
  }
}

const FEATURES_OF_A_POST_MAX = 20_000
const seenFeatures = new Int32Array(FEATURES_OF_A_POST_MAX)
const seenValues = new Float32Array(FEATURES_OF_A_POST_MAX)

/**
 * Hides features at random, so that few posts are not learned by heart and signs that all share get their part (Wager,
 * Wang, Liang 2013, Dropout training as adaptive regularization). What it returns is valid until the next call.
 */
function thinned(example: Example, random: () => number, kept: number): Example {
  const { features, values } = example
  const limit = kept * 2 ** 32
  let count = 0
  for (let at = 0; at < features.length; at++) {
    if (random() >= limit) continue
    seenFeatures[count] = features[at] as number
    seenValues[count++] = (values[at] as number) / kept
  }
  return { ...example, features: seenFeatures.subarray(0, count), values: seenValues.subarray(0, count) }
}

export function scoresOf({ features, values }: Example, weights: Float32Array, into: Float64Array): void {
  let [negative, neutral, positive] = [0, 0, 0]
  for (let at = 0; at < features.length; at++) {
    const base = (features[at] as number) * CLASSES
    const value = values[at] as number
    negative += (weights[base] as number) * value
    neutral += (weights[base + 1] as number) * value
    positive += (weights[base + 2] as number) * value
  }
  into[0] = negative
  into[1] = neutral
  into[2] = positive
}

/**
 * What is predicted less what is true, for each class. The leaning of a balanced set stays nought: learned, it would take
 * away what the weights should know.
 */
function slopeOf(
  example: Example,
  weights: Float32Array,
  scale: number,
  leaning: Float64Array,
  slope: Float64Array,
): void {
  scoresOf(example, weights, slope)
  const own = example.source * CLASSES
  for (let k = 0; k < CLASSES; k++) slope[k] = (slope[k] as number) * scale + (leaning[own + k] as number)
  const top = Math.max(...slope)
  let total = 0
  for (let k = 0; k < CLASSES; k++) {
    slope[k] = Math.exp((slope[k] as number) - top)
    total += slope[k] as number
  }
  for (let k = 0; k < CLASSES; k++) {
    slope[k] = (slope[k] as number) / total - (k === example.label ? 1 : 0)
    if (example.weight < 1)
      leaning[own + k] = (leaning[own + k] as number) - LEANING_RATE * (slope[k] as number) * example.weight
  }
}

function move({ features, values }: Example, weights: Float32Array, slope: Float64Array, by: number): void {
  const [negative, neutral, positive] = slope as unknown as [number, number, number]
  for (let at = 0; at < features.length; at++) {
    const base = (features[at] as number) * CLASSES
    const value = (values[at] as number) * by
    weights[base] = (weights[base] as number) - value * negative
    weights[base + 1] = (weights[base + 1] as number) - value * neutral
    weights[base + 2] = (weights[base + 2] as number) - value * positive
  }
}

function rescaled(weights: Float32Array, scale: number): number {
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] as number) * scale
  return 1
}

function addTo(mean: Float32Array, weights: Float32Array, share: number): void {
  for (let at = 0; at < mean.length; at++) mean[at] = (mean[at] as number) + (weights[at] as number) * share
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = random() % (at + 1)
    const kept = order[at] as number
    order[at] = order[other] as number
    order[other] = kept
  }
}
