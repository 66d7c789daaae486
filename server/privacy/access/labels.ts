/** What tables and columns are called for the person who reads about themselves: English, German, Dutch. */
export type Language = 'en' | 'de' | 'nl'
export type Words = readonly [en: string, de: string, nl: string]
const PLACE = { en: 0, de: 1, nl: 2 } as const

export const labelOf = (words: Words, language: Language): string => words[PLACE[language]]

/** In the order in which they are told: who somebody is, what they said, what we said and wrote, what we concluded. */
export const TABLE_LABELS: Record<string, Words> = {
  person: ['You, as we know you', 'Sie, wie wir Sie kennen', 'Jij, zoals wij je kennen'],
  author: ['Your accounts and addresses', 'Ihre Konten und Adressen', 'Je accounts en adressen'],
  author_handle: ['Earlier names of your accounts', 'Frühere Namen Ihrer Konten', 'Eerdere namen van je accounts'],
  author_past: [
    'How your accounts looked before',
    'Wie Ihre Konten früher aussahen',
    'Hoe je accounts er eerder uitzagen',
  ],
  author_field: [
    'What other systems told us',
    'Was uns andere Systeme mitgeteilt haben',
    'Wat andere systemen ons hebben verteld',
  ],
  person_override: [
    'What we entered by hand',
    'Was wir von Hand eingetragen haben',
    'Wat we met de hand hebben ingevuld',
  ],
  person_link: [
    'Why we think an account is yours',
    'Weshalb wir ein Konto Ihnen zuordnen',
    'Waarom we denken dat een account van jou is',
  ],
  person_merge: [
    'Records that we joined',
    'Einträge, die wir zusammengeführt haben',
    'Gegevens die we hebben samengevoegd',
  ],
  graph_operation: ['Changes to these records', 'Änderungen an diesen Zuordnungen', 'Wijzigingen in deze koppelingen'],
  suggestion: [
    'Accounts that we thought might be yours',
    'Konten, die wir für Ihre hielten',
    'Accounts waarvan we dachten dat ze van jou waren',
  ],
  suggestion_answer: [
    'What we decided about that',
    'Was wir dazu entschieden haben',
    'Wat we daarover hebben besloten',
  ],
  contact: ['Customer records', 'Kundeneinträge', 'Klantgegevens'],
  contact_proposal: [
    'Customer records that wait to be sorted',
    'Kundeneinträge, die noch zuzuordnen sind',
    'Klantgegevens die nog moeten worden ingedeeld',
  ],
  organisation_account: [
    'Organisations of your accounts',
    'Organisationen Ihrer Konten',
    'Organisaties van je accounts',
  ],
  organisation_membership: [
    'Organisations you belong to',
    'Organisationen, zu denen Sie gehören',
    'Organisaties waar je bij hoort',
  ],
  purchase: ['Orders and contracts', 'Bestellungen und Verträge', 'Bestellingen en contracten'],
  consent: ['What you agreed to', 'Wozu Sie eingewilligt haben', 'Waar je toestemming voor gaf'],
  objection: ['What you objected to', 'Wogegen Sie widersprochen haben', 'Waar je bezwaar tegen maakte'],
  customer_session: [
    'Your visits to “your connections”',
    'Ihre Besuche auf „Ihre Verbindungen“',
    'Je bezoeken aan ‘jouw verbindingen’',
  ],
  proof: ['What you proved to us', 'Was Sie uns nachgewiesen haben', 'Wat je ons hebt bewezen'],
  proof_invitation: [
    'Invitations to prove an account',
    'Einladungen, ein Konto nachzuweisen',
    'Uitnodigingen om een account te bewijzen',
  ],
  proof_question: ['Questions about your proofs', 'Rückfragen zu Ihren Nachweisen', 'Vragen over je bewijzen'],
  post: ['What you wrote', 'Was Sie geschrieben haben', 'Wat je schreef'],
  post_label: [
    'How a colleague read your posts',
    'Wie jemand von uns Ihre Beiträge eingeordnet hat',
    'Hoe een collega je berichten heeft ingedeeld',
  ],
  verdict: ['Whether your posts concern us', 'Ob Ihre Beiträge uns betreffen', 'Of je berichten over ons gaan'],
  relevance_hint: [
    'Signs that your posts concern us',
    'Anzeichen, dass Ihre Beiträge uns betreffen',
    'Tekenen dat je berichten over ons gaan',
  ],
  workbench_label: [
    'Posts of yours used to tune our search',
    'Ihre Beiträge, mit denen wir die Suche abgestimmt haben',
    'Berichten van jou waarmee we ons zoeken hebben afgesteld',
  ],
  quarantine: [
    'Messages we could not read',
    'Nachrichten, die wir nicht lesen konnten',
    'Berichten die we niet konden lezen',
  ],
  import_rejection: [
    'Lines of files we could not read',
    'Zeilen aus Dateien, die wir nicht lesen konnten',
    'Regels uit bestanden die we niet konden lezen',
  ],
  impersonation: [
    'Accounts that looked like ours',
    'Konten, die unseren ähnlich sahen',
    'Accounts die op de onze leken',
  ],
  conversation: ['Your conversations with us', 'Ihre Gespräche mit uns', 'Je gesprekken met ons'],
  moderation: [
    'What we did with your posts and account on our pages',
    'Was wir auf unseren Seiten mit Ihren Beiträgen und Ihrem Konto getan haben',
    "Wat we op onze pagina's met je berichten en account hebben gedaan",
  ],
  conversation_tag: ['Tags of your conversations', 'Schlagwörter Ihrer Gespräche', 'Labels van je gesprekken'],
  delivery: ['What we answered', 'Was wir geantwortet haben', 'Wat wij hebben geantwoord'],
  approval: [
    'Answers to you that a colleague had to look at first',
    'Antworten an Sie, die erst freigegeben werden mussten',
    'Antwoorden aan jou die eerst goedgekeurd moesten worden',
  ],
  approval_remark: [
    'What was remarked on these answers',
    'Anmerkungen zu diesen Antworten',
    'Opmerkingen bij deze antwoorden',
  ],
  draft: ['Answers not sent yet', 'Noch nicht gesendete Antworten', 'Nog niet verzonden antwoorden'],
  note: ['Notes on your conversations', 'Notizen zu Ihren Gesprächen', 'Notities bij je gesprekken'],
  person_note: ['Notes about you', 'Notizen über Sie', 'Notities over jou'],
  person_tag: ['Tags', 'Schlagwörter', 'Labels'],
  person_summary: [
    'Scores, and what they are made of',
    'Kennzahlen, und woraus sie entstehen',
    'Scores, en waaruit ze bestaan',
  ],
  event_content: [
    'Reasons given for changes',
    'Gründe, die zu Änderungen genannt wurden',
    'Redenen die bij wijzigingen zijn gegeven',
  ],
  privacy_request: ['What you asked of us', 'Worum Sie uns gebeten haben', 'Wat je ons hebt gevraagd'],
  privacy_request_entry: ['How we dealt with it', 'Wie wir damit umgegangen sind', 'Hoe we daarmee zijn omgegaan'],
  access_archive: ['Copies of your data, such as this', 'Auskünfte wie diese', 'Kopieën van je gegevens, zoals deze'],
}

export const PAGE_LABELS = {
  title: ['Everything we hold about you', 'Alles, was wir über Sie gespeichert haben', 'Alles wat we over je bewaren'],
  made: ['Made on {date} for {name}', 'Erstellt am {date} für {name}', 'Gemaakt op {date} voor {name}'],
  intro: [
    'This page lists what {workspace} keeps about you, why and for how long. The same stands in data.json, to be read by programs, with technical identifiers that this page leaves out; schema.json says what each field means.',
    'Diese Seite zeigt, was {workspace} über Sie speichert, wozu und wie lange. Dasselbe steht in data.json, für Programme lesbar und mit technischen Kennungen, die diese Seite weglässt; schema.json erklärt jedes Feld.',
    'Deze pagina toont wat {workspace} over je bewaart, waarom en hoe lang. Hetzelfde staat in data.json, leesbaar voor programma’s en met technische kenmerken die deze pagina weglaat; schema.json legt elk veld uit.',
  ],
  rights: [
    'You may ask us to correct or erase this, to use it no longer for contact or profiling, and to hand it to somebody else. You may complain to a supervisory authority. Words in […] were about other people.',
    'Sie können verlangen, dass wir dies berichtigen, löschen, nicht mehr zur Kontaktaufnahme oder Bewertung verwenden oder an andere übertragen. Sie können sich bei einer Aufsichtsbehörde beschweren. Stellen mit […] betrafen andere Personen.',
    'Je kunt ons vragen dit te corrigeren, te wissen, niet meer te gebruiken voor contact of profilering, of aan een ander over te dragen. Je kunt een klacht indienen bij een toezichthouder. Waar […] staat, ging het over anderen.',
  ],
  contents: ['Contents', 'Inhalt', 'Inhoud'],
  nothing: ['We hold nothing else about you.', 'Mehr speichern wir nicht über Sie.', 'Meer bewaren we niet over je.'],
  why: [
    'Purpose: {purpose}. Legal basis: {basis}.',
    'Zweck: {purpose}. Rechtsgrundlage: {basis}.',
    'Doel: {purpose}. Rechtsgrond: {basis}.',
  ],
  yes: ['yes', 'ja', 'ja'],
  no: ['no', 'nein', 'nee'],
} as const satisfies Record<string, Words>

export const PURPOSE_LABELS: Record<string, Words> = {
  listening: [
    'to hear what is said about the brand in public',
    'zu hören, was öffentlich über die Marke gesagt wird',
    'horen wat er openbaar over het merk wordt gezegd',
  ],
  care: ['to answer and to help', 'zu antworten und zu helfen', 'antwoorden en helpen'],
  linking: [
    'to know which accounts belong to one person',
    'zu wissen, welche Konten einer Person gehören',
    'weten welke accounts bij één persoon horen',
  ],
  contract: [
    'to carry out orders and contracts',
    'Bestellungen und Verträge zu erfüllen',
    'bestellingen en contracten uitvoeren',
  ],
  scoring: ['to see who needs us most', 'zu sehen, wer uns am meisten braucht', 'zien wie ons het meest nodig heeft'],
  protection: ['to protect your rights', 'Ihre Rechte zu wahren', 'je rechten beschermen'],
  proof: [
    'to let you prove what is yours',
    'Ihnen zu ermöglichen nachzuweisen, was Ihnen gehört',
    'je laten bewijzen wat van jou is',
  ],
  measurement: ['to measure what is said', 'zu messen, was gesagt wird', 'meten wat er wordt gezegd'],
  operation: ['to keep a trail of what was done', 'nachzuhalten, was getan wurde', 'bijhouden wat er is gedaan'],
}

export const BASIS_LABELS: Record<string, Words> = {
  consent: [
    'consent (Art. 6(1)(a) GDPR)',
    'Einwilligung (Art. 6 Abs. 1 lit. a DSGVO)',
    'toestemming (art. 6 lid 1 onder a AVG)',
  ],
  contract: [
    'contract (Art. 6(1)(b) GDPR)',
    'Vertrag (Art. 6 Abs. 1 lit. b DSGVO)',
    'overeenkomst (art. 6 lid 1 onder b AVG)',
  ],
  'legitimate-interest': [
    'legitimate interest (Art. 6(1)(f) GDPR)',
    'berechtigtes Interesse (Art. 6 Abs. 1 lit. f DSGVO)',
    'gerechtvaardigd belang (art. 6 lid 1 onder f AVG)',
  ],
  'legal-obligation': [
    'legal obligation (Art. 6(1)(c) GDPR)',
    'rechtliche Verpflichtung (Art. 6 Abs. 1 lit. c DSGVO)',
    'wettelijke verplichting (art. 6 lid 1 onder c AVG)',
  ],
}
