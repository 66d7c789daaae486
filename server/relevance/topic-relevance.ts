import { type Background, emptyBackground, learnBackground, type Vector, vectorOf } from './background.ts'
import type { Features } from './features.ts'
import { type Judgement, judge, lineOf, type Scorer } from './judgement.ts'
import { type Label, probabilityOf, scoreOf, train } from './model.ts'

/** So many labels a model rests on; of more, those that were given last. */
export const LABELS_MAX = 300
/** What an answer, or a closing without one, hints at, against a person's label of 1. */
const HINT_WEIGHT = 0.1
/** Hints together never outnumber this; labels push them out. */
export const HINTS_MAX = 100

/** What a topic has learned, ready to judge, and what it learned it from. */
export interface TopicRelevance extends Scorer {
  readonly on: boolean
  readonly background: Background
  /** In the order in which they were given. */
  readonly labels: readonly Label[]
  /** Posts of the background, on which the line is drawn. */
  readonly posts: readonly Features[]
  readonly vectors: readonly Vector[]
}

export type Learned = Pick<TopicRelevance, 'on' | 'background' | 'labels' | 'posts'> & { vectors?: readonly Vector[] }

export function beginTopic(posts: readonly Features[] = []): TopicRelevance {
  const background = posts.length > 0 ? learnBackground(posts) : emptyBackground
  return retrained({ on: true, background, labels: [], posts: posts.slice(-POSTS_KEPT_MAX) })
}

/** As many as the line needs; the background has read all. */
export const POSTS_KEPT_MAX = 500

/** Everything from the labels alone: the same for the same labels, in whatever order they came. */
export function retrained({ on, background, labels, posts, vectors }: Learned): TopicRelevance {
  const model = train(background, labels)
  const read = vectors ?? posts.map((post) => vectorOf(background, post))
  const sorted = new Set(labels.map(({ features }) => fingerprint(features.ids)))
  const unsorted = read.filter((vector) => !sorted.has(fingerprint(vector.ids)))
  const line = lineOf(unsorted.map((vector) => probabilityOf(scoreOf(model, vector))))
  return { on, background, labels, model, line, posts, vectors: read }
}

/** Sorted posts are left out of the line: the model is surer of what it was told than of anything that is still to come. */
const fingerprint = (ids: readonly number[]): number => ids.reduce((sum, id) => sum + id, 0)

/** A person sorted a post. Of two labels for a post the later counts, and a person's always before a hint. */
export function withLabel(topic: TopicRelevance, label: Omit<Label, 'weight'>): TopicRelevance {
  return learned(topic, { ...label, weight: 1 })
}

/** The inbox did something: answered hints at "for us", closed without an answer at "not for us". */
export function withHint(topic: TopicRelevance, hint: Omit<Label, 'weight'>): TopicRelevance {
  if (topic.labels.some(({ id, weight }) => id === hint.id && weight === 1)) return topic
  return learned(topic, { ...hint, weight: HINT_WEIGHT })
}

export const withoutLabel = (topic: TopicRelevance, id: string): TopicRelevance =>
  retrained({ ...topic, labels: topic.labels.filter((label) => label.id !== id) })

function learned(topic: TopicRelevance, label: Label): TopicRelevance {
  return retrained({ ...topic, labels: counting([...topic.labels.filter(({ id }) => id !== label.id), label]) })
}

/** Labels and hints, each in the order in which they were given, of those posts of which both are known the label. */
export function labelsFrom(given: readonly Omit<Label, 'weight'>[], hinted: readonly Omit<Label, 'weight'>[]): Label[] {
  const known = new Set(given.map(({ id }) => id))
  const hints = hinted.filter(({ id }) => !known.has(id)).map((hint) => ({ ...hint, weight: HINT_WEIGHT }))
  return counting([...hints, ...given.map((label) => ({ ...label, weight: 1 }))])
}

/** Of all labels and hints, in the order in which they were given, those that a model rests on. */
function counting(labels: readonly Label[]): Label[] {
  const given = labels.filter(({ weight }) => weight === 1).slice(-LABELS_MAX)
  const hints = labels.filter(({ weight }) => weight < 1).slice(-Math.max(0, HINTS_MAX - given.length))
  return given.length >= HINTS_MAX ? given : [...given, ...hints]
}

export const switched = (topic: TopicRelevance, on: boolean): TopicRelevance => ({ ...topic, on })

/** Null while switched off: whoever asks then treats every post alike. */
export const judgementOf = (topic: TopicRelevance, features: Features): Judgement | null =>
  topic.on ? judge(topic, features) : null

/** The most useful first; in the order given while switched off, and never one less. */
export function arranged<Post extends { features: Features }>(topic: TopicRelevance, posts: readonly Post[]): Post[] {
  if (!topic.on) return [...posts]
  const scored = posts.map((post) => ({ post, score: scoreOf(topic.model, vectorOf(topic.background, post.features)) }))
  return scored.sort((a, b) => b.score - a.score).map(({ post }) => post)
}
