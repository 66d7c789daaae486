import { useSyncExternalStore } from 'react'
import type { Change, Conversation } from '../shapes.ts'

export type CloseReason = NonNullable<Extract<Change, { change: 'close' }>['reason']>

interface Asked {
  /** How many conversations it is about. */
  count: number
  answer(reason: CloseReason | null): void
}

let asked: Asked | null = null
const readers = new Set<() => void>()
const set = (next: Asked | null) => {
  asked = next
  for (const read of readers) read()
}

/** Opens the dialog of close-reason.tsx, wherever it is mounted; null: thought better of it. */
export const askReason = (count: number): Promise<CloseReason | null> =>
  new Promise((resolve) => {
    asked?.answer(null)
    set({
      count,
      answer: (reason) => {
        set(null)
        resolve(reason)
      },
    })
  })

export const useAsked = (): Asked | null =>
  useSyncExternalStore(
    (read) => {
      readers.add(read)
      return () => readers.delete(read)
    },
    () => asked,
  )

/** Closing what is negative and unanswered takes a reason; everything else is done as it is wanted. Null: not now. */
export async function withReason(items: readonly Conversation[], wanted: Change): Promise<Change | null> {
  if (wanted.change !== 'close' || wanted.reason) return wanted
  const negative = items.filter(({ negativeSince }) => negativeSince !== null).length
  if (negative === 0) return wanted
  const reason = await askReason(negative)
  return reason && { ...wanted, reason }
}
