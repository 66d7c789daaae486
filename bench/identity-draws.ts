import type { Chance } from './alarm-streams.ts'

/** Numbers below `count`, the smaller ones more often: rank r has the weight 1 / (r + 1)^slope. */
export function zipf(count: number, slope: number): (chance: Chance) => number {
  const sums = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank++) {
    sum += (rank + 1) ** -slope
    sums[rank] = sum
  }
  return (chance) => firstAbove(sums, chance.share() * sum)
}

/** One of the choices, each as often as its weight says. */
export function weighted<Choice>(choices: readonly (readonly [Choice, number])[]): (chance: Chance) => Choice {
  let sum = 0
  const sums = Float64Array.from(choices, ([, weight]) => {
    sum += weight
    return sum
  })
  return (chance) => (choices[firstAbove(sums, chance.share() * sum)] as readonly [Choice, number])[0]
}

function firstAbove(sums: Float64Array, wanted: number): number {
  let [low, high] = [0, sums.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] as number) > wanted) high = middle
    else low = middle + 1
  }
  return low
}

export const happens = (chance: Chance, probability: number): boolean => chance.share() < probability
export const below = (chance: Chance, count: number): number => Math.floor(chance.share() * count)

export function digits(chance: Chance, count: number): string {
  let text = ''
  for (let at = 0; at < count; at++) text += below(chance, 10)
  return text
}

export function shuffle<Item>(chance: Chance, items: Item[]): Item[] {
  for (let at = items.length - 1; at > 0; at--) {
    const other = below(chance, at + 1)
    const item = items[at] as Item
    items[at] = items[other] as Item
    items[other] = item
  }
  return items
}
