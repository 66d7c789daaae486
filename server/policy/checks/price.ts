import { finding } from '../finding.ts'
import { spanOf } from '../reading.ts'
import type { Check } from './check.ts'

const AMOUNT = String.raw`(?:\d{1,3}(?:[.,' ]\d{3}){1,4}|\d{1,9})(?:[.,](?:\d{1,2}|-{1,2}|–))?`
/** An amount with its currency, or a percentage off. Prices change, and a public text stays. */
const PRICE = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])(?:(?:€|£|US\$|\$|EUR|USD|GBP|CHF)\s?${AMOUNT}|${AMOUNT}\s?(?:€|£|\$|EUR|Euro|euro|USD|GBP|CHF|Franken|pounds|dollars|bucks|pond)(?!\s?\d[\d.,])|\d{1,3}\s?%\s?(?:off|discount|rabatt|korting|reduziert|günstiger|cashback|Nachlass))(?![\p{L}\p{N}])`,
  'giu',
)

export const findPrices: Check = (reading) => {
  const spans = reading.prose.flatMap((piece) =>
    [...piece.text.matchAll(PRICE)].map((match) => spanOf(piece, match.index, match.index + match[0].length)),
  )
  return spans.length > 0 ? [finding('price', 'price', 'low', 'say-what-is-known', { spans })] : []
}
