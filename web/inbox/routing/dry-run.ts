import { DRY_RUN_SAMPLES } from '../../../contract/routing-words.ts'
import type { Findings, Step } from './shapes.ts'

export interface Progress {
  findings: Findings
  bounds: number[]
  of: number
}

type OfRule = Findings['rules'][number]
type Answers = OfRule['happened']['answers']
type Changed = NonNullable<Findings['changed']>

/** What was found by one more request joins what was found before. */
export function joined(before: Progress | null, { findings, firstAnswerMinutes, of }: Step): Progress {
  if (!before) return { findings, bounds: firstAnswerMinutes, of }
  const known = before.findings
  return {
    bounds: firstAnswerMinutes,
    of: before.of,
    findings: {
      read: known.read + findings.read,
      rules: joinedBy([...known.rules, ...findings.rules], ({ ruleId }) => ruleId, joinedRule),
      unmatched: {
        conversations: known.unmatched.conversations + findings.unmatched.conversations,
        samples: few([...known.unmatched.samples, ...findings.unmatched.samples]),
      },
      changed: known.changed && findings.changed ? joinedChanges(known.changed, findings.changed) : null,
    },
  }
}

const joinedRule = (one: OfRule, other: OfRule): OfRule => ({
  ruleId: one.ruleId,
  conversations: one.conversations + other.conversations,
  posts: one.posts + other.posts,
  places: joinedBy([...one.places, ...other.places], ({ kind, teamId }) => `${kind} ${teamId}`, added),
  samples: few([...one.samples, ...other.samples]),
  happened: {
    byTeam: joinedBy([...one.happened.byTeam, ...other.happened.byTeam], ({ teamId }) => String(teamId), added),
    answers: summed(one.happened.answers, other.happened.answers),
  },
})

const joinedChanges = (one: Changed, other: Changed): Changed => ({
  conversations: one.conversations + other.conversations,
  priorities: one.priorities + other.priorities,
  moves: joinedBy(
    [...one.moves, ...other.moves],
    ({ from, to }) => JSON.stringify([from.kind, from.teamId, to.kind, to.teamId]),
    (a, b) => ({ ...added(a, b), samples: few([...a.samples, ...b.samples]) }),
  ),
})

function joinedBy<Item>(items: Item[], keyOf: (item: Item) => string, join: (one: Item, other: Item) => Item): Item[] {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const known = byKey.get(keyOf(item))
    byKey.set(keyOf(item), known ? join(known, item) : item)
  }
  return [...byKey.values()]
}

const added = <Item extends { conversations: number }>(one: Item, other: Item): Item => ({
  ...one,
  conversations: one.conversations + other.conversations,
})

/** Of a stretch that fewer than five people answered nothing is told: the figure is one about the others. */
const summed = (one: Answers, other: Answers): Answers =>
  one && other
    ? {
        of: one.of + other.of,
        answered: one.answered + other.answered,
        within: one.within.map((count, at) => count + (other.within[at] ?? 0)),
      }
    : (one ?? other)

const few = <Sample>(samples: Sample[]): Sample[] => samples.slice(0, DRY_RUN_SAMPLES)

/** Within which bound half of the first answers lie, in minutes; null: later than the last. Undefined: there are none. */
export function medianBound(counts: readonly number[], bounds: readonly number[]): number | null | undefined {
  const all = counts.reduce((sum, count) => sum + count, 0)
  if (all === 0) return undefined
  let before = 0
  for (const [at, count] of counts.entries()) {
    before += count
    if (before * 2 >= all) return bounds[at] ?? null
  }
  return null
}
