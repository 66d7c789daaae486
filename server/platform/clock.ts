/** The one clock. Tests stand in for it; nothing else calls `new Date()` for the present. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }
