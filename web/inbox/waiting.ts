import type { Tone } from '../ui/tag.tsx'
import type { Conversation } from './shapes.ts'

/** From here on a customer in public has waited long, whoever looks. */
const LONG_WAIT_MS = 60 * 60_000

type Waiter = Pick<Conversation, 'state' | 'waitingSince' | 'lease' | 'assignedMemberId' | 'openedBecause'>

/** What is due within the hour is soon. */
const SOON_MS = 60 * 60_000

/** How the mark of what is due looks: by the same rule, whoever has it. Null: nothing is due. */
export function dueTone(
  conversation: Waiter & Pick<Conversation, 'dueAt'>,
  myMemberId: string,
  now: Date,
): Tone | null {
  const { dueAt, state, lease, assignedMemberId } = conversation
  if (dueAt === null || state === 'closed') return null
  const taken = (lease !== null && !lease.mine) || (assignedMemberId !== null && assignedMemberId !== myMemberId)
  const left = dueAt.getTime() - now.getTime()
  if (taken || left > SOON_MS) return 'neutral'
  return left <= 0 ? 'urgent' : 'notice'
}

/**
 * How the waiting mark looks. Red is only for what needs a person now: someone who spoke to us waits long, and it is
 * nobody's or mine. While a colleague answers it, or has it, it is theirs; who only speaks about us expects no answer.
 * Null: nobody waits.
 */
export function waitingTone(conversation: Waiter, myMemberId: string, now: Date): Tone | null {
  const { waitingSince, state, lease, assignedMemberId, openedBecause } = conversation
  if (waitingSince === null || state === 'closed') return null
  const taken = (lease !== null && !lease.mine) || (assignedMemberId !== null && assignedMemberId !== myMemberId)
  if (taken || state === 'snoozed' || openedBecause === 'mention') return 'neutral'
  return now.getTime() - waitingSince.getTime() >= LONG_WAIT_MS ? 'urgent' : 'notice'
}
