import type { FilterReading, Refuse } from './filter-reading.ts'

const NUMBER = /^(\d{1,12})([km]?)$/
const FOLLOWERS_EXPECTED = '>1000, <=500, 100..5000'
const DATE_EXPECTED = '2026-05-31, 2026-05, >=2026-05-01, 2026-05-01..2026-05-31'

type Comparison = { sign: '>' | '>=' | '<' | '<=' | ''; value: string } | { low: string; high: string }

function readComparison(value: string): Comparison {
  const dots = value.indexOf('..')
  if (dots >= 0) return { low: value.slice(0, dots), high: value.slice(dots + 2) }
  const sign = /^(>=|<=|>|<|=)/.exec(value)?.[0] ?? ''
  return { sign: (sign === '=' ? '' : sign) as '' | '>', value: value.slice(sign.length) }
}

/** [500 TO 1000] → 500..1000 */
function fromBrackets(value: string): string | null {
  const inside = /^\[\s*(\S{0,20})\s+TO\s+(\S{0,20}?)\s*\]$/i.exec(value)
  return inside ? `${openEnd(inside[1])}..${openEnd(inside[2])}` : null
}

const openEnd = (bound: string | undefined): string => (bound === '*' ? '' : (bound ?? ''))

export function readFollowers(value: string, refuse: Refuse): FilterReading {
  const compact = value.toLowerCase().replace(/\s/g, '')
  const bounds = followerBounds(readComparison(compact))
  if (!bounds || bounds.min > bounds.max) return refuse(FOLLOWERS_EXPECTED, fromBrackets(value))
  return { filter: { field: 'followers', value: compact, ...bounds } }
}

function followerBounds(comparison: Comparison): { min: number; max: number } | null {
  if ('low' in comparison) {
    const min = comparison.low === '' ? 0 : readNumber(comparison.low)
    const max = comparison.high === '' ? Number.MAX_SAFE_INTEGER : readNumber(comparison.high)
    return min === null || max === null || (comparison.low === '' && comparison.high === '') ? null : { min, max }
  }
  const number = readNumber(comparison.value)
  if (number === null) return null
  if (comparison.sign === '>') return { min: number + 1, max: Number.MAX_SAFE_INTEGER }
  if (comparison.sign === '>=') return { min: number, max: Number.MAX_SAFE_INTEGER }
  if (comparison.sign === '<') return { min: 0, max: number - 1 }
  if (comparison.sign === '<=') return { min: 0, max: number }
  return { min: number, max: number }
}

function readNumber(text: string): number | null {
  const found = NUMBER.exec(text)
  return found ? Number(found[1]) * (found[2] === 'k' ? 1_000 : found[2] === 'm' ? 1_000_000 : 1) : null
}

/** Days, months and years begin and end at midnight UTC. */
export function readDates(value: string, refuse: Refuse): FilterReading {
  const compact = value.replace(/\s/g, '')
  const bounds = dateBounds(readComparison(compact))
  if (!bounds || (bounds.since !== null && bounds.until !== null && bounds.since >= bounds.until)) {
    return refuse(DATE_EXPECTED, fromBrackets(value) ?? fromDotted(compact))
  }
  return { filter: { field: 'date', value: compact, ...bounds } }
}

function dateBounds(comparison: Comparison): { since: number | null; until: number | null } | null {
  if ('low' in comparison) {
    const low = comparison.low === '' ? null : readPeriod(comparison.low)
    const high = comparison.high === '' ? null : readPeriod(comparison.high)
    const isBroken = (comparison.low !== '' && !low) || (comparison.high !== '' && !high) || (!low && !high)
    return isBroken ? null : { since: low?.since ?? null, until: high?.until ?? null }
  }
  const period = readPeriod(comparison.value)
  if (!period) return null
  if (comparison.sign === '>') return { since: period.until, until: null }
  if (comparison.sign === '>=') return { since: period.since, until: null }
  if (comparison.sign === '<') return { since: null, until: period.since }
  if (comparison.sign === '<=') return { since: null, until: period.until }
  return period
}

/** A year, a month or a day; null when there is no such day. */
function readPeriod(text: string): { since: number; until: number } | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text)
  if (!found) return null
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)]
  const since = Date.UTC(year, month - 1, day)
  const read = new Date(since)
  if (read.getUTCFullYear() !== year || read.getUTCMonth() !== month - 1 || read.getUTCDate() !== day) return null
  if (found[3]) return { since, until: Date.UTC(year, month - 1, day + 1) }
  return { since, until: found[2] ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1) }
}

/** 31.5.2026 or 31-05-2026, as people write it in Germany and the Netherlands. */
function fromDotted(value: string): string | null {
  const found = /^(>=|<=|>|<|=)?(\d{1,2})[.-](\d{1,2})[.-](\d{4})$/.exec(value)
  if (!found) return null
  const [, sign = '', day = '', month = '', year = ''] = found
  return `${sign}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
