const DIGIT_BITS = 11
const BUCKETS = 1 << DIGIT_BITS
const SMALL_MAX = 64

/** Sorts hashes and their records together, stable: radix by 11 bits, or by insertion where there are few. */
export function sortByHash(hashes: Uint32Array, records: Uint32Array): void {
  if (hashes.length <= SMALL_MAX) insertionSort(hashes, records)
  else radixSort(hashes, records)
}

function insertionSort(hashes: Uint32Array, records: Uint32Array): void {
  for (let at = 1; at < hashes.length; at++) {
    const hash = hashes[at] as number
    const record = records[at] as number
    let to = at - 1
    while (to >= 0 && (hashes[to] as number) > hash) {
      hashes[to + 1] = hashes[to] as number
      records[to + 1] = records[to] as number
      to--
    }
    hashes[to + 1] = hash
    records[to + 1] = record
  }
}

function radixSort(hashes: Uint32Array, records: Uint32Array): void {
  let [from, fromRecords]: [Uint32Array, Uint32Array] = [hashes, records]
  let [to, toRecords]: [Uint32Array, Uint32Array] = [new Uint32Array(hashes.length), new Uint32Array(hashes.length)]
  const starts = new Uint32Array(BUCKETS)
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    countDigits(from, shift, starts)
    for (let at = 0; at < from.length; at++) {
      const hash = from[at] as number
      const digit = (hash >>> shift) & (BUCKETS - 1)
      const place = starts[digit] as number
      starts[digit] = place + 1
      to[place] = hash
      toRecords[place] = fromRecords[at] as number
    }
    ;[from, to] = [to, from]
    ;[fromRecords, toRecords] = [toRecords, fromRecords]
  }
  if (from !== hashes) {
    hashes.set(from)
    records.set(fromRecords)
  }
}

function countDigits(hashes: Uint32Array, shift: number, starts: Uint32Array): void {
  starts.fill(0)
  for (const hash of hashes) {
    const digit = (hash >>> shift) & (BUCKETS - 1)
    starts[digit] = (starts[digit] as number) + 1
  }
  let sum = 0
  for (let digit = 0; digit < BUCKETS; digit++) {
    const count = starts[digit] as number
    starts[digit] = sum
    sum += count
  }
}
