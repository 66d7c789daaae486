/** On what two sides are weighed: the model, the policy, and what is known around them. */
import type { Secrets } from '../../platform/secrets.ts'
import type { Identity, Impersonators } from './identities.ts'
import type { StoredModel } from './models.ts'
import type { Policy } from './policy.ts'
import type { Comparer } from './sides.ts'

export interface Surroundings {
  secrets: Secrets
  impersonators: Impersonators
  now: Date
}

export interface Ground {
  comparer: Comparer
  model: StoredModel
  policy: Policy
  around: Surroundings
  /** What this transaction has read already. */
  known?: ReadonlyMap<string, Identity>
}
