/**
 * Where somebody stands with one thing that they need: pure, so that each date can be told and tested. `open` until it is
 * due, `overdue` from then on; what ends by itself can be renewed some time before, and has no grace when it ended.
 */
export type Standing = 'done' | 'renew' | 'open' | 'overdue'

export interface Stand {
  standing: Standing
  /** Until when it is to be done, or done again; null: never. */
  dueAt: Date | null
}

const DAY_MS = 86_400_000
export const RENEWAL_DAYS = 30

/** From when on somebody could have known: what they need is there, they are there, and the gate is closed. */
export interface Since {
  askedSince: Date
  joinedAt: Date
  gateSince: Date | null
  graceDays: number
}

export const dueAfterGrace = ({ askedSince, joinedAt, gateSince, graceDays }: Since): Date =>
  new Date(Math.max(+askedSince, +joinedAt, gateSince ? +gateSince : 0) + graceDays * DAY_MS)

const unmet = (since: Since, now: Date): Stand => {
  const dueAt = dueAfterGrace(since)
  return { standing: now < dueAt ? 'open' : 'overdue', dueAt }
}

export const standingOfGuideline = (
  asked: { version: number },
  acknowledged: number | null,
  since: Since,
  now: Date,
): Stand => ((acknowledged ?? 0) >= asked.version ? { standing: 'done', dueAt: null } : unmet(since, now))

export function standingOfTraining(
  askedVersion: number,
  passed: { version: number; validUntil: Date | null } | null,
  since: Since,
  now: Date,
): Stand {
  if (!passed || passed.version < askedVersion) return unmet(since, now)
  const { validUntil } = passed
  if (!validUntil) return { standing: 'done', dueAt: null }
  if (now >= validUntil) return { standing: 'overdue', dueAt: validUntil }
  const renewable = +validUntil - +now <= RENEWAL_DAYS * DAY_MS
  return { standing: renewable ? 'renew' : 'done', dueAt: validUntil }
}
