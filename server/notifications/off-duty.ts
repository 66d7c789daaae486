import { presenceAt } from '../accounts/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { OffDuty } from './taking.ts'

/**
 * Who is off by their own word or outside their shifts. Somebody who is away for a moment is at work. When they will be back
 * is not said: the shift may end and the word may be taken back at any time, so it is asked again.
 */
export const offDutyBy =
  (clock: Clock): OffDuty =>
  async (tx, memberIds) => {
    const presence = await presenceAt(tx, clock.now())
    return new Map(memberIds.filter((memberId) => presence.get(memberId) === 'off').map((memberId) => [memberId, null]))
  }
