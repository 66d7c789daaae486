import type { NumberedQuery } from './peer-query.ts'

export interface PeerPost {
  text: string
  language: string
}

export interface PeerTask {
  queries: readonly NumberedQuery[]
  posts: readonly PeerPost[]
  /** Numbers of the queries that we match at each of the first posts. */
  ours: readonly (readonly number[])[]
  /** Empty, for files. */
  folder: string
}

export type Say = (words: string) => void

export interface Peer {
  /** More queries than it could be asked in a bearable time: left out, and said. */
  queriesMax: number
  name: string
  /** Figure → number; the figure begins with the peer's name. */
  measure(task: PeerTask): Promise<Record<string, number>>
  close(): Promise<void>
}

/** Of what we match, how much the peer matches too, and the other way round, in percent. */
export function agreement(ours: PeerTask['ours'], theirs: readonly (readonly number[])[]): [number, number] {
  const common = theirs.map((found, post) => new Set(found).intersection(new Set(ours[post])).size)
  return [share(common, ours.slice(0, theirs.length)), share(common, theirs)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const share = (common: readonly number[], all: readonly (readonly number[])[]): number =>
  Math.round((sum(common) / sum(all.map(({ length }) => length))) * 1_000) / 10
