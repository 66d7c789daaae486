import type { ImportProblem } from '../../imports/index.ts'
import type { Likeness } from '../suggestions/likeness.ts'
import type { ContactOutcome } from './contacts.ts'
import type { Reason } from './decision.ts'

/** A row that is shown, as one of its kind. */
export interface RehearsalSample {
  line: number
  outcome: ContactOutcome
  name: string
  problems: ImportProblem[]
  candidates: { name: string; reasons: Reason[] }[]
  likely: (Omit<Likeness, 'personId'> & { name: string })[]
}
