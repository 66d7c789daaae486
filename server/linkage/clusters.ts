/** Pairs that were found alike; edge i joins a[i] and b[i]. */
export interface Edges {
  readonly a: Uint32Array | readonly number[]
  readonly b: Uint32Array | readonly number[]
  readonly weight: Float32Array | readonly number[]
}

export interface ClusterOptions {
  /** Weight in bits from which two records belong together; 0 is even odds. */
  readonly threshold?: number
  /** Weight of any two records, for those between which there is no edge. Without it they count as WEIGHT_UNKNOWN. */
  weightOf?(a: number, b: number): number
  /** Two records that must never be one: accounts that are active at once on one network, contradicting proofs. */
  apart?(a: number, b: number): boolean
  /** Linkage of two tables without duplicates in either: the table of each record. Each record finds one partner at most. */
  readonly tables?: Uint8Array
}

/** A group that hangs together by edges is cut at its weakest ones until it is not larger than this. */
const GROUP_MAX = 150
const WEIGHT_UNKNOWN = -4
/** One very strong or very weak pair does not outvote several others. */
const WEIGHT_MIN = -12
const WEIGHT_MAX = 16

/**
 * Which records are one: agglomerative by average linkage within groups that hang together. Two clusters become one when the
 * mean weight over all pairs between them reaches the threshold, strongest first, so that a chain of weak edges joins
 * nothing. Deterministic. The label of a cluster is its smallest record.
 */
export function clustersOf(count: number, edges: Edges, options: ClusterOptions = {}): Int32Array {
  const threshold = options.threshold ?? 0
  if (options.tables) return oneToOne(count, edges, threshold, options)
  const labels = Int32Array.from({ length: count }, (_, at) => at)
  const order = [...edges.weight.keys()].filter((at) => (edges.weight[at] as number) >= threshold)
  for (const group of groupsOf(count, edges, order)) {
    const clusters =
      group.rows.length === 2 ? pairOf(group.rows, options) : agglomerate(group, edges, threshold, options)
    for (const rows of clusters) {
      const label = Math.min(...rows)
      for (const row of rows) labels[row] = label
    }
  }
  return labels
}

interface Group {
  readonly rows: number[]
  readonly edges: number[]
}

function pairOf(rows: number[], { apart }: ClusterOptions): number[][] {
  const [a, b] = rows as [number, number]
  return apart?.(a, b) ? [[a], [b]] : [rows]
}

/** Groups that hang together by edges, those that are too large again without their weaker half. */
function groupsOf(count: number, edges: Edges, order: readonly number[]): Group[] {
  const done: Group[] = []
  const components = new Components(count, edges)
  let open: (readonly number[])[] = [order]
  while (open.length > 0) {
    const next: number[][] = []
    for (const some of open) {
      for (const group of components.of(some)) {
        if (group.rows.length <= GROUP_MAX) done.push(group)
        else next.push(strongerHalf(group.edges, edges))
      }
    }
    open = next
  }
  return done
}

function strongerHalf(some: number[], { weight }: Edges): number[] {
  const sorted = some.sort((x, y) => (weight[y] as number) - (weight[x] as number) || x - y)
  return sorted.slice(0, Math.floor(sorted.length / 2))
}

/** What hangs together by some edges; its lists over all records are made once and left empty again. */
class Components {
  private readonly edges: Edges
  private readonly parents: Int32Array
  private readonly places: Int32Array

  constructor(count: number, edges: Edges) {
    this.edges = edges
    this.parents = new Int32Array(count).fill(-1)
    this.places = new Int32Array(count).fill(-1)
  }

  of(some: readonly number[]): Group[] {
    const { a, b } = this.edges
    const touched: number[] = []
    for (const at of some) this.join(a[at] as number, b[at] as number, touched)
    const groups: Group[] = []
    for (const row of Uint32Array.from(touched).sort()) this.groupOf(row, groups).rows.push(row)
    for (const at of some) this.groupOf(a[at] as number, groups).edges.push(at)
    for (const row of touched) {
      this.parents[row] = -1
      this.places[row] = -1
    }
    return groups
  }

  private join(a: number, b: number, touched: number[]): void {
    for (const row of [a, b]) {
      if (this.parents[row] !== -1) continue
      this.parents[row] = row
      touched.push(row)
    }
    const [one, other] = [this.root(a), this.root(b)]
    if (one !== other) this.parents[Math.max(one, other)] = Math.min(one, other)
  }

  private groupOf(row: number, groups: Group[]): Group {
    const root = this.root(row)
    if (this.places[root] === -1) this.places[root] = groups.push({ rows: [], edges: [] }) - 1
    return groups[this.places[root] as number] as Group
  }

  private root(row: number): number {
    const { parents } = this
    let at = row
    for (let up = parents[at] as number; up !== at; up = parents[at] as number) {
      parents[at] = parents[up] as number
      at = up
    }
    return at
  }
}

/** Average linkage with the sums of weights between clusters kept, so that a merge costs one row. */
function agglomerate(
  { rows, edges: some }: Group,
  edges: Edges,
  threshold: number,
  options: ClusterOptions,
): number[][] {
  const size = rows.length
  const sums = weightsWithin(rows, some, edges, options)
  const clusters: (number[] | null)[] = rows.map((row) => [row])
  for (;;) {
    let [bestA, bestB, best] = [-1, -1, Number.NEGATIVE_INFINITY]
    for (let a = 0; a < size; a++) {
      if (!clusters[a]) continue
      for (let b = a + 1; b < size; b++) {
        if (!clusters[b]) continue
        const pairs = (clusters[a] as number[]).length * (clusters[b] as number[]).length
        const mean = (sums[a * size + b] as number) / pairs
        if (mean > best) [bestA, bestB, best] = [a, b, mean]
      }
    }
    if (best < threshold) return clusters.filter((cluster) => cluster !== null)
    clusters[bestA] = [...(clusters[bestA] as number[]), ...(clusters[bestB] as number[])]
    clusters[bestB] = null
    for (let other = 0; other < size; other++) {
      if (other === bestA || other === bestB) continue
      const sum = (sums[bestA * size + other] as number) + (sums[bestB * size + other] as number)
      sums[bestA * size + other] = sum
      sums[other * size + bestA] = sum
    }
  }
}

function weightsWithin(rows: number[], some: readonly number[], edges: Edges, options: ClusterOptions): Float64Array {
  const size = rows.length
  const place = new Map(rows.map((row, at) => [row, at]))
  const sums = new Float64Array(size * size).fill(Number.NaN)
  const put = (a: number, b: number, weight: number): void => {
    sums[a * size + b] = weight
    sums[b * size + a] = weight
  }
  for (const at of some)
    put(
      place.get(edges.a[at] as number) as number,
      place.get(edges.b[at] as number) as number,
      edges.weight[at] as number,
    )
  for (let a = 0; a < size; a++) {
    for (let b = a + 1; b < size; b++) {
      const [one, other] = [rows[a] as number, rows[b] as number]
      const known = sums[a * size + b] as number
      const weight = Number.isNaN(known) ? (options.weightOf?.(one, other) ?? WEIGHT_UNKNOWN) : known
      put(a, b, options.apart?.(one, other) ? Number.NEGATIVE_INFINITY : bounded(weight))
    }
  }
  return sums
}

const bounded = (weight: number): number => Math.max(WEIGHT_MIN, Math.min(WEIGHT_MAX, weight))

/** Best edges first; who has a partner takes no other. */
function oneToOne(count: number, { a, b, weight }: Edges, threshold: number, options: ClusterOptions): Int32Array {
  const labels = Int32Array.from({ length: count }, (_, at) => at)
  const taken = new Uint8Array(count)
  const order = [...weight.keys()]
    .filter((at) => (weight[at] as number) >= threshold)
    .sort((x, y) => (weight[y] as number) - (weight[x] as number) || x - y)
  for (const at of order) {
    const [one, other] = [a[at] as number, b[at] as number]
    if (taken[one] || taken[other] || options.tables?.[one] === options.tables?.[other]) continue
    if (options.apart?.(one, other)) continue
    taken[one] = 1
    taken[other] = 1
    labels[Math.max(one, other)] = Math.min(one, other)
  }
  return labels
}
