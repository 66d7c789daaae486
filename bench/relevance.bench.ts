import {
  beginTopic,
  judgementOf,
  nextToAsk,
  type TopicRelevance,
  vectorOf,
  withLabel,
} from '../server/relevance/index.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { numbersFrom } from './random.ts'
import { fitBaseline, macroF1, rowsOf } from './relevance-baseline.ts'
import { relevanceStreams, type Stream } from './relevance-streams.ts'
import { median, quantile, round2 } from './statistics.ts'

/**
 * How few labels a topic needs. Each seed splits a stream into posts that may be sorted (60 %) and posts to measure on, which
 * neither side has seen. Ours asks for the post it wants to know next; the baseline is told random ones. F1 is the mean of both
 * sides' F1, because on some streams noise is the rarer side. Figures are medians over the seeds.
 */
const SEEDS = 10
const POSTS_PER_STREAM_MAX = 700
const POOL_SHARE = 0.6
const OUR_LABELS = [5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100]
const BASELINE_LABELS = [10, 20, 30, 50, 75, 100]
const REPORTED = [10, 20, 50, 100]
/** Where the baseline is not better than this above its first labels, a ratio would compare two guesses. */
const GAIN_MIN = 0.03
const BINS = 10

type Curve = Record<number, number>

interface Seeded {
  ours: Curve
  baseline: Curve
  judged: { probability: number; forUs: boolean }[]
}

export async function measure(options: BenchOptions): Promise<Measured> {
  const figures: Record<string, number> = {}
  const updates: number[] = []
  const all: { ours: Curve; baseline: Curve; calibration: number }[] = []
  for (const stream of relevanceStreams()) {
    const seeds = Array.from({ length: options.number('seeds', SEEDS) }, (_, seed) =>
      measureSeed(stream, seed + 1, updates),
    )
    const ours = medianCurve(seeds.map((seed) => seed.ours))
    const baseline = medianCurve(seeds.map((seed) => seed.baseline))
    const calibration = calibrationError(seeds.flatMap(({ judged }) => judged))
    all.push({ ours, baseline, calibration })
    tell(figures, stream, ours, baseline)
    figures[`${stream.name}: calibration error`] = round2(calibration)
    options.say(`${stream.name}: ours ${JSON.stringify(ours)} baseline ${JSON.stringify(baseline)}`)
  }
  const mean = {
    ours: meanCurve(all.map(({ ours }) => ours)),
    baseline: meanCurve(all.map(({ baseline }) => baseline)),
  }
  for (const labels of REPORTED) {
    figures[`mean F1 at ${labels}`] = round2(mean.ours[labels] as number)
    figures[`mean F1 at ${labels}, baseline`] = round2(mean.baseline[labels] as number)
  }
  for (const labels of [50, 100])
    figures[`mean: × fewer labels than baseline's ${labels}`] = round2(
      labels / labelsFor(mean.baseline[labels] as number, mean.ours),
    )
  const ratios = all.flatMap(({ ours, baseline }) =>
    comparable(baseline) ? [100 / labelsFor(baseline[100] as number, ours)] : [],
  )
  figures['streams compared'] = ratios.length
  figures["median: × fewer labels than baseline's 100"] = median(ratios)
  figures['calibration error, mean'] = round2(all.reduce((sum, { calibration }) => sum + calibration, 0) / all.length)
  figures['update p50 ms'] = quantile(updates, 0.5)
  figures['update p99 ms'] = quantile(updates, 0.99)
  return {
    figures,
    targets: [
      { figure: "mean: × fewer labels than baseline's 100", atLeast: 3 },
      { figure: "median: × fewer labels than baseline's 100", atLeast: 3 },
      { figure: 'update p99 ms', atMost: 20 },
    ],
  }
}

function tell(figures: Record<string, number>, stream: Stream, ours: Curve, baseline: Curve): void {
  const forUs = stream.posts.filter((post) => post.forUs).length
  figures[`${stream.name}: posts`] = stream.posts.length
  figures[`${stream.name}: for us %`] = Math.round((100 * forUs) / stream.posts.length)
  for (const labels of REPORTED) {
    figures[`${stream.name}: F1 at ${labels}`] = round2(ours[labels] as number)
    figures[`${stream.name}: F1 at ${labels}, baseline`] = round2(baseline[labels] as number)
  }
  const labels = labelsFor(baseline[100] as number, ours)
  figures[`${stream.name}: × fewer than baseline's 100`] = comparable(baseline) ? round2(100 / labels) : 0
}

function measureSeed(stream: Stream, seed: number, updates: number[]): Seeded {
  const posts = shuffled(stream.posts, seed).slice(0, POSTS_PER_STREAM_MAX)
  const size = Math.floor(posts.length * POOL_SHARE)
  const [pool, held] = [posts.slice(0, size), posts.slice(size)]
  const rows = rowsOf(
    posts.map(({ features }) => features),
    pool.map(({ features }) => features),
  )
  const truths = held.map(({ forUs }) => forUs)
  const baseline: Curve = {}
  for (const labels of BASELINE_LABELS.filter((count) => count <= size)) {
    const classify = fitBaseline(
      pool.slice(0, labels).map(({ forUs }, at) => ({ row: rows[at] as (typeof rows)[0], forUs })),
    )
    baseline[labels] = macroF1(truths, rows.slice(size).map(classify))
  }
  return { baseline, ...teach(pool, held, updates) }
}

type Posts = Stream['posts']

function teach(pool: Posts, held: Posts, updates: number[]): Omit<Seeded, 'baseline'> {
  let topic = beginTopic(pool.map(({ features }) => features))
  const candidates = pool.map(({ features }, at) => ({ id: String(at), vector: vectorOf(topic.background, features) }))
  const ours: Curve = {}
  let judged: Seeded['judged'] = []
  const asked = new Set<string>()
  for (let labels = 1; labels <= (OUR_LABELS.at(-1) as number); labels++) {
    const known = candidates.filter(({ id }) => asked.has(id)).map(({ vector }) => vector)
    const [id] = nextToAsk(
      topic.model,
      candidates.filter((candidate) => !asked.has(candidate.id)),
      known,
      1,
    )
    if (id === undefined) break
    asked.add(id)
    const begun = performance.now()
    topic = withLabel(topic, { id, ...(pool[Number(id)] as Posts[0]) })
    updates.push(performance.now() - begun)
    if (!OUR_LABELS.includes(labels)) continue
    ours[labels] = macroF1(
      held.map(({ forUs }) => forUs),
      held.map(({ features }) => isAbove(topic, features)),
    )
    if (labels === 50)
      judged = held.map((post) => ({
        probability: judgementOf(topic, post.features)?.probability ?? 0,
        forUs: post.forUs,
      }))
  }
  return { ours, judged }
}

/** Both sides of the line are counted: a post that the product would call unsure still lies on one. */
const isAbove = (topic: TopicRelevance, features: Posts[0]['features']): boolean =>
  (judgementOf(topic, features)?.probability ?? 0) > topic.line

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const next = numbersFrom(seed)
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = next() % (at + 1)
    const item = mixed[at] as Item
    mixed[at] = mixed[other] as Item
    mixed[other] = item
  }
  return mixed
}

const labelsIn = (curves: readonly Curve[]): number[] =>
  Object.keys(curves[0] ?? {})
    .map(Number)
    .filter((labels) => curves.every((curve) => labels in curve))

function medianCurve(curves: readonly Curve[]): Curve {
  const middle = (labels: number): number => {
    const sorted = curves.map((curve) => curve[labels] as number).sort((a, b) => a - b)
    return ((sorted[(sorted.length - 1) >> 1] as number) + (sorted[sorted.length >> 1] as number)) / 2
  }
  return Object.fromEntries(labelsIn(curves).map((labels) => [labels, Math.round(middle(labels) * 1_000) / 1_000]))
}

const meanCurve = (curves: readonly Curve[]): Curve =>
  Object.fromEntries(
    labelsIn(curves).map((labels) => [
      labels,
      curves.reduce((sum, curve) => sum + (curve[labels] as number), 0) / curves.length,
    ]),
  )

const comparable = (baseline: Curve): boolean => (baseline[100] as number) >= (baseline[10] as number) + GAIN_MIN

/** The first number of labels from which the curve stays at the goal, and its mean over the next two points too. */
function labelsFor(goal: number, curve: Curve): number {
  const points = Object.entries(curve).map(([labels, f1]) => ({ labels: Number(labels), f1 }))
  const reached = points.find(({ f1 }, at) => {
    const after = points.slice(at, at + 3)
    return f1 >= goal && after.reduce((sum, point) => sum + point.f1, 0) / after.length >= goal
  })
  return reached?.labels ?? Number.POSITIVE_INFINITY
}

/** Mean distance between what was said and what was so, in ten bins of probability, after 50 labels. */
function calibrationError(judged: Seeded['judged']): number {
  const bins = Map.groupBy(judged, ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)))
  let sum = 0
  for (const bin of bins.values()) {
    const said = bin.reduce((total, { probability }) => total + probability, 0)
    sum += Math.abs(said - bin.filter(({ forUs }) => forUs).length)
  }
  return sum / Math.max(1, judged.length)
}
