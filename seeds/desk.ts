/** What the care desk did before one looks in: who took what, what was noted, what is done. Found by handle and words. */
export interface DeskTurn {
  workspace: string
  /** Key of the colleague who does it. */
  by: string
  /** The conversation: its author's handle, and words of one of its posts where the author has several. */
  handle: string
  words?: string
  assign?: string
  tag?: string
  note?: { text: string; mentions?: string[] }
  /** Hours from now. */
  snoozeHours?: number
  close?: boolean
}

const kobaltfon = (by: string, handle: string, rest: Partial<DeskTurn>): DeskTurn => ({
  workspace: 'kobaltfon',
  by,
  handle,
  ...rest,
})
const steenvlerk = (by: string, handle: string, rest: Partial<DeskTurn>): DeskTurn => ({
  workspace: 'steenvlerk',
  by,
  handle,
  ...rest,
})
const felsdohle = (by: string, handle: string, rest: Partial<DeskTurn>): DeskTurn => ({
  workspace: 'felsdohle',
  by,
  handle,
  ...rest,
})

export const deskTurns: DeskTurn[] = [
  kobaltfon('ruben', 'jutta-wieland.test', {
    words: 'Mahnungen',
    assign: 'sahra',
    tag: 'Rechnung',
    note: {
      text: 'Vier Leute am Telefon, zwei Mahnungen, und jetzt öffentlich. @Sahra Demirel bitte heute noch anrufen und dann hier antworten, nicht andersherum.',
      mentions: ['sahra'],
    },
  }),
  kobaltfon('ruben', 'saskiaohnenetz.test', { words: 'umzug', assign: 'jonas', tag: 'Vertrag' }),
  kobaltfon('sahra', 'yvonne-hartwig.test', {
    words: 'Station',
    assign: 'sahra',
    tag: 'Störung',
    note: { text: 'Sie arbeitet auf einer Station im Klinikum: Wartungsfenster immer vorher direkt ankündigen.' },
  }),
  kobaltfon('jonas', 'dietmar-s.test', { words: 'doppelten Rechnung', assign: 'jonas', tag: 'Rechnung' }),
  kobaltfon('ruben', 'owen-in-berlin.test', {
    words: 'technical department',
    tag: 'Datenschutz',
    note: {
      text: 'Third report of fake "technical department" calls this week. @Milan Kovač do we have wording from security?',
      mentions: ['milan'],
    },
  }),
  kobaltfon('jonas', 'steffi-im-garten.test', { words: 'Graben', tag: 'Lob', close: true }),
  kobaltfon('sahra', 'cem-k.test', { words: 'zettel', tag: 'Lob', close: true }),
  kobaltfon('jonas', 'dietmar-s.test', { words: 'Techniker', tag: 'Lob', close: true }),
  kobaltfon('sahra', 'priya-n.test', { words: 'eSIM', tag: 'Lob', close: true }),
  kobaltfon('sahra', 'yvonne-hartwig.test', { words: 'Rückruf', tag: 'Lob', close: true }),
  kobaltfon('ruben', 'arne-pendelt.test', { words: 'Klare Auskunft', close: true }),
  kobaltfon('jonas', 'nilsbaut.test', { words: 'gleiche', tag: 'Technik', snoozeHours: 20 }),
  kobaltfon('ruben', 'der-durchblicker.test', {
    words: 'Zensur',
    note: { text: 'Will Streit, keine Antwort. Nichts löschen, nichts antworten, mitlesen.' },
    snoozeHours: 72,
  }),
  steenvlerk('ruben', 'joostvdberg.test', {
    assign: 'fenna',
    tag: 'garantie',
    note: {
      text: 'Derde bericht over dezelfde zool. @Fenna de Wit kun jij vandaag bellen? Bestelnummer staat in de privéberichten.',
      mentions: ['fenna'],
    },
  }),
  steenvlerk('fenna', 'bram-op-pad.test', {
    words: 'slechte linkse partij',
    assign: 'fenna',
    tag: 'materiaal',
    note: { text: 'Tweede melding van een linkerzool. Even bij inkoop navragen of dit één partij is.' },
  }),
  steenvlerk('sahra', 'ulf-wandert.test', { words: 'Strichliste', assign: 'sahra', tag: 'levering' }),
  steenvlerk('fenna', 'lotte-kampeert.test', { words: 'Groningen', tag: 'compliment', close: true }),
  steenvlerk('fenna', 'dirk-hofman.test', { words: 'Antwoord', tag: 'compliment', close: true }),
  steenvlerk('sahra', 'ulf-wandert.test', { words: 'Ente', tag: 'compliment', close: true }),
  steenvlerk('fenna', 'ilse-postma.test', { words: 'kindermaten', tag: 'maat', snoozeHours: 18 }),
  felsdohle('ruben', 'karo-klettert.test', { words: 'Umrüstung', assign: 'jonas', tag: 'Reklamation' }),
  felsdohle('jonas', 'karo-klettert.test', { words: 'gratis', tag: 'Lob', close: true }),
]
