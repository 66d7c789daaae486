import { describe, expect, test } from 'vitest'
import { brandOf } from '../brand.ts'
import { said } from '../testing.ts'

const links = (text: string, details = {}) => said(text, details, undefined, 'link')

describe('links', () => {
  test.each([
    'https://klinkerlaut.de/shop',
    'www.klinkerlaut.example.org',
    'shop.klinkerlaut.de/kaffee',
    'https://t.co/abc',
    'Siehe klinkerlaut.de.',
    'z.B. und d.h. gilt',
    'Danke.Info folgt',
    'um 12.30 Uhr v1.2.de3',
  ])('nothing is said of %s', (text) => expect(links(text)).toEqual([]))

  test.each([
    ['https://example.com/x', 'unlisted'],
    ['kommt auf andere-seite.de/x', 'unlisted'],
    ['https://bit.ly/3abc', 'shortener'],
    ['https://klinkerlaut.com/login', 'look-alike'],
    ['https://klinkerlaut-service.de', 'look-alike'],
    ['https://kIinkerlaut.de.evil.example.com', 'look-alike'],
    ['https://klinkerlaut.de.login.example.com', 'look-alike'],
    ['https://klinkerlauf.de', 'look-alike'],
    ['https://k1inkerlaut.de', 'look-alike'],
    ['https://кlinkerlaut.de', 'look-alike'],
    ['https://klinkerlaut.de@evil.example.com/', 'hidden-host'],
    ['http://192.0.2.7/x', 'address-number'],
    ['https://xn--80ak6aa92e.com/', 'odd-letters'],
  ])('%s is %s', (text, code) => {
    expect(links(text).map((one) => one.split(':')[0])).toEqual([`link.${code}`])
  })

  test('without a list only what is dangerous by itself is said', () => {
    expect(said('https://example.com und https://bit.ly/x', {}, brandOf('x'), 'link')).toEqual([
      'link.shortener: https://bit.ly/x',
    ])
  })

  test('links beside the text are judged where they stand', () => {
    expect(links('Hier', { links: ['https://klinkerlaut.de', 'https://example.com'] })).toEqual([
      'link.unlisted: https://example.com',
    ])
  })
})
