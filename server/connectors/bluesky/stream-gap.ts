/** Time without an event that is no pause of the network: so long, and so many times its usual distance. */
const GAP_US_MIN = 60_000_000
const GAP_EVENTS = 100
const PACE_WEIGHT = 0.1

/** Mean time between two events, of late; null while there were too few. */
export function paceOf(
  known: number | null,
  batch: { firstUs: number | null; lastUs: number | null; events: number },
): number | null {
  if (batch.firstUs === null || batch.lastUs === null || batch.events < 2) return known
  const now = Math.max(1, (batch.lastUs - batch.firstUs) / (batch.events - 1))
  return Math.round(known === null ? now : known + (now - known) * PACE_WEIGHT)
}

/** The network plays back only what it still has: when it begins much later than it was asked to, the rest is lost. */
export function gapBetween(
  leftUs: number | null,
  firstUs: number | null,
  everyUs: number | null,
): { from: Date; until: Date } | null {
  if (leftUs === null || firstUs === null || everyUs === null) return null
  if (firstUs - leftUs < Math.max(GAP_US_MIN, GAP_EVENTS * everyUs)) return null
  return { from: new Date(leftUs / 1_000), until: new Date(firstUs / 1_000) }
}
