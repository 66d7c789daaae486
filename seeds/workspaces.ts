import type { Role } from './team.ts'

/** One client of the agency: what it listens to, where, and who works on it. */
export interface WorkspaceSeed {
  key: string
  name: string
  brand: string
  languages: ('de' | 'nl' | 'en')[]
  topics: { name: string; query: string; kind: 'brand' | 'competitor' | 'category'; purpose: string }[]
  /** Keys of sites whose feed is heard. */
  feeds: string[]
  /** Key of the brand's own account; its app password stands in cast.ts. */
  account: string
  hearsStream: boolean
  members: { member: string; role: Role }[]
  tags: string[]
  macros: {
    name: string
    language: 'de' | 'nl' | 'en'
    text: string
    variants?: { language: 'de' | 'nl' | 'en'; text: string }[]
  }[]
}

export const workspaceSeeds: WorkspaceSeed[] = [
  {
    key: 'kobaltfon',
    name: 'Kobaltfon',
    brand: 'Kobaltfon',
    languages: ['de', 'en'],
    topics: [
      {
        name: 'Kobaltfon',
        query: 'kobaltfon* OR kobaltbox* OR @kobaltfon.test',
        kind: 'brand',
        purpose: 'everything about the brand',
      },
      {
        name: 'Störungen',
        query:
          '(kobaltfon* OR kobaltbox*) AND (störung* OR ausfall* OR "kein netz" OR "kein internet" OR offline OR funkloch)',
        kind: 'category',
        purpose: 'trouble in the network',
      },
      {
        name: 'Kündigung',
        query: '(kobaltfon* OR kobaltbox*) AND (künd* OR wechsel* OR wechsle OR sonderkündigung)',
        kind: 'category',
        purpose: 'customers about to leave',
      },
      {
        name: 'Falsche Absender',
        query: 'kobaltfon* AND (gewinn* OR gewonnen OR direktnachricht OR verifizier*) AND NOT author:kobaltfon.test',
        kind: 'category',
        purpose: 'imitations of the brand',
      },
    ],
    feeds: ['netzgeplauder', 'tagesblick-nord', 'sternchenurteil'],
    account: 'kobaltfon',
    hearsStream: true,
    members: [
      { member: 'meike', role: 'owner' },
      { member: 'milan', role: 'admin' },
      { member: 'ruben', role: 'lead' },
      { member: 'sahra', role: 'agent' },
      { member: 'jonas', role: 'agent' },
      { member: 'clara', role: 'works-council' },
      { member: 'henrik', role: 'data-protection' },
    ],
    tags: ['Störung', 'Rechnung', 'Vertrag', 'Lob', 'Technik', 'Datenschutz'],
    macros: [
      {
        name: 'Kundennummer erbitten',
        language: 'de',
        text: 'Das sehen wir uns gern an. Schicken Sie uns bitte Ihre Kundennummer per Direktnachricht, nicht hier öffentlich.',
      },
      {
        name: 'Störung bekannt',
        language: 'de',
        text: 'Danke für den Hinweis. Die Störung ist bekannt, die Technik ist dran. Sobald es Neues gibt, schreiben wir es hier.',
        variants: [
          {
            language: 'en',
            text: 'Thank you for telling us. The fault is known and our engineers are on it. We post here as soon as there is news.',
          },
        ],
      },
      {
        name: 'Persönliche Daten löschen',
        language: 'de',
        text: 'Bitte löschen Sie den Beitrag zu Ihrem eigenen Schutz: Er enthält persönliche Daten. Wir melden uns auf sicherem Weg.',
      },
    ],
  },
  {
    key: 'steenvlerk',
    name: 'Steenvlerk',
    brand: 'Steenvlerk',
    languages: ['nl', 'de', 'en'],
    topics: [
      {
        name: 'Steenvlerk',
        query: 'steenvlerk* OR @steenvlerk.test',
        kind: 'brand',
        purpose: 'everything about the brand',
      },
      {
        name: 'Kapot / kaputt',
        query:
          'steenvlerk* AND (kapot OR gescheurd OR gebroken OR lek OR kaputt OR gerissen OR gebrochen OR undicht OR broken OR snapped OR leak*)',
        kind: 'category',
        purpose: 'broken products',
      },
      { name: 'Felsdohle', query: 'felsdohle* AND NOT steenvlerk*', kind: 'competitor', purpose: 'the competitor' },
    ],
    feeds: ['paklicht', 'sternchenurteil'],
    account: 'steenvlerk',
    hearsStream: true,
    members: [
      { member: 'meike', role: 'owner' },
      { member: 'milan', role: 'admin' },
      { member: 'ruben', role: 'lead' },
      { member: 'fenna', role: 'agent' },
      { member: 'sahra', role: 'agent' },
      { member: 'clara', role: 'works-council' },
      { member: 'henrik', role: 'data-protection' },
    ],
    tags: ['reparatie', 'garantie', 'maat', 'levering', 'compliment', 'materiaal'],
    macros: [
      {
        name: 'Reparatie aanmelden',
        language: 'nl',
        text: 'Wat balen. Stuur ons een foto van de schade en je bestelnummer via een privébericht, dan regelen we de reparatie.',
      },
      {
        name: 'Reparatur anmelden',
        language: 'de',
        text: 'Das ist ärgerlich. Schicken Sie uns ein Foto und die Bestellnummer per Direktnachricht, dann kümmert sich die Werkstatt.',
      },
    ],
  },
  {
    key: 'felsdohle',
    name: 'Felsdohle',
    brand: 'Felsdohle',
    languages: ['de', 'en'],
    topics: [
      {
        name: 'Felsdohle',
        query: 'felsdohle* OR @felsdohle.test',
        kind: 'brand',
        purpose: 'everything about the brand',
      },
      { name: 'Steenvlerk', query: 'steenvlerk* AND NOT felsdohle*', kind: 'competitor', purpose: 'the competitor' },
    ],
    feeds: ['paklicht', 'sternchenurteil'],
    account: 'felsdohle',
    hearsStream: true,
    members: [
      { member: 'meike', role: 'owner' },
      { member: 'ruben', role: 'lead' },
      { member: 'jonas', role: 'agent' },
      { member: 'henrik', role: 'data-protection' },
    ],
    tags: ['Reklamation', 'Größe', 'Lieferung', 'Lob'],
    macros: [],
  },
]
