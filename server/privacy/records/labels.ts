import type { AgreedFigure } from '../../../contract/accounts-agreements.ts'
import type { Role } from '../../../contract/permissions.ts'
import { type Language, labelOf } from '../access/labels.ts'
import type { Rule } from '../retention/rules.ts'

type Words = readonly [en: string, de: string, nl: string]

export const RECORD_LABELS = {
  title: [
    'Record of processing activities',
    'Verzeichnis von Verarbeitungstätigkeiten',
    'Register van verwerkingsactiviteiten',
  ],
  made: ['Made on', 'Erstellt am', 'Gemaakt op'],
  intro: [
    'Art. 30 GDPR. It follows from what the software declares of every column, and from the retention rules, sources and recipients of this workspace.',
    'Art. 30 DSGVO. Es ergibt sich aus dem, was die Software zu jeder Spalte angibt, und aus den Aufbewahrungsregeln, Quellen und Empfängern dieses Arbeitsbereichs.',
    'Art. 30 AVG. Het volgt uit wat de software van elke kolom opgeeft, en uit de bewaartermijnen, bronnen en ontvangers van deze werkruimte.',
  ],
  controller: ['Controller', 'Verantwortlicher', 'Verwerkingsverantwoordelijke'],
  controllerName: ['Name', 'Name', 'Naam'],
  controllerMissing: [
    'Add by hand: address, representative, data protection officer.',
    'Von Hand zu ergänzen: Anschrift, Vertretung, Datenschutzbeauftragte.',
    'Met de hand aan te vullen: adres, vertegenwoordiger, functionaris gegevensbescherming.',
  ],
  whose: ['Whose data', 'Wessen Daten', 'Wiens gegevens'],
  author: ['people who write in public', 'Menschen, die öffentlich schreiben', 'mensen die openbaar schrijven'],
  person: [
    'people who are in contact with us',
    'Menschen, die mit uns in Kontakt stehen',
    'mensen die contact met ons hebben',
  ],
  customer: ['customers', 'Kundinnen und Kunden', 'klanten'],
  basis: ['Legal basis', 'Rechtsgrundlage', 'Rechtsgrond'],
  data: ['Data', 'Daten', 'Gegevens'],
  fields: ['Fields', 'Felder', 'Velden'],
  kept: ['Kept', 'Aufbewahrt', 'Bewaard'],
  days: ['Days', 'Tage', 'Dagen'],
  because: ['Why so long', 'Weshalb so lange', 'Waarom zo lang'],
  retention: ['Retention', 'Aufbewahrung', 'Bewaartermijnen'],
  recipients: ['Recipients', 'Empfänger', 'Ontvangers'],
  network: [
    'Network that is read and answered on',
    'Netzwerk, das gelesen und auf dem geantwortet wird',
    'Netwerk dat wordt gelezen en waarop wordt geantwoord',
  ],
  webhook: ['Webhook', 'Webhook', 'Webhook'],
  apiKey: ['Program with an API key', 'Programm mit API-Schlüssel', 'Programma met API-sleutel'],
  mail: ['Mail server of the installation', 'E-Mail-Server der Installation', 'Mailserver van de installatie'],
  transfers: ['Transfers to third countries', 'Übermittlung in Drittländer', 'Doorgifte aan derde landen'],
  transfersText: [
    'Only as far as a network, webhook or program above lies there: answers go where the person wrote. Nothing else leaves this installation.',
    'Nur soweit ein oben genanntes Netzwerk, Webhook oder Programm dort liegt: Antworten gehen dorthin, wo die Person geschrieben hat. Sonst verlässt nichts diese Installation.',
    'Alleen voor zover een netwerk, webhook of programma hierboven daar staat: antwoorden gaan naar waar de persoon schreef. Verder verlaat niets deze installatie.',
  ],
  measures: [
    'Technical and organisational measures',
    'Technische und organisatorische Maßnahmen',
    'Technische en organisatorische maatregelen',
  ],
  separation: [
    'Workspaces are kept apart by the database itself (row-level security); the application owns no tables.',
    'Arbeitsbereiche trennt die Datenbank selbst (Row-Level Security); der Anwendung gehören keine Tabellen.',
    'Werkruimten worden door de database zelf gescheiden (row-level security); de applicatie bezit geen tabellen.',
  ],
  encryption: [
    'Credentials are encrypted with keys outside the database (AES-256-GCM).',
    'Zugangsdaten sind mit Schlüsseln außerhalb der Datenbank verschlüsselt (AES-256-GCM).',
    'Inloggegevens zijn versleuteld met sleutels buiten de database (AES-256-GCM).',
  ],
  access: [
    'Every procedure states who may call it; roles, two factors, keys with narrow scopes.',
    'Jede Funktion sagt, wer sie aufrufen darf; Rollen, zwei Faktoren, Schlüssel mit engen Rechten.',
    'Elke functie zegt wie haar mag aanroepen; rollen, twee factoren, sleutels met beperkte rechten.',
  ],
  trail: [
    'An append-only trail says who did what; it counts nothing about staff.',
    'Ein nur fortschreibbares Protokoll sagt, wer was getan hat; über Mitarbeitende zählt es nichts.',
    'Een logboek waaraan alleen wordt toegevoegd zegt wie wat deed; over medewerkers telt het niets.',
  ],
  erasureMeasure: [
    'Erasures are carried out again after a backup is put back (manifest outside the database).',
    'Löschungen werden nach dem Einspielen einer Sicherung wiederholt (Verzeichnis außerhalb der Datenbank).',
    'Wissingen worden herhaald nadat een back-up is teruggezet (manifest buiten de database).',
  ],
  noAi: [
    'No data goes to a service of artificial intelligence: language, mood and intent are worked out on this machine.',
    'Keine Daten gehen an Dienste künstlicher Intelligenz: Sprache, Stimmung und Absicht werden auf diesem Rechner bestimmt.',
    'Er gaan geen gegevens naar diensten voor kunstmatige intelligentie: taal, stemming en bedoeling worden op deze machine bepaald.',
  ],
  minimal: ['no longer than needed', 'nicht länger als nötig', 'niet langer dan nodig'],
  claims: ['while claims can be raised', 'solange Ansprüche bestehen können', 'zolang er aanspraken kunnen bestaan'],
  accountability: ['to be able to account for it', 'zur Rechenschaft', 'om verantwoording af te leggen'],
  repair: ['to repair what could not be read', 'um Unlesbares zu beheben', 'om onleesbaars te herstellen'],
  'hand-over': [
    'until it is fetched or sorted',
    'bis es abgeholt oder zugeordnet ist',
    'tot het is opgehaald of ingedeeld',
  ],
  withPerson: ['as long as the person is kept', 'solange die Person geführt wird', 'zolang de persoon wordt bewaard'],
  forDays: ['days', 'Tage', 'dagen'],
} as const satisfies Record<string, Words>

export const RETENTION_LABELS: Record<string, Words> = {
  'heard-posts': ['Posts that were only heard', 'Nur gehörte Beiträge', 'Berichten die alleen zijn gehoord'],
  authors: ['Accounts that were only heard', 'Nur gehörte Konten', 'Accounts die alleen zijn gehoord'],
  'closed-conversations': ['Closed conversations', 'Geschlossene Gespräche', 'Gesloten gesprekken'],
  approvals: [
    'Texts that were submitted for approval',
    'Zur Freigabe vorgelegte Texte',
    'Teksten die ter goedkeuring zijn voorgelegd',
  ],
  notes: ['Notes on closed conversations', 'Notizen zu geschlossenen Gesprächen', 'Notities bij gesloten gesprekken'],
  quarantine: ['Messages that could not be read', 'Unlesbare Nachrichten', 'Onleesbare berichten'],
  rejections: ['Refused lines of imports', 'Abgelehnte Zeilen von Importen', 'Geweigerde regels van imports'],
  uploads: [
    'Uploaded files nobody imported',
    'Hochgeladene, nicht importierte Dateien',
    'Geüploade, niet geïmporteerde bestanden',
  ],
  exports: ['Copies of data', 'Datenauskünfte', 'Kopieën van gegevens'],
  proposals: ['Contacts that wait to be sorted', 'Kontakte, die zuzuordnen sind', 'Contacten die nog worden ingedeeld'],
  suggestions: [
    'Suggested links that were not joined',
    'Vorgeschlagene Verknüpfungen, die nicht zusammengeführt wurden',
    'Voorgestelde koppelingen die niet zijn samengevoegd',
  ],
  'waiting-purchases': ['Purchases of nobody known', 'Käufe ohne bekannte Person', 'Aankopen van onbekenden'],
  'withdrawn-consents': ['Withdrawn consents', 'Widerrufene Einwilligungen', 'Ingetrokken toestemmingen'],
  'event-content': ['Reasons given with events', 'Begründungen im Protokoll', 'Redenen in het logboek'],
  proofs: ['Visits of customers’ pages', 'Besuche auf der Seite der Kunden', 'Bezoeken aan de pagina van klanten'],
  'staff-events': [
    'Names of colleagues in the trail',
    'Namen von Kolleginnen und Kollegen im Protokoll',
    'Namen van collega’s in het logboek',
  ],
  requests: ['Closed requests about data', 'Abgeschlossene Anfragen zu Daten', 'Afgesloten verzoeken over gegevens'],
}

/** As the settings call them. */
export const ROLE_LABELS: Record<Role, Words> = {
  owner: ['Owner', 'Inhaberschaft', 'Eigenaar'],
  admin: ['Administrator', 'Verwaltung', 'Beheerder'],
  lead: ['Lead', 'Leitung', 'Teamleider'],
  agent: ['Agent', 'Bearbeitung', 'Medewerker'],
  viewer: ['Viewer', 'Mitlesen', 'Meelezer'],
}
export const FIGURE_LABELS: Record<AgreedFigure, Words> = {
  answers: ['answers sent', 'gesendete Antworten', 'verzonden antwoorden'],
  'answer-time': [
    'median minutes to an answer',
    'Median der Minuten bis zur Antwort',
    'mediaan van de minuten tot een antwoord',
  ],
  closures: ['conversations closed', 'geschlossene Gespräche', 'gesloten gesprekken'],
  'desk-response': [
    'how soon and how often the whole desk answers, however few it is',
    'wie schnell und wie oft das ganze Team antwortet, auch wenn es klein ist',
    'hoe snel en hoe vaak het hele team antwoordt, ook als het klein is',
  ],
}

/** By its rule; what has none is kept as long as what it belongs to. */
export function keptLabel(kept: string, rules: Rule[], language: Language): string {
  const rule = rules.find(({ kind }) => kind === (SAME_AS[kept] ?? kept))
  return rule ? `${rule.days} ${labelOf(RECORD_LABELS.forDays, language)}` : labelOf(RECORD_LABELS.withPerson, language)
}
const SAME_AS: Record<string, string> = { conversations: 'closed-conversations', imports: 'rejections' }
