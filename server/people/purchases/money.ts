const MINOR_DIGITS_MAX = 18

/** The currencies that this Node knows, by their code. */
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

export const isCurrency = (code: string): boolean => CURRENCIES.has(code)

/** How many digits stand behind the point: EUR 2, JPY 0, KWD 3. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/**
 * `1.234,56`, `1,234.56`, `1 234,5`, `1'234.50`, `120` as minor units; null where it cannot be told: `1.234` may be a
 * thousand or one point two, and is read as a thousand only where the currency has no third digit behind the point.
 */
export function minorUnitsOf(written: string, currency: string): string | null {
  const digits = minorDigits(currency)
  const text = written.replaceAll(/[\s\u00a0\u202f'’]|[A-Z]{3}|\p{Sc}/gu, '').replace(/,-{1,2}$/, '')
  if (!/^\d[\d.,]*$/.test(text)) return null
  const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  const behind = last === -1 ? '' : text.slice(last + 1)
  const sign = text[last] ?? ''
  const isFraction = last !== -1 && text.indexOf(sign) === last && (behind.length <= digits || behind.length !== 3)
  const whole = isFraction ? text.slice(0, last) : text
  const fraction = isFraction ? behind : ''
  if (!isGrouped(whole, isFraction ? sign : '') || fraction.length > digits) {
    if (fraction.length <= digits || /[^0]/.test(fraction.slice(digits))) return null
  }
  const plain = `${whole.replaceAll(/[.,]/g, '')}${fraction.slice(0, digits).padEnd(digits, '0')}`
  const units = plain.replace(/^0+(?=\d)/, '')
  return units.length <= MINOR_DIGITS_MAX ? units : null
}

/** Thousands are set apart by threes and by one sign, which is not that of the fraction. */
function isGrouped(whole: string, fractionSign: string): boolean {
  if (/^\d+$/.test(whole)) return true
  const sign = /[.,]/.exec(whole)?.[0] ?? ''
  return sign !== fractionSign && new RegExp(`^\\d{1,3}(\\${sign}\\d{3})+$`).test(whole)
}
