/**
 * What was said about a topic in an hour or a day, as counts: of terms, links, reply trees, waves and voices. Each section
 * is a bounded summary in the manner of lossy counting (Manku and Motwani 2002, "Approximate frequency counts over data
 * streams"): no count is higher than the truth, and none is too low by more than the section's `lost`. Summaries merge.
 *
 * Who spoke is not kept with a term but as one of 31 bits, so that two set bits prove two voices and none of them is named.
 */
export const SECTIONS = ['terms', 'links', 'threads', 'waves', 'voices'] as const
export type Section = (typeof SECTIONS)[number]

export interface Count {
  posts: number
  /** Bits of those who spoke; in `voices` the followers of the author instead. */
  mark: number
  /** How it is written, where that differs from the key. */
  shown: string
}

export interface Counts {
  of: Map<string, Count>
  /** So many posts may have been counted and forgotten for any key. */
  lost: number
}

export interface Tally {
  posts: number
  sections: Record<Section, Counts>
}

/** Keys of a section while its time runs and afterwards; an hour of a busy topic has some ten thousand different terms. */
const HELD_MAX = 4_000
const HELD_AFTER_PRUNING = 3_000
const CLOSED_MAX: Record<'hour' | 'day', number> = { hour: 500, day: 1_500 }
const VOICE_BITS = 31

export const emptyTally = (): Tally => ({
  posts: 0,
  sections: { terms: noCounts(), links: noCounts(), threads: noCounts(), waves: noCounts(), voices: noCounts() },
})
const noCounts = (): Counts => ({ of: new Map(), lost: 0 })

/** The bit of an author: FNV-1a over the id. */
export function voiceBit(authorId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < authorId.length; at++) hash = Math.imul(hash ^ authorId.charCodeAt(at), 0x01000193)
  return 1 << ((hash >>> 0) % VOICE_BITS)
}

/** At least so many different authors. */
export function voicesIn(mark: number): number {
  let count = 0
  for (let rest = mark; rest !== 0; rest &= rest - 1) count++
  return count
}

export function addOne(counts: Counts, key: string, mark: number, shown = ''): void {
  const known = counts.of.get(key)
  if (!known) counts.of.set(key, { posts: 1, mark, shown: shown === key ? '' : shown })
  else {
    known.posts++
    known.mark |= mark
  }
}

export function merge(into: Tally, from: Tally): void {
  into.posts += from.posts
  for (const section of SECTIONS) {
    const [held, added] = [into.sections[section], from.sections[section]]
    held.lost += added.lost
    for (const [key, count] of added.of) {
      const known = held.of.get(key)
      if (!known) held.of.set(key, { ...count })
      else {
        known.posts += count.posts
        known.mark = section === 'voices' ? Math.max(known.mark, count.mark) : known.mark | count.mark
      }
    }
    prune(held, section, HELD_MAX, HELD_AFTER_PRUNING)
  }
}

/** Takes deleted posts out again. Their voices no longer count for any of their terms: rather too few than one too many. */
export function subtract(from: Tally, gone: Tally): void {
  from.posts = Math.max(0, from.posts - gone.posts)
  for (const section of SECTIONS)
    for (const [key, count] of gone.sections[section].of) {
      const known = from.sections[section].of.get(key)
      if (!known) continue
      known.posts -= count.posts
      if (section !== 'voices') known.mark &= ~count.mark
      if (known.posts <= 0) from.sections[section].of.delete(key)
    }
}

/** What is over needs less room. */
export function close(tally: Tally, span: 'hour' | 'day'): void {
  for (const section of SECTIONS) prune(tally.sections[section], section, CLOSED_MAX[span], CLOSED_MAX[span])
}

/** Beyond the retention of posts nothing stays that a single person said, and nobody's name. */
export function anonymise(tally: Tally): void {
  for (const section of ['terms', 'links'] as const)
    for (const [key, { mark }] of tally.sections[section].of)
      if (voicesIn(mark) < 2) tally.sections[section].of.delete(key)
  for (const section of ['threads', 'waves', 'voices'] as const) tally.sections[section] = noCounts()
}

/** Voices stay by their posts or by their followers: a voice that is heard far may have spoken once. */
function prune(counts: Counts, section: Section, max: number, keep: number): void {
  if (counts.of.size <= max) return
  const ranked = [...counts.of].sort(([, a], [, b]) => b.posts - a.posts)
  const kept = ranked.slice(0, section === 'voices' ? Math.ceil(keep / 2) : keep)
  if (section === 'voices')
    kept.push(
      ...ranked
        .slice(kept.length)
        .sort(([, a], [, b]) => b.mark - a.mark)
        .slice(0, Math.floor(keep / 2)),
    )
  counts.of = new Map(kept)
  counts.lost += Math.max(0, ...ranked.slice(kept.length, kept.length + 1).map(([, { posts }]) => posts))
}

/** Flat, because it is parsed in every answer: key, posts, mark, shown, key, … and `lost` before all. */
export function writeCounts({ of, lost }: Counts): string {
  const flat: (string | number)[] = [lost]
  for (const [key, { posts, mark, shown }] of of) flat.push(key, posts, mark, shown)
  return JSON.stringify(flat)
}

export type FlatCounts = (string | number)[]
export const FLAT_STRIDE = 4

export function readCounts(text: string): Counts {
  const flat = JSON.parse(text) as FlatCounts
  const of = new Map<string, Count>()
  for (let at = 1; at < flat.length; at += FLAT_STRIDE)
    of.set(flat[at] as string, {
      posts: flat[at + 1] as number,
      mark: flat[at + 2] as number,
      shown: flat[at + 3] as string,
    })
  return { of, lost: flat[0] as number }
}
