import type { GoalFigures } from '../../plan/index.ts'
import { hidesSome } from '../../platform/reach.ts'
import { readResponse } from './figures.ts'

const WEEKS = 4

/** The share of first answers that Measure > Response tells for the last four weeks, and nothing where it tells nothing. */
export const responseFigures: GoalFigures = {
  'answered-share': async (tx, services) => {
    if (hidesSome(tx, 'inbox')) return { withheld: 'closed-sources' }
    const { groups, hasPromises, leftOut } = await readResponse(
      tx,
      { clock: 'first-answer', by: 'all', weeks: WEEKS },
      services,
    )
    if (!hasPromises) return { withheld: 'no-promise' }
    return groups[0]?.total?.rate ?? (leftOut > 0 ? { withheld: 'few-people' } : null)
  },
}
