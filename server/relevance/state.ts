import { gunzipSync, gzipSync } from 'node:zlib'
import { type Background, THEMES } from './background.ts'
import { fromNames } from './features.ts'
import { LABELS_MAX, retrained, type TopicRelevance } from './topic-relevance.ts'

/** Raised when anything changes that makes numbers of before mean something else. Older states are learned anew. */
export const STATE_VERSION = 1
const STATE_BYTES_MAX = 16 * 2 ** 20

interface Packed {
  version: number
  on: boolean
  background: { posts: number; names: readonly string[]; postsWith: number[]; themes: string; steps: number[] }
  labels: [id: string, forUs: boolean, weight: number, names: readonly string[]][]
  posts: (readonly string[])[]
}

/** For a row of a table. Weights are not kept: they follow from the labels. */
export function packed({ on, background, labels, posts }: TopicRelevance): Uint8Array {
  const state: Packed = {
    version: STATE_VERSION,
    on,
    background: {
      posts: background.posts,
      names: background.names,
      postsWith: [...background.postsWith],
      themes: Buffer.from(
        background.themes.buffer,
        background.themes.byteOffset,
        background.themes.byteLength,
      ).toString('base64'),
      steps: [...background.steps],
    },
    labels: labels.map(({ id, forUs, weight, features }) => [id, forUs, weight, features.names]),
    posts: posts.map(({ names }) => names),
  }
  return gzipSync(JSON.stringify(state))
}

/** Null for a state of another version: begin anew from the labels, which the caller keeps. */
export function unpacked(bytes: Uint8Array): TopicRelevance | null {
  const state = JSON.parse(gunzipSync(bytes, { maxOutputLength: STATE_BYTES_MAX }).toString()) as Packed
  if (state.version !== STATE_VERSION) return null
  return retrained({
    on: state.on,
    background: backgroundOf(state.background),
    labels: state.labels
      .slice(-LABELS_MAX)
      .map(([id, forUs, weight, names]) => ({ id, forUs, weight, features: fromNames(names) })),
    posts: state.posts.map(fromNames),
  })
}

function backgroundOf({ posts, names, postsWith, themes, steps }: Packed['background']): Background {
  const bytes = new Uint8Array(Buffer.from(themes, 'base64'))
  if (bytes.byteLength !== names.length * THEMES * 2)
    throw new Error('a relevance state whose themes do not fit its words')
  return {
    posts,
    names,
    postsWith: Uint32Array.from(postsWith),
    places: new Map(fromAll(names).map((id, place) => [id, place])),
    themes: new Int16Array(bytes.buffer),
    steps: Float64Array.from(steps),
  }
}

/** The vocabulary is larger than one post's features may be. */
const fromAll = (names: readonly string[]): number[] => names.map((name) => fromNames([name]).ids[0] as number)
