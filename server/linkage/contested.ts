import type { Edges } from './clusters.ts'
import { levelNumbers, type Topic } from './levels.ts'
import type { Comparison, Model } from './model.ts'
import type { Prepared } from './prepared.ts'
import { READERS } from './readers.ts'
import { compare } from './score.ts'

const NETWORK = levelNumbers('network')

/** What nobody can copy from a profile. */
const ONES_OWN: readonly Topic[] = [
  'mail',
  'phone',
  'identifier',
  'birth-date',
  'proven-link',
  'proven-id',
  'account-link',
]

/** From here on two accounts show the same: what they show, without the network that they are both on. */
const ALIKE_WEIGHT_MIN = 0
/** Two accounts that are bound by so much of their own are one's second account, and no rivals. */
const OWN_BITS_MIN = 6
/** Of what can be copied, so much is left where somebody copies: one in five. */
const CONTESTED_WEIGHT_MAX = -2

/**
 * A contested identity: several accounts of one network, active at once, show the same name, picture or handle. At most one of
 * them is who they all show. Among these, and for whoever is like more than one of them, what can be copied proves nothing.
 * Returns the edges with the weights that are left.
 */
export function uncontested(model: Model, count: number, edges: Edges, preparedOf: (row: number) => Prepared): Edges {
  const at = model.schema.units.findIndex(({ topic }) => topic === 'network')
  if (at < 0) return edges
  const networkOf = (row: number) => preparedOf(row).values[at]
  const near = neighbours(count, edges)
  const contested = new Uint8Array(count)
  for (let edge = 0; edge < edges.weight.length; edge++) {
    const [a, b] = [edges.a[edge] as number, edges.b[edge] as number]
    const [one, other] = [networkOf(a), networkOf(b)]
    if (
      !one ||
      !other ||
      READERS.network.level(one, other, model.units[at]?.words as never) !== NETWORK['active-at-once']
    )
      continue
    const comparison = compare(model, preparedOf(a), preparedOf(b))
    const network = comparison.reasons.find(({ code }) => code === 'network.active-at-once')?.weight ?? 0
    if (comparison.weight - network < ALIKE_WEIGHT_MIN || ownBits(comparison) >= OWN_BITS_MIN) continue
    contested[a] = 1
    contested[b] = 1
    const ofA = new Set(near(a))
    for (const row of near(b)) if (ofA.has(row)) contested[row] = 1
  }
  const weight = Float32Array.from(edges.weight)
  for (let edge = 0; edge < weight.length; edge++) {
    const [a, b] = [edges.a[edge] as number, edges.b[edge] as number]
    if (contested[a] === 0 && contested[b] === 0) continue
    const most = CONTESTED_WEIGHT_MAX + ownBits(compare(model, preparedOf(a), preparedOf(b)))
    if ((weight[edge] as number) > most) weight[edge] = most
  }
  return { a: edges.a, b: edges.b, weight }
}

/** Bits of what is one's own; a link in one direction may be set by anybody. */
const ownBits = ({ reasons }: Comparison): number =>
  reasons.reduce((sum, { code, weight }) => {
    const topic = code.slice(0, code.indexOf('.')) as Topic
    return ONES_OWN.includes(topic) && code !== 'account-link.one-way' ? sum + weight : sum
  }, 0)

/** Rows that each row is alike with, by the edges that speak for it. */
function neighbours(count: number, { a, b, weight }: Edges): (row: number) => Uint32Array {
  const starts = new Uint32Array(count + 1)
  const eachAlike = (visit: (one: number, other: number) => void): void => {
    for (let edge = 0; edge < weight.length; edge++) {
      if ((weight[edge] as number) < ALIKE_WEIGHT_MIN) continue
      visit(a[edge] as number, b[edge] as number)
      visit(b[edge] as number, a[edge] as number)
    }
  }
  eachAlike((one) => {
    starts[one + 1] = (starts[one + 1] as number) + 1
  })
  for (let row = 0; row < count; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const lists = new Uint32Array(starts[count] as number)
  const next = starts.slice()
  eachAlike((one, other) => {
    const place = next[one] as number
    lists[place] = other
    next[one] = place + 1
  })
  return (row) => lists.subarray(starts[row], starts[row + 1])
}
