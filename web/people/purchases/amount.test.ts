import { expect, test } from 'vitest'
import { amountText } from './amount.ts'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

test.each([
  ['de', '12000', 'EUR', '120,00 €'],
  ['en-GB', '5', 'EUR', '€0.05'],
  ['en-GB', '5000', 'JPY', 'JP¥5,000'],
  ['de', '1234', 'KWD', '1,234 KWD'],
  ['de', '900719925474099312', 'EUR', '9.007.199.254.740.993,12 €'],
])('%s writes %s minor units of %s as %s', (locale, amount, currency, written) => {
  expect(plain(amountText(locale, amount, currency))).toBe(written)
})
