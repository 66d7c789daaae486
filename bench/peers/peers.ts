import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Query } from '../../server/matching/index.ts'
import { openHyperscan } from './hyperscan.ts'
import { openLucene } from './lucene.ts'
import type { Peer, PeerPost, PeerTask, Say } from './peer.ts'
import { peerQueries } from './peer-query.ts'
import { openPostgres } from './postgres.ts'

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
