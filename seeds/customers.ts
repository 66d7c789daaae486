/**
 * What the clients' own systems know of some of the public: numbers, addresses, orders and contracts, and what colleagues
 * noted. Invented throughout; phone numbers are from the ranges that the German regulator keeps free for films.
 */
export interface Purchase {
  number: string
  kind: 'order' | 'contract'
  title: string
  daysAgo: number
  /** Cents; of a contract a month. */
  cents?: number
  state?: 'completed' | 'cancelled' | 'refunded'
}

export interface CustomerRecord {
  workspace: string
  /** Key of the public account (cast.ts). */
  account: string
  number: string
  mails?: string[]
  phones?: string[]
  city?: string
  /** For whom they buy, and as what. */
  organisation?: { name: string; role: string }
  tags?: string[]
  /** Key of the colleague, and what they wrote. */
  notes?: { by: string; text: string }[]
  purchases: Purchase[]
}

/** What the system of the client is called. */
export const CUSTOMER_SYSTEM = 'kundenbuch'

export const customerRecords: CustomerRecord[] = [
  {
    workspace: 'kobaltfon',
    account: 'jutta',
    number: 'K-104417',
    mails: ['jutta.wieland@mailbox.example.org'],
    phones: ['+49 30 23125 417'],
    city: 'Berlin',
    tags: ['Stammkundin', 'telefoniert ungern'],
    notes: [
      {
        by: 'sahra',
        text: 'Möchte schriftlich informiert werden, am liebsten per Mail. Ruft nur an, wenn nichts mehr geht.',
      },
      { by: 'ruben', text: 'Zwei Mahnungen waren unser Fehler (Umstellung der Abbuchung). Kulanz von 25 € zugesagt.' },
    ],
    purchases: [
      { number: 'V-88120', kind: 'contract', title: 'Kobalt Glasklar 250', daysAgo: 1460, cents: 4495 },
      { number: 'B-20391', kind: 'order', title: 'Kobaltbox 7', daysAgo: 210, cents: 17900, state: 'completed' },
      { number: 'B-21877', kind: 'order', title: 'Netzteil, Ersatz', daysAgo: 35, cents: 2490, state: 'refunded' },
    ],
  },
  {
    workspace: 'kobaltfon',
    account: 'becker-kiel',
    number: 'K-220935',
    mails: ['tom.becker@foerde.example.org'],
    city: 'Kiel',
    tags: ['Technik'],
    notes: [
      {
        by: 'jonas',
        text: 'Kennt sich aus, misst selbst nach. Messwerte ernst nehmen, nicht nach dem Neustart fragen.',
      },
    ],
    purchases: [
      { number: 'V-90217', kind: 'contract', title: 'Kobalt Glasklar 1000', daysAgo: 800, cents: 6995 },
      { number: 'B-22410', kind: 'order', title: 'Kobaltbox 7 Pro', daysAgo: 120, cents: 24900, state: 'completed' },
    ],
  },
  {
    workspace: 'kobaltfon',
    account: 'yvonne',
    number: 'K-317702',
    mails: ['y.hartwig@klinik.example.org'],
    phones: ['+49 30 23125 226'],
    organisation: { name: 'Klinikum am Deister', role: 'Stationsleitung' },
    tags: ['Klinik'],
    purchases: [{ number: 'V-91844', kind: 'contract', title: 'Kobalt Business', daysAgo: 500, cents: 11900 }],
  },
  {
    workspace: 'kobaltfon',
    account: 'saskia',
    number: 'K-401188',
    mails: ['saskia.r@mailbox.example.org'],
    phones: ['+49 171 39200 17', '+49 176 040690 21'],
    city: 'Celle',
    purchases: [
      { number: 'V-97003', kind: 'contract', title: 'Kobalt Glasklar 100', daysAgo: 300, cents: 2995 },
      { number: 'B-23012', kind: 'order', title: 'Umzugspaket', daysAgo: 12, cents: 5990, state: 'completed' },
    ],
  },
  {
    workspace: 'kobaltfon',
    account: 'dietmar',
    number: 'K-100231',
    mails: ['dietmar.schlueter@post.example.org'],
    phones: ['+49 40 66969 118'],
    tags: ['Rechnung'],
    notes: [
      { by: 'jonas', text: 'Bekommt Rechnungen auf Papier. Zweite Rechnung im Oktober war doppelt, ist storniert.' },
    ],
    purchases: [
      { number: 'V-70455', kind: 'contract', title: 'Kobalt Glasklar 50', daysAgo: 2900, cents: 2495 },
      { number: 'B-19922', kind: 'order', title: 'Telefon Kobalt Klar', daysAgo: 340, cents: 4990, state: 'completed' },
    ],
  },
  {
    workspace: 'kobaltfon',
    account: 'lale',
    number: 'K-512660',
    mails: ['redaktion@lale-aksoy.example.org'],
    organisation: { name: 'Tagesblick Nord', role: 'freie Journalistin' },
    tags: ['Presse'],
    notes: [{ by: 'ruben', text: 'Presse: Anfragen gehen an die Pressestelle, nicht an den Kundendienst.' }],
    purchases: [],
  },
  {
    workspace: 'steenvlerk',
    account: 'joost',
    number: '7741',
    mails: ['joost.vandenberg@post.example.org'],
    city: 'Zwolle',
    tags: ['vaste klant'],
    notes: [{ by: 'fenna', text: 'Derde paar Drift in twee jaar. Stuur bij garantie meteen een retourlabel mee.' }],
    purchases: [
      { number: 'SV-5120', kind: 'order', title: 'Drift trailschoenen', daysAgo: 60, cents: 14900, state: 'completed' },
      { number: 'SV-4711', kind: 'order', title: 'Kiekendief 3 tent', daysAgo: 290, cents: 42900, state: 'completed' },
    ],
  },
  {
    workspace: 'steenvlerk',
    account: 'ulf',
    number: '8020',
    mails: ['ulf.petersen@wanderpost.example.org'],
    tags: ['vaste klant'],
    purchases: [
      { number: 'SV-5301', kind: 'order', title: 'Noorder 65 rugzak', daysAgo: 25, cents: 21900, state: 'completed' },
      { number: 'SV-4980', kind: 'order', title: 'Strandlopers', daysAgo: 180, cents: 12900, state: 'completed' },
    ],
  },
  {
    workspace: 'felsdohle',
    account: 'karo',
    number: 'FD-3310',
    mails: ['karolin.weiss@kletterhalle.example.org'],
    organisation: { name: 'Kletterhalle Allgäublick', role: 'Einkauf' },
    tags: ['Händlerin'],
    purchases: [
      {
        number: 'FD-90112',
        kind: 'order',
        title: 'Grat Gurte, 12 Stück',
        daysAgo: 90,
        cents: 83880,
        state: 'completed',
      },
      { number: 'FD-90544', kind: 'order', title: 'Karst Seil 70 m', daysAgo: 14, cents: 19900, state: 'completed' },
    ],
  },
]

export interface SegmentSeed {
  workspace: string
  name: string
  purpose: string
  rule: {
    match: 'all' | 'any'
    conditions: (
      | { field: 'spent' | 'contracts' | 'detractor' | 'influence'; is: 'atLeast'; amount: number }
      | { field: 'lastContact'; is: 'within'; days: number }
      | { field: 'tags'; is: 'anyOf'; words: string[] }
    )[]
  }
}

export const segmentSeeds: SegmentSeed[] = [
  {
    workspace: 'kobaltfon',
    name: 'Vertragskunden mit Ärger',
    purpose: 'Zuerst beantworten: Sie haben einen Vertrag und sind verärgert.',
    rule: {
      match: 'all',
      conditions: [
        { field: 'contracts', is: 'atLeast', amount: 1 },
        { field: 'detractor', is: 'atLeast', amount: 8 },
      ],
    },
  },
  {
    workspace: 'kobaltfon',
    name: 'Presse und große Reichweite',
    purpose: 'Anfragen an die Pressestelle geben.',
    rule: {
      match: 'any',
      conditions: [
        { field: 'tags', is: 'anyOf', words: ['Presse'] },
        { field: 'influence', is: 'atLeast', amount: 55 },
      ],
    },
  },
  {
    workspace: 'steenvlerk',
    name: 'Vaste klanten',
    purpose: 'Krijgen eerst bericht als er een nieuwe collectie is.',
    rule: { match: 'all', conditions: [{ field: 'spent', is: 'atLeast', amount: 250 }] },
  },
]
