import type { Formats } from '../../platform/formats.ts'

const MICROS = 1_000_000
/** Below this a price needs more digits than coins have. */
const SMALL_MICROS = 100_000

/** Millionths of a currency's unit, as people write money; without a currency nothing was priced. */
export function moneyOf(formats: Formats, micros: number, currency: string | null): string {
  if (currency === null) return '–'
  const digits = micros > 0 && micros < SMALL_MICROS ? { maximumSignificantDigits: 2 } : {}
  return new Intl.NumberFormat(formats.locale, { style: 'currency', currency, ...digits }).format(micros / MICROS)
}

/** "0.005" and "0,005" in millionths; null: no amount. */
export function microsOf(written: string): number | null {
  const plain = written.trim().replace(',', '.')
  if (plain === '') return 0
  if (!/^\d{1,9}(\.\d{1,6})?$/.test(plain)) return null
  return Math.round(Number(plain) * MICROS)
}

/** For a field: with a dot or a comma, as the reader writes it. */
export const amountOf = (formats: Formats, micros: number): string =>
  micros === 0
    ? ''
    : new Intl.NumberFormat(formats.locale, { useGrouping: false, maximumFractionDigits: 6 }).format(micros / MICROS)
