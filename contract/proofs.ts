import { portal } from './proofs-portal.ts'
import { invitations, questions, settings } from './proofs-staff.ts'

/** Customers prove and see their own connections; staff say what is offered, invite, and decide what a machine may not. */
export const proofs = { portal, settings, invitations, questions }
