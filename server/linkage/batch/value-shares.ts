import { frequenciesOf, onceOf, shareOf, shareOfCount } from '../frequencies.ts'
import type { Topic } from '../levels.ts'
import type { Frequencies } from '../model.ts'
import { equalityKey } from '../rarity.ts'
import type { Value } from '../value.ts'
import type { UnitColumn, ValueReader } from './columns.ts'
import type { ValueFacts } from './value-facts.ts'

const VALUES_KEPT_MAX = 20_000

export interface CountedUnit {
  readonly shares: Float32Array
  readonly values: Frequencies
}

/** Counts the texts of one unit over all records: the share of each value, and the frequent values by their text. */
export function countUnit(
  topic: Topic,
  unit: number,
  { ids }: UnitColumn,
  { texts }: ValueFacts,
  reader: ValueReader,
): CountedUnit {
  const counts = countTexts(ids, texts)
  let [total, once, twice] = [0, 0, 0]
  for (const count of counts.counts) {
    total += count
    if (count === 1) once++
    else if (count === 2) twice++
  }
  const worth = onceOf(once, twice)
  const shares = new Float32Array(new SharedArrayBuffer(4 * texts.length))
  const frequent: { id: number; count: number }[] = []
  const told = new Set<number>()
  for (let id = 1; id < texts.length; id++) {
    const text = texts[id] as number
    if (text === 0) continue
    const count = counts.of(text)
    shares[id] = shareOfCount(count, topic, total, worth)
    if (count > 1 && !told.has(text)) {
      told.add(text)
      frequent.push({ id, count })
    }
  }
  const keyOf = (value: Value | null): string => (value ? equalityKey(topic, value) : '')
  frequent.sort((a, b) => b.count - a.count || a.id - b.id).splice(VALUES_KEPT_MAX)
  const named = frequent.map(({ id, count }) => [keyOf(reader.read(unit, id)), count] as [string, number])
  return { shares, values: { total, once: worth, counts: new Map(named) } }
}

interface TextCounts {
  readonly counts: Uint32Array
  of(text: number): number
}

/** Open addressing over the texts' hashes. */
function countTexts(ids: Uint32Array, texts: Uint32Array): TextCounts {
  const mask = 2 ** Math.ceil(Math.log2(texts.length * 2 + 2)) - 1
  const keys = new Uint32Array(mask + 1)
  const counts = new Uint32Array(mask + 1)
  const slotOf = (text: number): number => {
    let slot = text & mask
    while (keys[slot] !== 0 && keys[slot] !== text) slot = (slot + 1) & mask
    return slot
  }
  for (const id of ids) {
    const text = texts[id] as number
    if (text === 0) continue
    const slot = slotOf(text)
    keys[slot] = text
    counts[slot] = (counts[slot] as number) + 1
  }
  return { counts, of: (text) => counts[slotOf(text)] as number }
}

/** Records whose words are counted: enough for how rare a word is. */
const WORD_RECORDS_MAX = 60_000

export function countWords(unit: number, { ids }: UnitColumn, reader: ValueReader): Frequencies {
  const counts = new Map<string, number>()
  const step = Math.max(1, Math.floor(ids.length / WORD_RECORDS_MAX))
  for (let row = 0; row < ids.length; row += step) {
    const value = reader.valueOf(unit, ids[row] as number)
    for (const word of new Set(value?.words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return frequenciesOf(counts)
}

/** Shares as a model that was learned elsewhere has them. */
export function sharesOf(topic: Topic, unit: number, values: Frequencies, reader: ValueReader): Float32Array {
  const count = reader.countOf(unit)
  const shares = new Float32Array(new SharedArrayBuffer(4 * count))
  for (let id = 1; id < count; id++) {
    const value = reader.read(unit, id)
    if (value) shares[id] = shareOf(equalityKey(topic, value), topic, values)
  }
  return shares
}
