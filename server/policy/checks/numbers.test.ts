import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customer, findingsOf, said } from '../testing.ts'
import { passesLuhn } from './card-number.ts'
import { remainderOf97 } from './iban.ts'

const COUNTRIES: readonly (readonly [string, number])[] = [
  ['DE', 18],
  ['NL', 14],
  ['GB', 18],
  ['FR', 23],
  ['BE', 12],
  ['MT', 27],
]
const digits = (count: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }).map((all) => all.join(''))

const iban = fc.constantFrom(...COUNTRIES).chain(([country, length]) =>
  digits(length).map((account) => {
    const check = 98 - remainderOf97(`${account}${country}00`)
    return `${country}${String(check).padStart(2, '0')}${account}`
  }),
)
const card = digits(14).map((middle) => {
  const open = `4${middle}`
  const last = [...'0123456789'].find((one) => passesLuhn(open + one))
  return last === undefined ? '4111111111111111' : open + last
})
const separator = fc.constantFrom('', '', ' ', '-', '.', '\u00a0', ' - ', '\u200b', '\u2009')
/** Any grouping: behind every character may stand something. */
const grouped = (number: fc.Arbitrary<string>) =>
  fc.tuple(number, fc.array(separator, { minLength: 40, maxLength: 40 })).map(([plain, between]) => ({
    plain,
    written: [...plain]
      .map((one, at) => one + (at < plain.length - 1 ? between[at] : ''))
      .join('')
      .replaceAll(' - ', ' -'),
  }))
/** Words and marks around it, of any script; no digits, which might belong to the number. */
const around = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/[\p{N}\p{Lu}\p{Ll}]/gu, 'ü'))

describe('numbers in any place and grouping', () => {
  test('a valid IBAN is found where it stands, and nothing else is shown', () => {
    fc.assert(
      fc.property(grouped(iban), around, around, ({ written }, before, after) => {
        const text = `${before}, ${written}, ${after}`
        expect(said(text, {}, undefined, 'iban')).toEqual([`iban.iban: ${written}`])
      }),
      { numRuns: 300 },
    )
  })

  test('an IBAN with one wrong digit is not found', () => {
    fc.assert(
      fc.property(iban, fc.integer({ min: 2, max: 11 }), fc.integer({ min: 1, max: 9 }), (plain, at, by) => {
        const wrong = plain.slice(0, at) + ((Number(plain[at]) + by) % 10) + plain.slice(at + 1)
        expect(said(`Konto ${wrong} bitte`, {}, undefined, 'iban')).toEqual([])
      }),
    )
  })

  test('a payment card is found in any grouping, and only once', () => {
    fc.assert(
      fc.property(grouped(card), around, around, ({ written }, before, after) => {
        const text = `${before}; ${written}; ${after}`
        expect(said(text, {}, undefined, 'card-number')).toEqual([`card-number.card-number: ${written}`])
      }),
      { numRuns: 300 },
    )
  })

  test('mobile numbers of Germany, the Netherlands and Britain are found as people group them', () => {
    const written = [
      '0151 12345678',
      '+49 (0)151 / 123 456 78',
      '0049-151-12345678',
      '06-12345678',
      '+31 6 12 34 56 78',
      '07911 123456',
      '+447911123456',
    ]
    for (const number of written)
      expect(said(`Melden Sie sich unter ${number}, danke.`, { language: 'de' }, undefined, 'phone-number')).toEqual([
        `phone-number.other: ${number}`,
      ])
  })

  test('dates, prices, own numbers, free numbers and numbers in addresses are no phones', () => {
    for (const text of [
      'Gültig vom 03. 08. 2015 bis 10.08.2015 um 06:30 Uhr',
      'Es waren 1.234.567,89 € im Jahr 2014/2015',
      'Rufen Sie uns an: 0800 330 1000 oder 040 5550123',
      'https://klinkerlaut.de/0151/12345678',
      'IC 2023, RE 4711, Gleis 3, 45 Minuten',
    ])
      expect(said(text, {}, undefined, 'phone-number')).toEqual([])
  })

  test('the language says in which country a number is sought first', () => {
    expect(said('Bel mij op 06-12345678.', { language: 'nl' }, undefined, 'phone-number')).toEqual([
      'phone-number.other: 06-12345678',
    ])
  })

  test('two numbers beside each other are two', () => {
    expect(said('0151 12345678 0160 98765432', {}, undefined, 'phone-number')).toEqual([
      'phone-number.other: 0151 12345678 | 0160 98765432',
    ])
  })
})

describe('what is known of the customer', () => {
  test('their own order number is found in any writing, before anything else that it looks like', () => {
    expect(said('Ihre Bestellung kl-2041 17 kommt.', { customer: customer() })).toContain(
      'customer-number.of-customer: kl-2041 17',
    )
    expect(said('Ihre Bestellung KL-2041-18 kommt.', { customer: customer() })).toContain(
      'customer-number.pattern: KL-2041-18',
    )
    expect(said('Ihre Bestellung KL-2041-177 kommt.', { customer: customer() }, undefined, 'customer-number')).toEqual(
      [],
    )
  })

  test('digests are enough: nothing is handed in in the clear', () => {
    const of = (key: string): string => createHash('sha256').update(`salt ${key}`).digest('hex')
    const known = (key: string) => ({ plain: [], digests: { of, values: new Set([of(key)]) } })
    const details = {
      customer: customer({
        numbers: known('KL204117'),
        mails: known('a@b.example.com'),
        phones: known('+4915112345678'),
      }),
    }
    expect(said('KL 2041 17, A@B.example.com, 0151 12345678', details)).toEqual([
      'mail-address.of-customer: A@B.example.com',
      'phone-number.of-customer: 0151 12345678',
      'customer-number.of-customer: KL 2041 17',
    ])
  })

  test('in a private message their own data is no finding, somebody else’s is', () => {
    const details = { kind: 'private', customer: customer() } as const
    expect(said('Jette Brandhorst, KL-2041-17, jette.brandhorst@kunde.example.com, 0151 12345678', details)).toEqual([])
    expect(said('olaf@gmail.com', details)).toEqual(['mail-address.private: olaf@gmail.com'])
  })

  test('numbers that are named are found, with what they are', () => {
    const texts = {
      'Ihre Kundennummer lautet 48-11-77.': 'customer-number.named: 48-11-77',
      'Je bestelnummer is 55512345': 'customer-number.named: 55512345',
      'your order number is #A55512345, thanks': 'customer-number.named: A55512345',
      'Ihre Sendung (00340434161094021501) kommt.': 'customer-number.named: 00340434161094021501',
      'Your ref is 8847-2231': 'customer-number.case: 8847-2231',
      'Case number 0012345': 'customer-number.case: 0012345',
    }
    for (const [text, expected] of Object.entries(texts))
      expect(said(text, {}, undefined, 'customer-number')).toEqual([expected])
    for (const text of ['Bitte nennen Sie uns Ihre Kundennummer per DM.', 'order number please', 'We are number 1000'])
      expect(said(text, {}, undefined, 'customer-number')).toEqual([])
  })

  test('a finding never repeats what it found', () => {
    const secret = ['jette.brandhorst@kunde.example.com', '015112345678', 'KL204117', 'DE89370400440532013000']
    const findings = findingsOf(secret.join(', '), { customer: customer() })
    expect(findings).toHaveLength(4)
    for (const { values } of findings) for (const one of secret) expect(JSON.stringify(values)).not.toContain(one)
  })
})
