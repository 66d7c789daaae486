/**
 * An amount in minor units, as text, in the reader's way of writing money. The digits never pass through a number: an
 * amount may have more of them than a number holds.
 */
export function amountText(locale: string, amount: string, currency: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  const padded = amount.padStart(digits + 1, '0')
  const decimal = digits === 0 ? padded : `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
  return format.format(decimal as Intl.StringNumericLiteral)
}
