import type { WaveFigure } from './figures.ts'
import type { Ledger } from './ledger.ts'

const WAVE_POSTS_MIN = 5
const WAVE_AUTHORS_MIN = 3
const WAVES_SHOWN_MAX = 6

/** The same words, at least five of them, from several authors: a copied text, a campaign, a share button. */
export function measureWaves(ledger: Ledger, posts: number[], drawn: Set<number>): WaveFigure[] {
  const told = Float64Array.from(
    posts.filter((post) => !Number.isNaN(ledger.textHash[post])),
    (post) => post,
  )
  told.sort((a, b) => (ledger.textHash[a] as number) - (ledger.textHash[b] as number) || a - b)
  const waves: WaveFigure[] = []
  for (let from = 0, to = 0; from < told.length; from = to) {
    const hash = ledger.textHash[told[from] as number]
    while (to < told.length && ledger.textHash[told[to] as number] === hash) to++
    if (to - from < WAVE_POSTS_MIN) continue
    const same = [...told.subarray(from, to)]
    const authors = new Set(same.map((post) => ledger.author[post])).size
    if (authors >= WAVE_AUTHORS_MIN) waves.push(waveOf(same, authors, ledger))
  }
  const shown = waves.sort((a, b) => b.posts - a.posts || a.sample - b.sample).slice(0, WAVES_SHOWN_MAX)
  for (const { sample } of shown) drawn.add(sample)
  return shown
}

function waveOf(same: number[], authors: number, ledger: Ledger): WaveFigure {
  const times = same.map((post) => ledger.at[post] as number).sort((a, b) => a - b)
  const earliest = same.reduce((first, post) =>
    (ledger.at[post] as number) < (ledger.at[first] as number) ? post : first,
  )
  return {
    posts: same.length,
    authors,
    from: new Date(times[0] as number).toISOString(),
    to: new Date(times.at(-1) as number).toISOString(),
    sample: earliest,
  }
}
