import { describe, expect, test } from 'vitest'
import { brandOf } from '../brand.ts'
import { customer, KLINKERLAUT, said } from '../testing.ts'

describe('mail addresses', () => {
  test('private ones, hidden spellings, and those of others', () => {
    expect(said('olaf.h@gmx.de', {}, undefined, 'mail-address')).toEqual(['mail-address.private: olaf.h@gmx.de'])
    expect(said('olaf.h (at) gmx (dot) de', {}, undefined, 'mail-address')).toEqual([
      'mail-address.private: olaf.h (at) gmx (dot) de',
    ])
    expect(said('o.heins@firma.example.com', {}, undefined, 'mail-address')).toEqual([
      'mail-address.other: o.heins@firma.example.com',
    ])
  })
  test('ours, an office’s and handles of the fediverse are none', () => {
    for (const text of ['hilfe@klinkerlaut.example.org', 'info@bahn.example.com', '@jette@social.example.com hallo'])
      expect(said(text, {}, undefined, 'mail-address')).toEqual([])
  })
})

describe('addresses, birth dates and plates', () => {
  test.each([
    ['Wir kommen in die Gartenstraße 77, 24103 Kiel.', 'postal-address.address: Gartenstraße 77, 24103 Kiel'],
    ['Die Weberstr. 4a stimmt?', 'postal-address.street: Weberstr. 4a'],
    ['Breite Straße 12', 'postal-address.street: Breite Straße 12'],
    [
      'We komen naar de Prinsengracht 263, 1016 GV Amsterdam',
      'postal-address.address: Prinsengracht 263, 1016 GV Amsterdam',
    ],
    ['postcode 1016GV 12 klopt', 'postal-address.address: postcode 1016GV 12'],
    ['Is it 12 Baker Street?', 'postal-address.street: 12 Baker Street'],
    ['sent to SW1A 1AA today', 'postal-address.street: SW1A 1AA'],
  ])('%s', (text, expected) => {
    expect(said(text, {}, undefined, 'postal-address')).toEqual([expected])
  })
  test('our shop, ranks, platforms, years and roads are no address of a person', () => {
    for (const text of [
      'Turmstraße 5',
      'Platz 3 für uns',
      'Bahnsteig 4',
      'Bundesstraße 5',
      'Im Jahr 2016 DB Cargo',
      'der Weg 3 ist frei',
      'Unsere Filiale am Rathausplatz 3 ist offen',
      'Je vindt onze winkel aan de Hoofdstraat 12',
    ])
      expect(said(text, {}, undefined, 'postal-address')).toEqual([])
  })
  test('a date is a birth date only where it is called so', () => {
    expect(said('geboren am 3.4.1981', {}, undefined, 'birth-date')).toEqual([
      'birth-date.birth-date: geboren am 3.4.1981',
    ])
    expect(said('date of birth: 4 April 1981', {}, undefined, 'birth-date')).toHaveLength(1)
    expect(said('geboortedatum 04-04-1981', {}, undefined, 'birth-date')).toHaveLength(1)
    expect(said('am 3.4.2026 geliefert; date of birth bitte per DM', {}, undefined, 'birth-date')).toEqual([])
  })
  test('plates', () => {
    expect(said('KI-AB 123 und 12-ABC-3', {}, undefined, 'number-plate')).toEqual([
      'number-plate.number-plate: KI-AB 123 | 12-ABC-3',
    ])
    expect(said('IC 1234, RE-5, S-Bahn', {}, undefined, 'number-plate')).toEqual([])
  })
})

describe('names', () => {
  test('a surname that the network does not show is not said in public', () => {
    const details = { customer: customer() }
    expect(said('Hallo Frau Brandhorst!', details, undefined, 'customer-name')).toEqual([
      'customer-name.not-public: Frau Brandhorst',
    ])
    expect(said('Brandhorst Jette', details, undefined, 'customer-name')).toHaveLength(1)
    expect(said('Hallo Jette!', details, undefined, 'customer-name')).toEqual([])
    const open = { customer: customer({ publicNames: ['Jette Brandhorst'] }) }
    expect(said('Hallo Frau Brandhorst!', open, undefined, 'customer-name')).toEqual([])
  })
  test('an answer that begins with another handle or greets another is looked at once more', () => {
    const details = { customer: customer() }
    expect(said('@olaf Hallo!', details, undefined, 'recipient')).toEqual(['recipient.other-handle: @olaf'])
    expect(said('@jette_b Hallo!', details, undefined, 'recipient')).toEqual([])
    expect(said('Hallo Olaf, danke!', details, undefined, 'recipient')).toEqual(['recipient.other-name: Olaf'])
    for (const text of ['Hallo Jette, danke', 'Hallo zusammen', 'Hi there', 'Guten Morgen Frau Brandhorst'])
      expect(said(text, details, undefined, 'recipient')).toEqual([])
  })
  test('a colleague’s full name and own mail stay inside', () => {
    const brand = {
      ...KLINKERLAUT,
      colleagues: [{ name: 'Meike Tönnies', mails: ['meike@klinkerlaut.example.org'], phones: [] }],
    }
    expect(said('Meike Toennies, Meike Tönnies', {}, brand, 'colleague')).toEqual([
      'colleague.full-name: Meike Tönnies',
    ])
    expect(said('meike@klinkerlaut.example.org', {}, brand)).toEqual([
      'mail-address.of-colleague: meike@klinkerlaut.example.org',
    ])
    expect(said('Viele Grüße, Meike', {}, brand, 'colleague')).toEqual([])
  })
  test('data is asked for where others do not read', () => {
    expect(said('Wie lautet Ihre Bestellnummer?', {}, undefined, 'asks-personal')).toEqual([
      'asks-personal.asks-personal: Ihre Bestellnummer',
    ])
    expect(said('Can you send us your order number?', {}, brandOf('x'), 'asks-personal')).toHaveLength(1)
    expect(said('Stuur ons je klantnummer.', {}, undefined, 'asks-personal')).toHaveLength(1)
    for (const text of [
      'Schicken Sie uns Ihre Bestellnummer bitte per DM.',
      'Ihre Bestellnummer steht auf der Rechnung.',
    ])
      expect(said(text, {}, undefined, 'asks-personal')).toEqual([])
  })

  test('a link of ours is a way that others do not read; a shortener or a host that is not listed is none', () => {
    const asked = 'Nennen Sie mir Ihre Kundennummer und Ihre IBAN'
    const found = ['asks-personal.asks-personal: Ihre Kundennummer | Ihre IBAN']
    for (const link of [
      'bit.ly/x',
      'https://bit.ly/x',
      'https://k1inkerlaut.de/kontakt',
      'https://formulare.example/x',
    ])
      expect(said(`${asked}: ${link}`, {}, undefined, 'asks-personal')).toEqual(found)
    expect(said(`${asked}.`, { links: ['https://bit.ly/x'] }, undefined, 'asks-personal')).toEqual(found)
    for (const link of ['https://klinkerlaut.de/kontakt', 'klinkerlaut.de/kontakt', 'https://hilfe.klinkerlaut.de/'])
      expect(said(`${asked}: ${link}`, {}, undefined, 'asks-personal')).toEqual([])
    expect(said(`${asked}.`, { links: ['https://klinkerlaut.de/kontakt'] }, undefined, 'asks-personal')).toEqual([])
    const english = 'Can you send us your order number? Use this link: bit.ly/x'
    expect(said(english, {}, undefined, 'asks-personal')).toHaveLength(1)
  })

  test('where no list of hosts is kept, a link that is not suspect is taken for ours', () => {
    const asked = 'Can you send us your order number?'
    expect(said(`${asked} https://help.example.com/x`, {}, brandOf('x'), 'asks-personal')).toEqual([])
    expect(said(`${asked} https://bit.ly/x`, {}, brandOf('x'), 'asks-personal')).toHaveLength(1)
  })
})
