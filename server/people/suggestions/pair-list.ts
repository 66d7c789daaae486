/** Bytes of an id, and of the two ids of an entry. */
const ID = 16
const TWO = 2 * ID
const NOBODY = Buffer.alloc(ID)

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idIn = (bytes: Buffer, at: number): string => {
  const hex = bytes.toString('hex', at, at + ID)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Identities in the order of their ids, each with its person: 32 bytes each, whatever the runtime makes of a string. */
export class PlaceList {
  #bytes = Buffer.alloc(TWO * 1_024)
  #length = 0

  get length(): number {
    return this.#length
  }

  add(authorId: string, personId: string | null): void {
    if ((this.#length + 1) * TWO > this.#bytes.length)
      this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)])
    bytesOf(authorId).copy(this.#bytes, this.#length * TWO)
    if (personId !== null) bytesOf(personId).copy(this.#bytes, this.#length * TWO + ID)
    this.#length++
  }

  authorOf(place: number): Buffer {
    return this.#bytes.subarray(place * TWO, place * TWO + ID)
  }

  /** Null: it is nobody's. */
  personOf(place: number): string | null {
    const bytes = this.#bytes.subarray(place * TWO + ID, (place + 1) * TWO)
    return bytes.equals(NOBODY) ? null : bytes.toString('latin1')
  }
}

interface EdgeList {
  readonly a: Uint32Array
  readonly b: Uint32Array
  readonly weight: Float32Array
}

/**
 * Pairs of sides from the line up, each once, as ids of an identity of either; in the order of the first, of each first the
 * strongest. A side is named by its first identity among these.
 */
export function strongestPairs(
  { a, b, weight }: EdgeList,
  places: PlaceList,
  least: number,
  perSideMax: number,
): Buffer {
  const above = Uint32Array.from(weight.keys()).filter((at) => (weight[at] as number) >= least)
  const firstOf = new Map<string, number>()
  const first = (place: number): number => {
    const person = places.personOf(place)
    return person === null ? place : (firstOf.get(person) ?? place)
  }
  for (const at of above)
    for (const place of [a[at] as number, b[at] as number]) {
      const person = places.personOf(place)
      if (person !== null) firstOf.set(person, Math.min(place, firstOf.get(person) ?? place))
    }
  const pairs = [...above].flatMap((at) => {
    const [one, other] = [a[at] as number, b[at] as number]
    if (places.personOf(one) === null && places.personOf(other) === null) return []
    const [left, right] = [first(one), first(other)].sort((x, y) => x - y) as [number, number]
    return left === right ? [] : [{ left, right, weight: weight[at] as number }]
  })
  pairs.sort((x, y) => x.left - y.left || y.weight - x.weight || x.right - y.right)
  return packed(pairs, places, perSideMax)
}

function packed(pairs: readonly { left: number; right: number }[], places: PlaceList, perSideMax: number): Buffer {
  const bytes = Buffer.alloc(pairs.length * TWO)
  let length = 0
  let of = -1
  const seen = new Set<number>()
  for (const { left, right } of pairs) {
    if (left !== of) seen.clear()
    of = left
    if (seen.size >= perSideMax || seen.has(right)) continue
    seen.add(right)
    places.authorOf(left).copy(bytes, length * TWO)
    places.authorOf(right).copy(bytes, length * TWO + ID)
    length++
  }
  return bytes.subarray(0, length * TWO)
}

/** The same, read again. */
export class PairList {
  readonly #bytes: Buffer
  readonly length: number

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.length = bytes.byteLength / TWO
  }

  pair(at: number): [authorId: string, otherId: string] {
    return [idIn(this.#bytes, at * TWO), idIn(this.#bytes, at * TWO + ID)]
  }

  /** Where the pairs of the first identity behind this one begin. */
  behind(authorId: string): number {
    const wanted = bytesOf(authorId)
    let [low, high] = [0, this.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const isBehind = this.#bytes.compare(wanted, 0, ID, middle * TWO, middle * TWO + ID) > 0
      if (isBehind) high = middle
      else low = middle + 1
    }
    return low
  }

  /** From `at`, at least so many unless there are fewer, and of each first identity all. */
  stretch(at: number, atLeast: number): [authorId: string, otherId: string][] {
    const pairs: [string, string][] = []
    for (let place = at; place < this.length; place++) {
      const pair = this.pair(place)
      if (pairs.length >= atLeast && pair[0] !== pairs.at(-1)?.[0]) break
      pairs.push(pair)
    }
    return pairs
  }
}
