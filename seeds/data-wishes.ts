import type { ConsentPurpose, ObjectionKind, StatementChannel } from '../contract/people-consent.ts'
import type { REQUEST_KINDS, REQUEST_OUTCOMES } from '../contract/privacy-requests.ts'

/**
 * What some of the public want done with their data: what they asked for, what they agreed to, and what they do not want.
 * Invented throughout; days count back from the day on which the demo begins.
 */
type Channel = Exclude<StatementChannel, 'portal'>
type Language = 'de' | 'nl' | 'en'

export type RequestStep =
  | { step: 'confirm' | 'doubt'; how: string }
  | { step: 'assign'; to: string }
  | { step: 'note'; text: string }
  | { step: 'extend'; because: string }
  | { step: 'copy' }
  | { step: 'erase' }
  | { step: 'close'; outcome: (typeof REQUEST_OUTCOMES)[number]; because: string }

/** Somebody who speaks nowhere and is known by a record alone. */
export interface FormerCustomer {
  number: string
  name: string
  mail: string
  city: string
}

export interface RequestSeed {
  workspace: string
  /** Key of the colleague who works on it. */
  by: string
  kind: (typeof REQUEST_KINDS)[number]
  /** Key of the public account; absent: nobody who is known, or a former customer. */
  account?: string
  former?: FormerCustomer
  /** As they named themselves. */
  requester: string
  channel: Channel
  language: Language
  daysAgo: number
  details: string
  steps: RequestStep[]
}

export const requestSeeds: RequestSeed[] = [
  {
    workspace: 'kobaltfon',
    by: 'milan',
    kind: 'access',
    account: 'gregor',
    requester: 'Gregor Matthes',
    channel: 'letter',
    language: 'de',
    daysAgo: 35,
    details: 'Ich möchte wissen, was Sie über mich gespeichert haben, auch was am Telefon mitgeschrieben wurde.',
    steps: [
      { step: 'confirm', how: 'Rückruf unter der Nummer aus dem Vertrag' },
      { step: 'assign', to: 'milan' },
      { step: 'note', text: 'Der Brief lag drei Wochen in der Filiale, bevor er weitergegeben wurde.' },
    ],
  },
  {
    workspace: 'kobaltfon',
    by: 'meike',
    kind: 'rectification',
    account: 'owen',
    requester: 'Owen Pritchard',
    channel: 'mail',
    language: 'en',
    daysAgo: 28,
    details:
      'Your letters still go to my old flat in Wedding. I moved in August; please correct the address everywhere.',
    steps: [{ step: 'assign', to: 'meike' }],
  },
  {
    workspace: 'kobaltfon',
    by: 'meike',
    kind: 'access',
    account: 'durchblicker',
    requester: 'Durchblicker',
    channel: 'network',
    language: 'de',
    daysAgo: 24,
    details: 'Alles, was Sie über mich haben. Und zwar alles.',
    steps: [
      { step: 'confirm', how: 'Hat den Code aus unserer Direktnachricht zurückgeschickt' },
      { step: 'extend', because: 'Viele Gespräche mit anderen Beteiligten, die geprüft werden müssen' },
    ],
  },
  {
    workspace: 'kobaltfon',
    by: 'meike',
    kind: 'erasure',
    account: 'hildegard',
    requester: 'Hildegard Brandt',
    channel: 'letter',
    language: 'de',
    daysAgo: 2,
    details: 'Mein Enkel sagt, man kann sich löschen lassen. Bitte löschen Sie mich. Es war nett bei Ihnen.',
    steps: [],
  },
  {
    workspace: 'kobaltfon',
    by: 'milan',
    kind: 'access',
    account: 'jutta',
    requester: 'Jutta Wieland',
    channel: 'mail',
    language: 'de',
    daysAgo: 11,
    details: 'Bitte schicken Sie mir eine Kopie meiner Daten, bevor ich über den Vertrag entscheide.',
    steps: [
      { step: 'confirm', how: 'Kundennummer genannt und von der Adresse aus dem Vertrag geschrieben' },
      { step: 'copy' },
      { step: 'close', outcome: 'fulfilled', because: 'Kopie übergeben' },
    ],
  },
  {
    workspace: 'kobaltfon',
    by: 'meike',
    kind: 'access',
    requester: '„Jutta Wieland“, geschrieben von kobaltfon-hilfe.test',
    channel: 'network',
    language: 'de',
    daysAgo: 8,
    details: 'Senden Sie mir Adresse, Rufnummer und Kundennummer zu meinem Vertrag, ich habe alles verlegt.',
    steps: [
      { step: 'doubt', how: 'Ein nachgemachtes Konto; Frau Wieland weiß von nichts' },
      { step: 'close', outcome: 'refused', because: 'Wer fragt, ist nicht die Person' },
    ],
  },
  {
    workspace: 'kobaltfon',
    by: 'meike',
    kind: 'erasure',
    former: {
      number: 'K-090114',
      name: 'Roswitha Kamp-Ehlers',
      mail: 'r.kamp-ehlers@post.example.org',
      city: 'Hameln',
    },
    requester: 'Roswitha Kamp-Ehlers',
    channel: 'letter',
    language: 'de',
    daysAgo: 9,
    details: 'Ich bin seit zwei Jahren keine Kundin mehr und möchte nicht mehr geführt werden.',
    steps: [
      { step: 'confirm', how: 'Unterschrift mit dem Vertrag verglichen' },
      { step: 'erase' },
      { step: 'close', outcome: 'fulfilled', because: 'Gelöscht und schriftlich bestätigt' },
    ],
  },
  {
    workspace: 'steenvlerk',
    by: 'milan',
    kind: 'access',
    account: 'dirk',
    requester: 'Dirk Hofman',
    channel: 'mail',
    language: 'nl',
    daysAgo: 27,
    details: 'Ik wil weten wat jullie over mij bewaren en aan wie jullie het doorgeven.',
    steps: [{ step: 'confirm', how: 'Gebeld op het nummer van de bestelling' }],
  },
  {
    workspace: 'steenvlerk',
    by: 'meike',
    kind: 'portability',
    account: 'maeve',
    requester: "Maeve O'Connell",
    channel: 'mail',
    language: 'en',
    daysAgo: 5,
    details: 'Please send my orders and reviews in a form that I can take to another shop.',
    steps: [{ step: 'assign', to: 'milan' }],
  },
  {
    workspace: 'steenvlerk',
    by: 'milan',
    kind: 'objection',
    account: 'esmee',
    requester: 'Esmée van der Heide',
    channel: 'network',
    language: 'nl',
    daysAgo: 13,
    details: 'Ik wil niet dat jullie bijhouden hoe vaak ik iets goeds of slechts schrijf.',
    steps: [
      { step: 'confirm', how: 'Schreef vanaf haar eigen account' },
      { step: 'close', outcome: 'fulfilled', because: 'Vastgelegd als bezwaar; er wordt niets meer berekend' },
    ],
  },
  {
    workspace: 'felsdohle',
    by: 'meike',
    kind: 'access',
    account: 'magnus',
    requester: 'Magnus Edlinger, Hüttenwirt a. D.',
    channel: 'letter',
    language: 'de',
    daysAgo: 12,
    details: 'Was steht über mich in Ihrem Computer? Bitte auf Papier, ich habe oben kein Netz.',
    steps: [{ step: 'note', text: 'Will die Auskunft ausgedruckt per Post.' }],
  },
]

export interface ConsentSeed {
  workspace: string
  by: string
  account: string
  purpose: ConsentPurpose
  /** False: asked, and refused. */
  given: boolean
  text: string
  channel: Channel
  language: Language
  daysAgo: number
  withdrawn?: { daysAgo: number; channel: Channel; reason: string }
}

export const consentSeeds: ConsentSeed[] = [
  {
    workspace: 'kobaltfon',
    by: 'sahra',
    account: 'yvonne',
    purpose: 'contact',
    given: true,
    text: 'Dürfen wir Sie anrufen, bevor wir in Ihrem Gebiet am Netz arbeiten?',
    channel: 'phone',
    language: 'de',
    daysAgo: 20,
  },
  {
    workspace: 'kobaltfon',
    by: 'jonas',
    account: 'dietmar',
    purpose: 'contact',
    given: true,
    text: 'Ja, Kobaltfon darf mich über neue Tarife per Telefon und E-Mail informieren.',
    channel: 'letter',
    language: 'de',
    daysAgo: 340,
    withdrawn: { daysAgo: 6, channel: 'phone', reason: 'Dritter Werbeanruf in einer Woche' },
  },
  {
    workspace: 'kobaltfon',
    by: 'milan',
    account: 'priya',
    purpose: 'publication',
    given: true,
    text: 'May we quote your post about the eSIM on our web site, with your handle?',
    channel: 'network',
    language: 'en',
    daysAgo: 4,
  },
  {
    workspace: 'kobaltfon',
    by: 'sahra',
    account: 'tariq',
    purpose: 'research',
    given: false,
    text: 'Dürfen wir Sie zu einem Gespräch über Netze in Wohnheimen einladen und es auswerten?',
    channel: 'mail',
    language: 'de',
    daysAgo: 9,
  },
  {
    workspace: 'steenvlerk',
    by: 'fenna',
    account: 'joost',
    purpose: 'contact',
    given: true,
    text: 'Mogen we je mailen als er een nieuwe collectie is?',
    channel: 'mail',
    language: 'nl',
    daysAgo: 58,
    withdrawn: { daysAgo: 3, channel: 'mail', reason: 'Eerst mijn schoenen, dan weer nieuws' },
  },
  {
    workspace: 'steenvlerk',
    by: 'sahra',
    account: 'ulf',
    purpose: 'contact',
    given: true,
    text: 'Dürfen wir Ihnen schreiben, wenn der Noorder 65 in einer neuen Größe kommt?',
    channel: 'network',
    language: 'de',
    daysAgo: 10,
  },
  {
    workspace: 'steenvlerk',
    by: 'fenna',
    account: 'sanne',
    purpose: 'publication',
    given: true,
    text: 'Mogen we je foto van het Pieterpad gebruiken, met je naam erbij?',
    channel: 'network',
    language: 'nl',
    daysAgo: 7,
  },
  {
    workspace: 'felsdohle',
    by: 'ruben',
    account: 'karo',
    purpose: 'contact',
    given: true,
    text: 'Dürfen wir Sie zu Rückrufen von Gurten und Seilen per E-Mail benachrichtigen?',
    channel: 'mail',
    language: 'de',
    daysAgo: 90,
  },
]

export interface ObjectionSeed {
  workspace: string
  by: string
  account: string
  kind: ObjectionKind
  channel: Channel
  reason: string
  daysAgo: number
  /** Why it does not stand any more. */
  lifted?: string
}

export const objectionSeeds: ObjectionSeed[] = [
  {
    workspace: 'kobaltfon',
    by: 'jonas',
    account: 'dietmar',
    kind: 'contact',
    channel: 'phone',
    reason: 'Keine Anrufe und keine Werbung mehr. Rechnungen weiter auf Papier.',
    daysAgo: 6,
  },
  {
    workspace: 'kobaltfon',
    by: 'milan',
    account: 'margarete',
    kind: 'profiling',
    channel: 'mail',
    reason: 'Ich bin hier privat und möchte nicht eingeordnet werden.',
    daysAgo: 15,
  },
  {
    workspace: 'kobaltfon',
    by: 'jonas',
    account: 'nils',
    kind: 'contact',
    channel: 'network',
    reason: 'Schreibt mir nicht mehr, ich melde mich.',
    daysAgo: 40,
    lifted: 'Hat selbst wieder geschrieben und um Antworten gebeten.',
  },
  {
    workspace: 'steenvlerk',
    by: 'fenna',
    account: 'ilse',
    kind: 'contact',
    channel: 'mail',
    reason: 'Geen enquêtes en geen nieuwsbrieven, alleen antwoord als ik iets vraag.',
    daysAgo: 21,
  },
  {
    workspace: 'steenvlerk',
    by: 'milan',
    account: 'esmee',
    kind: 'profiling',
    channel: 'network',
    reason: 'Wil niet dat we bijhouden hoe vaak ze iets goeds of slechts schrijft.',
    daysAgo: 12,
  },
  {
    workspace: 'felsdohle',
    by: 'ruben',
    account: 'benno',
    kind: 'profiling',
    channel: 'in-person',
    reason: 'Hat am Messestand gesagt, dass er nicht bewertet werden will.',
    daysAgo: 30,
  },
]
