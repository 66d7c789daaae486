import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { notify } from './notifying.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000

/** Whoever invited a customer to prove something is told when it is done, or when somebody has to decide. */
export const proofsSubscription = ({ clock }: Services): Subscription => ({
  name: 'inbox.proofs',
  types: ['proof.invitation-proven', 'proof.question-asked'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    const told = events.flatMap(({ at, subjects: { member, conversation } }) =>
      at.getTime() > since && typeof member === 'string' && typeof conversation === 'string'
        ? [{ memberId: member, conversationId: conversation }]
        : [],
    )
    // One at a time: a proof and a question about one conversation are one notification.
    for (const one of told) await notify(tx, 'proof', [one])
  },
})
