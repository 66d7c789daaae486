import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Asking the system for every id's random bits takes as long as all the rest of it: intake makes thousands a second. */
const ID_BYTES = 16
const IDS_AT_ONCE = 256
const random = new Uint8Array(ID_BYTES * IDS_AT_ONCE)
let used = random.length

let madeAt = Number.NEGATIVE_INFINITY
/** Counts the ids of a millisecond, from a random number on; 32 bits. */
let sequence = 0

/** A new id: UUID v7 (RFC 9562), ordered by time of creation, never used as a cursor of live reading. */
export function newId(): string {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  const bytes = random.subarray(used, used + ID_BYTES)
  used += ID_BYTES
  const now = Date.now()
  if (now > madeAt) {
    madeAt = now
    sequence =
      ((bytes[6] as number) << 23) | ((bytes[7] as number) << 16) | ((bytes[8] as number) << 8) | (bytes[9] as number)
  } else {
    sequence = (sequence + 1) | 0
    if (sequence === 0) madeAt++
  }
  return v7({ random: bytes, msecs: madeAt, seq: sequence })
}

export const isId = (text: string): boolean => UUID.test(text)
