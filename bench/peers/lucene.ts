import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { round2 } from '../statistics.ts'
import { agreement, type Peer, type PeerTask, type Say } from './peer.ts'

const run = promisify(execFile)

const HOME = join(import.meta.dirname, 'lucene')
const BUILD_MS_MAX = 600_000
const RUN_MS_MAX = 1_800_000
/** Of processor time for each figure, after as much to warm up. */
const SECONDS = 3
/** The serial collector, because nothing but the one thread is to be measured; the heap is never tight. */
const JAVA = ['-Xms4g', '-Xmx4g', '-XX:+UseSerialGC', '-cp', 'target/classes:target/libraries/*', 'bench.MonitorBench']

/** What MonitorRun.java measures with one presearcher. */
interface MonitorFigures {
  postsPerSecond: number
  p50Us: number
  p99Us: number
  batches: Record<string, number>
  loadMs: number
}

export async function openLucene(say: Say): Promise<Peer | null> {
  const missing = await build()
  if (missing) say(`Lucene Monitor is skipped: ${missing}`)
  return missing ? null : { name: 'lucene', queriesMax: Number.POSITIVE_INFINITY, measure, close: async () => {} }
}

/** Maven asks the network only where something is not here yet. Null, or why it cannot be built. */
async function build(): Promise<string | null> {
  const compile = (...more: string[]) =>
    run('mvn', ['-q', '-B', ...more, 'compile'], { cwd: HOME, timeout: BUILD_MS_MAX })
  try {
    await run('java', ['-version'])
    await compile('-o').catch(() => compile())
    return null
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOENT' ? 'it needs Java 17 and Maven (java, mvn).' : (message.split('\n', 2).join(' ') as string)
  }
}

async function measure({ queries, posts, ours, folder }: PeerTask): Promise<Record<string, number>> {
  writeFileSync(join(folder, 'queries.ndjson'), lines(queries))
  writeFileSync(join(folder, 'posts.ndjson'), lines(posts))
  const words = [...JAVA, folder, String(ours.length), String(SECONDS)]
  const { stdout } = await run('java', words, { cwd: HOME, timeout: RUN_MS_MAX })
  const presearchers = Object.values(JSON.parse(stdout) as Record<string, MonitorFigures>)
  const theirs = readFileSync(join(folder, 'matches.ndjson'), 'utf8').trimEnd().split('\n')
  const [found, shared] = agreement(
    ours,
    theirs.map((line) => JSON.parse(line) as number[]),
  )
  return { ...best(presearchers), 'lucene finds of ours %': found, 'ours of what lucene finds %': shared }
}

const lines = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** Of each figure the better presearcher's. */
function best(presearchers: readonly MonitorFigures[]): Record<string, number> {
  const most = (of: (figures: MonitorFigures) => number) => Math.round(Math.max(...presearchers.map(of)))
  const least = (of: (figures: MonitorFigures) => number) => round2(Math.min(...presearchers.map(of)))
  const sizes = Object.keys(presearchers[0]?.batches ?? {})
  const batches = sizes.map((size) => [size, most((figures) => figures.batches[size] ?? 0)] as const)
  return {
    'lucene load ms': least(({ loadMs }) => loadMs),
    'lucene one by one posts/s': most(({ postsPerSecond }) => postsPerSecond),
    'lucene one by one p50 µs': least(({ p50Us }) => p50Us),
    'lucene one by one p99 µs': least(({ p99Us }) => p99Us),
    ...Object.fromEntries(batches.map(([size, rate]) => [`lucene batches of ${size} posts/s`, rate])),
    'lucene best batch posts/s': Math.max(...batches.map(([, rate]) => rate)),
  }
}
