/** Others who need what a batch holds wait for about so long. */
const HOLD_MS = 250
const ROOM_FIRST = 50
const ROOM_MIN = 12
const ROOM_MAX = 500
const FASTER_MOST = 2

/**
 * How much work is done in one transaction, by how long the last ones took here and now: a busy machine, a slow disk or
 * wide rows make batches shorter, not the waiting of others longer.
 */
export class Pace {
  room = ROOM_FIRST

  measured(work: number, tookMs: number): void {
    if (work === 0) return
    const fitting = (work * HOLD_MS) / Math.max(1, tookMs)
    this.room = Math.round(Math.min(ROOM_MAX, Math.max(ROOM_MIN, Math.min(fitting, this.room * FASTER_MOST))))
  }
}
