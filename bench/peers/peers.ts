import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query } from '../../server/matching/index.ts'
import { openHyperscan } from './hyperscan.ts'
import { openLucene } from './lucene.ts'
import { type NumberedQuery, peerQueries } from './peer-query.ts'
import { openPostgres } from './postgres.ts'

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

export interface Peers {
  measure(
    queries: readonly Query[],
    posts: readonly PeerPost[],
    ours: PeerTask['ours'],
  ): Promise<Record<string, number>>
  close(): Promise<void>
}

/** Those whose tools are here; of each other one line says why it is not asked. */
export async function openPeers(say: Say): Promise<Peers> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peers-'))
  const opened = [await openLucene(say), await openPostgres(folder, say), await openHyperscan(say)]
  const peers = opened.filter((peer) => peer !== null)
  return {
    measure: async (queries, posts, ours) => {
      const sayable = peerQueries(queries)
      const figures: Record<string, number> = {}
      for (const peer of peers) {
        if (queries.length > peer.queriesMax) say(`${peer.name} is not asked for ${queries.length} queries.`)
        else Object.assign(figures, await measured(peer, { queries: sayable, posts, ours }, say))
      }
      return figures
    },
    close: async () => {
      for (const peer of peers) await peer.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A peer that fails is a missing figure, told in one line; our own figures are worth having without it. */
async function measured(peer: Peer, task: Omit<PeerTask, 'folder'>, say: Say): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-peer-'))
  try {
    say(`asking ${peer.name} ${task.queries.length} queries`)
    return await peer.measure({ ...task, folder })
  } catch (error) {
    const { message, stderr } = error as Error & { stderr?: string }
    say(`${peer.name} failed: ${(stderr || message).split('\n', 1)[0]}`)
    return {}
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Of what we match, how much the peer matches too, and the other way round, in percent. */
export function agreement(ours: PeerTask['ours'], theirs: readonly (readonly number[])[]): [number, number] {
  const common = theirs.map((found, post) => new Set(found).intersection(new Set(ours[post])).size)
  return [share(common, ours.slice(0, theirs.length)), share(common, theirs)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)
const share = (common: readonly number[], all: readonly (readonly number[])[]): number =>
  Math.round((sum(common) / sum(all.map(({ length }) => length))) * 1_000) / 10
