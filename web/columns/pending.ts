import { ARRIVED_MAX, SHOWN_MAX } from '../../contract/column-limits.ts'

/** Beyond, the lists are read anew, which is cheaper for both. */
const PENDING_MAX = 4 * ARRIVED_MAX

/** What live events told of and nobody has been asked about yet: ids, each once. */
export class Pending {
  heard = new Set<string>()
  changed = new Set<string>()
  conversations = new Set<string>()
}

/** As much as is asked for at once. */
export function take(pending: Pending): Pending {
  const taken = new Pending()
  for (const [from, into, max] of [
    [pending.heard, taken.heard, ARRIVED_MAX],
    [pending.changed, taken.changed, SHOWN_MAX],
    [pending.conversations, taken.conversations, ARRIVED_MAX],
  ] as const)
    for (const id of [...from].slice(0, max)) {
      from.delete(id)
      into.add(id)
    }
  return taken
}

export function putBack(pending: Pending, taken: Pending): void {
  for (const id of taken.heard) pending.heard.add(id)
  for (const id of taken.changed) pending.changed.add(id)
  for (const id of taken.conversations) pending.conversations.add(id)
}

export const isEmpty = ({ heard, changed, conversations }: Pending): boolean =>
  heard.size + changed.size + conversations.size === 0

export const isTooMuch = ({ heard, conversations }: Pending): boolean =>
  heard.size > PENDING_MAX || conversations.size > PENDING_MAX
