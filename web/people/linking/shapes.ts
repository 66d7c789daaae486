import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'
import type { Link } from '../shapes.ts'

type Outputs = InferContractRouterOutputs<Contract>['people']['graph']

/** A contact point as it is kept, and whose it is. */
export type ContactPoint = Outputs['contactPoint']
export type ContactKind = ContactPoint['kind']
export const CONTACT_KINDS: readonly ContactKind[] = ['mail', 'phone', 'site', 'customer-number']

export interface Somebody {
  personId: string
  name: string
}

/** What was chosen to be linked: an account that was heard, a contact point that was typed, or somebody to choose from. */
export type Chosen =
  | { account: Link['author']; holder: Somebody | null }
  | { contact: ContactPoint }
  | { somebody: Somebody }
