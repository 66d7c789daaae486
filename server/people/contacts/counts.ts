import type { ContactOutcome } from './contacts.ts'

export interface ContactCounts {
  begun: number
  joined: number
  changed: number
  unchanged: number
  /** Perhaps somebody who is known: they wait for a person. */
  possible: number
  leftOut: number
  /** Taken in with something left out. */
  warned: number
}

export const NO_COUNTS: ContactCounts = {
  begun: 0,
  joined: 0,
  changed: 0,
  unchanged: 0,
  possible: 0,
  leftOut: 0,
  warned: 0,
}

export function addOutcome(given: Partial<ContactCounts>, outcome: ContactOutcome, isWarned: boolean): ContactCounts {
  const counts = { ...NO_COUNTS, ...given }
  if (isWarned) counts.warned++
  if (outcome === 'left-out') counts.leftOut++
  else if (outcome !== 'refused') counts[outcome]++
  return counts
}
