import { describe, expect, test } from 'vitest'
import { customer, KLINKERLAUT, said } from '../testing.ts'

const DE = { language: 'de' } as const
const NL = { language: 'nl' } as const
const EN = { language: 'en' } as const

describe('promises', () => {
  test.each([
    [DE, 'Wir garantieren Ihnen das.', 'guarantee'],
    [DE, 'Ich verspreche Ihnen, dass es klappt.', 'guarantee'],
    [NL, 'We beloven dat het goed komt.', 'guarantee'],
    [EN, 'We promise it works.', 'guarantee'],
    [EN, 'It will never happen again.', 'guarantee'],
    [DE, 'Wir melden uns bis morgen bei Ihnen.', 'deadline'],
    [DE, 'Sie erhalten Ihr Paket innerhalb von 3 Werktagen.', 'deadline'],
    [NL, 'We lossen het binnen 24 uur op.', 'deadline'],
    [EN, 'We will get back to you within 24 hours.', 'deadline'],
    [DE, 'Wir erstatten Ihnen den Betrag.', 'refund'],
    [DE, 'Sie bekommen Ihr Geld zurück.', 'refund'],
    [NL, 'Je krijgt je geld terug.', 'refund'],
    [EN, "We'll refund you.", 'refund'],
    [EN, 'I can offer you a voucher.', 'refund'],
    [EN, 'We replace it free of charge.', 'refund'],
    [DE, 'Die Versandkosten übernehmen wir.', 'refund'],
    [DE, 'Den Kaufpreis bekommen Sie zurück.', 'refund'],
    [NL, 'De verzendkosten zijn voor onze rekening.', 'refund'],
    [DE, 'Ihr Paket kommt morgen an.', 'deadline'],
    [NL, 'We bellen je vandaag nog terug.', 'deadline'],
    [EN, 'Your parcel will arrive tomorrow.', 'deadline'],
  ] as const)('%j %s', (language, text, check) => {
    expect(said(text, language, undefined, check)).toHaveLength(1)
  })

  test.each([
    [DE, 'Das können wir leider nicht garantieren.', 'guarantee'],
    [DE, 'Garantieren wir das? Was hat man Ihnen versprochen?', 'guarantee'],
    [DE, 'Mein Vorredner sagte: „Wir garantieren Ihnen alles“, das stimmt so.', 'guarantee'],
    [NL, 'Dat kunnen we helaas niet beloven.', 'guarantee'],
    [EN, "We can't promise anything.", 'guarantee'],
    [DE, 'Die Strecke ist bis Freitag gesperrt.', 'deadline'],
    [EN, 'You must report your claim within 24 hours.', 'deadline'],
    [EN, 'To qualify for a full refund, please write to us.', 'refund'],
    [DE, 'Wir können den Betrag nicht erstatten.', 'refund'],
    [DE, 'Wir haben heute bis 18 Uhr geöffnet.', 'deadline'],
    [DE, 'Wie hoch sind die Versandkosten?', 'refund'],
    [NL, 'We zijn vandaag open tot 18 uur.', 'deadline'],
    [EN, "We haven't been able to contact you today.", 'deadline'],
    [EN, 'Please reply today so we can look.', 'deadline'],
  ] as const)('no promise: %j %s', (language, text, check) => {
    expect(said(text, language, undefined, check)).toEqual([])
  })

  test('amounts with a currency and percentages off are prices', () => {
    expect(said('Nur 1.299,00 € statt €1500, 20 % Rabatt', {}, undefined, 'price')).toEqual([
      'price.price: 1.299,00 € | €1500 | 20 % Rabatt',
    ])
    expect(said('Um 12:30 Uhr, 100 % Einsatz, 5 Euroletten', {}, undefined, 'price')).toEqual([])
  })
})

describe('tone', () => {
  test.each([
    [DE, 'Jetzt beruhigen Sie sich doch.', 'dismissive'],
    [NL, 'Eigen schuld, zouden we zeggen.', 'dismissive'],
    [EN, 'As we already explained, calm down.', 'dismissive'],
    [DE, 'Unter uns gesagt ist das Gerät nicht gut.', 'inside-talk'],
    [EN, 'Between you and me, it never worked.', 'inside-talk'],
    [NL, 'Bel mijn privénummer maar.', 'inside-talk'],
    [DE, 'Abonnieren Sie unseren Newsletter!', 'promotion'],
    [EN, 'Check out our new collection, shop now', 'promotion'],
    [NL, 'Volg ons voor meer!', 'promotion'],
  ] as const)('%j %s', (language, text, check) => {
    expect(said(text, language, undefined, check)).toHaveLength(1)
  })

  test('advertising to somebody who complains weighs more; asking to follow for a message is none', () => {
    const answered = { text: 'Das ist schon wieder kaputt!', complaint: true }
    expect(said('Jetzt neu bestellen!', { ...DE, answered }, undefined, 'promotion')).toEqual([
      'promotion.to-complaint: Jetzt neu bestellen',
    ])
    expect(said('Please follow us so that we can send you a DM.', EN, undefined, 'promotion')).toEqual([])
    expect(said('Jetzt bestellen!', { ...DE, kind: 'post' }, undefined, 'promotion')).toEqual([])
  })

  test('an insult is shown without the words around it', () => {
    expect(said('Sie sind wohl ein Idiot, oder? Arschloch!', DE, undefined, 'insult')).toEqual([
      'insult.insult: Idiot | Arschloch',
    ])
    expect(said('Das tut uns leid.', DE, undefined, 'insult')).toEqual([])
  })

  test('capitals over a sentence and marks over marks are loud; abbreviations are not', () => {
    expect(said('BITTE LESEN SIE DIE ANLEITUNG!!!', DE, undefined, 'shouting')).toEqual([
      'shouting.capitals: BITTE LESEN SIE DIE ANLEITUNG',
      'shouting.marks: !!!',
    ])
    for (const text of ['ICE, RE, IC und S-Bahn', 'CDU CSU SPD FDP GRÜ 13 %', 'WLAN im ICE 4', 'Toll!! Wirklich?'])
      expect(said(text, DE, undefined, 'shouting')).toEqual([])
  })
})

describe('form of address', () => {
  test.each([
    ['Können Sie uns deine Nummer schicken?', 'form-of-address.mixed: deine'],
    ['Habt ihr das Gerät? Wir helfen Ihnen gern.', 'form-of-address.mixed: ihr'],
    ['Du kannst uns schreiben.', 'form-of-address.against: Du | kannst'],
    ['Hallo Jette, danke für dein Bild.', 'form-of-address.against: dein'],
  ])('for a brand that says Sie: %s', (text, expected) => {
    expect(said(text, DE, undefined, 'form-of-address')).toEqual([expected])
  })

  test('"sie" that is they, she or her is no form of address', () => {
    for (const text of [
      'Sie haben gewonnen, die Kieler.',
      'Die Kolleginnen sind da: Sie helfen dir gern.',
      'Wir freuen uns für sie und ihren Hund. Was machst du?',
      'Könnt Ihr euch das vorstellen, Ihr Lieben?',
      'JA SIE KOMMEN, DANN MACHST DU MIT',
      'Er sagte: „Können Sie mir helfen?“ Und was denkst du?',
    ])
      expect(said(text, DE, { ...KLINKERLAUT, address: { de: 'du', nl: null } }, 'form-of-address')).toEqual([])
  })

  test('formal words inside a sentence are held against a brand that says du', () => {
    const brand = { ...KLINKERLAUT, address: { de: 'du', nl: 'u' } } as const
    expect(said('Bitte schicken Sie uns Ihr Paket, wir helfen Ihnen.', DE, brand, 'form-of-address')).toEqual([
      'form-of-address.against: Sie | Ihr | Ihnen',
    ])
    expect(said('Stuur ons je nummer.', NL, brand, 'form-of-address')).toEqual(['form-of-address.against: je'])
    expect(
      said('Stuurt u ons je nummer.', NL, { ...brand, address: { de: null, nl: null } }, 'form-of-address'),
    ).toEqual(['form-of-address.mixed: je | u'])
  })

  test('a letter u, a brand without a rule and other languages are left alone', () => {
    expect(said('De U-bocht, lijn U2 en punt u) op de kaart.', NL, undefined, 'form-of-address')).toEqual([])
    expect(said('Is du pain good for you, je demande', EN, undefined, 'form-of-address')).toEqual([])
  })
})

describe('language', () => {
  test('another language is said only when it is sure and the text is long enough', () => {
    const text = 'Thank you very much for your message, we will look into this for you.'
    expect(said(text, DE, undefined, 'language')).toEqual(['language.other-language: '])
    expect(said('Thanks, Jette!', DE, undefined, 'language')).toEqual([])
    expect(said(text, { language: 'en-GB' }, undefined, 'language')).toEqual([])
    expect(said(text, {}, undefined, 'language')).toEqual([])
  })
})

describe('placeholders', () => {
  test.each([
    'Hallo {{first_name}},',
    'Hallo {Name},',
    'Hallo [NAME],',
    'Hi [customer name]',
    'Beste [voornaam],',
    'Hallo <Vorname>,',
    'Hi %FIRST_NAME%,',
    `Hallo $${'{name}'}`,
    'https://x.example/{id}',
    'Hi undefined, thanks',
    '[Link hier einfügen]',
    'Ihr Termin: ____',
    'TODO Preis',
    'am XXXX um',
    'Dear %s,',
    '[insert apology here]',
    '[object Object]',
  ])('%s', (text) => {
    expect(said(text, {}, undefined, 'placeholder')).toHaveLength(1)
  })
  test.each([
    '[...] und weiter',
    '[Video]',
    '[1/2]',
    '[LIVE]',
    'ich <3 das',
    '*___*',
    '100 %',
    '{ }',
    'https://x.example/a___b/TODO',
    'xoxo XX',
    '@max___ hi',
  ])('none: %s', (text) => {
    expect(said(text, {}, undefined, 'placeholder')).toEqual([])
  })
})

describe('other brands', () => {
  const brand = {
    ...KLINKERLAUT,
    others: [
      { name: 'Kontor', handles: ['@kontor'], hashtags: ['#KontorKaffee'], signatures: ['^KO', 'Dein Kontor-Team'] },
    ],
  }
  test('handle, tag, name and signature of a sister brand', () => {
    expect(said('@kontor #kontorkaffee Bei Kontor gern!\nDein Kontor-Team', {}, brand, 'other-brand')).toEqual([
      'other-brand.signature: Dein Kontor-Team',
      'other-brand.handle: @kontor',
      'other-brand.hashtag: #kontorkaffee',
      'other-brand.name: Kontor | Kontor',
    ])
  })
  test('what the customer brought up may be answered; a longer name of ours is not theirs', () => {
    expect(
      said('Kontor ist nebenan.', { answered: { text: 'Wo ist Kontor?', complaint: false } }, brand, 'other-brand'),
    ).toEqual([])
    expect(said('Alles von Kontor Kiel', {}, { ...brand, name: 'Kontor Kiel' }, 'other-brand')).toEqual([])
    expect(said('Das Kontorhaus ^KOR', { customer: customer() }, brand, 'other-brand')).toEqual([])
  })
})

describe('claims and disclosure', () => {
  const brand = {
    ...KLINKERLAUT,
    claims: [
      { id: 'heals', query: 'heilt OR (gegen NEAR/2 Krankheit)', topics: ['tea'], risk: 'high' as const },
      { id: 'best', query: '"das beste"', topics: [], risk: 'low' as const },
      { id: 'broken', query: '"das', topics: [], risk: 'low' as const },
    ],
    disclosures: [{ id: 'loan', when: 'Testgerät', words: ['Leihgabe'] }],
  }
  test('claims are queries, for their topics only, and in texts of pictures as well', () => {
    expect(said('Unser Tee heilt.', { topics: ['tea'] }, brand, 'claim')).toEqual(['claim.claim: heilt'])
    expect(said('Unser Tee heilt.', { topics: ['coffee'] }, brand, 'claim')).toEqual([])
    expect(said('Neu', { title: 'Das Beste', alternatives: ['Einfach das Beste hier'] }, brand, 'claim')).toEqual([
      'claim.claim: Das Beste | das Beste',
    ])
  })
  test('what is paid for says so, at its beginning, in the words of its language', () => {
    const paid = { kind: 'post', paid: true } as const
    expect(said('Unser neuer Partner!', { ...paid, ...DE }, brand, 'disclosure')).toEqual(['disclosure.missing: '])
    expect(said('#ad Unser neuer Partner!', { ...paid, ...DE }, brand, 'disclosure')).toEqual(['disclosure.missing: '])
    expect(said('Werbung: Unser neuer Partner!', { ...paid, ...DE }, brand, 'disclosure')).toEqual([])
    expect(said('#ad our new partner', { ...paid, ...EN }, brand, 'disclosure')).toEqual([])
    expect(
      said(`${'Unser neuer Partner ist da. '.repeat(9)}#Anzeige`, { ...paid, ...DE }, brand, 'disclosure'),
    ).toEqual(['disclosure.late: #Anzeige'])
    expect(said('In Kooperation mit Kontor', { kind: 'post', ...DE }, brand, 'disclosure')).toEqual([
      'disclosure.cue: In Kooperation mit',
    ])
  })
  test('a bot says that it is one, and a rule of the brand wants its words', () => {
    expect(said('Wir sehen nach.', { origin: 'bot', ...DE }, brand, 'disclosure')).toEqual(['disclosure.bot: '])
    expect(said('Ich bin der Chatbot: Wir sehen nach.', { origin: 'bot', ...DE }, brand, 'disclosure')).toEqual([])
    expect(said('Das Testgerät ist da.', DE, brand, 'disclosure')).toEqual(['disclosure.rule: Testgerät'])
    expect(said('Das Testgerät (Leihgabe) ist da.', DE, brand, 'disclosure')).toEqual([])
  })
})
