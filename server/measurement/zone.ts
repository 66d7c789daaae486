const QUARTER_MS = 15 * 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 24 * HOUR_MS

export interface LocalTime {
  /** Days since 1970-01-01 on the calendar of the zone. */
  day: number
  hour: number
  /** 0 is Monday. */
  weekday: number
}

/**
 * Calendar time of a zone for many instants. Asking the calendar costs microseconds, and offsets change at quarters of
 * an hour at most, so each quarter is asked once.
 */
export class Zone {
  readonly name: string
  readonly #format: Intl.DateTimeFormat
  readonly #offsets = new Map<number, number>()

  constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  }

  at(instant: number): LocalTime {
    const local = instant + this.#offset(Math.floor(instant / QUARTER_MS))
    const day = Math.floor(local / DAY_MS)
    return { day, hour: Math.floor((local - day * DAY_MS) / HOUR_MS), weekday: (((day + 3) % 7) + 7) % 7 }
  }

  minuteOfDay(instant: number): number {
    const local = instant + this.#offset(Math.floor(instant / QUARTER_MS))
    return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000)
  }

  #offset(quarter: number): number {
    const known = this.#offsets.get(quarter)
    if (known !== undefined) return known
    const instant = quarter * QUARTER_MS
    const part: Record<string, number> = {}
    for (const { type, value } of this.#format.formatToParts(instant)) part[type] = Number(value)
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part
    const offset = Date.UTC(year, month - 1, day, hour, minute) - instant
    this.#offsets.set(quarter, offset)
    return offset
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

export const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
