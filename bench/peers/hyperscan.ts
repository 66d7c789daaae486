import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Peer, PeerTask, Say } from './peer.ts'
import type { PeerQuery } from './peer-query.ts'

const run = promisify(execFile)

const HOME = join(import.meta.dirname, 'hyperscan')
const PROGRAM = join(HOME, 'target', 'scan')
const BUILD_MS_MAX = 60_000
const RUN_MS_MAX = 300_000
const SECONDS = 3

/** A ruler, no peer: how fast the literals alone can be seen by the fastest program that does so. */
export async function openHyperscan(say: Say): Promise<Peer | null> {
  try {
    mkdirSync(join(HOME, 'target'), { recursive: true })
    await run('cc', ['-O2', '-o', PROGRAM, join(HOME, 'scan.c'), '-lhs'], { timeout: BUILD_MS_MAX })
    return { name: 'hyperscan', queriesMax: Number.POSITIVE_INFINITY, measure, close: async () => {} }
  } catch {
    say('Hyperscan is skipped: it needs cc, hs/hs.h and libhs (bench/peers/hyperscan/install.sh on Debian).')
    return null
  }
}

async function measure({ queries, posts, folder }: PeerTask): Promise<Record<string, number>> {
  const literals = new Set(queries.flatMap(({ query }) => literalsOf(query)))
  const [literalsFile, postsFile] = [join(folder, 'literals'), join(folder, 'posts')]
  writeFileSync(literalsFile, lines([...literals]))
  writeFileSync(postsFile, lines(posts.map(({ text }) => text.replace(/[\n\0]/g, ' '))))
  const { stdout } = await run(PROGRAM, [literalsFile, postsFile, String(SECONDS)], { timeout: RUN_MS_MAX })
  const figures = JSON.parse(stdout) as { literals: number; loadMs: number; postsPerSecond: number }
  return {
    'hyperscan literals': figures.literals,
    'hyperscan load ms': figures.loadMs,
    'hyperscan posts/s': figures.postsPerSecond,
  }
}

function literalsOf(query: PeerQuery): string[] {
  if ('and' in query) return query.and.flatMap(literalsOf)
  if ('or' in query) return query.or.flatMap(literalsOf)
  if ('near' in query) return query.near.flatMap(literalsOf)
  if ('not' in query) return literalsOf(query.not)
  if ('phrase' in query) return [query.phrase.join(' ')]
  if ('prefix' in query) return [query.prefix]
  return 'term' in query ? [query.term] : []
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')
