/** What a column of a file of contacts can be used for, in the words of its readers. */
const english = {
  externalId: 'Number in this system',
  name: 'Whole name',
  given: 'Given name',
  family: 'Family name',
  nickname: 'Nickname',
  mail: 'Mail address',
  phone: 'Phone number',
  site: 'Web site',
  organisation: 'Organisation',
  role: 'Role in the organisation',
  street: 'Street',
  postcode: 'Postcode',
  city: 'City',
  country: 'Country',
  birthDate: 'Date of birth',
  birthDateDayFirst: 'Date of birth, day first (31.5.)',
  birthDateMonthFirst: 'Date of birth, month first (5/31)',
  language: 'Language',
  tags: 'Tags',
  note: 'Note',
  legalBasis: 'Legal basis',
  doNotContact: 'Do not contact',
  'handle:': 'Account: {{name}}',
  'customer-number:': 'Number in “{{name}}”',
  'consent:': 'Consent: {{name}}',
  'custom:': 'Own field “{{name}}”',
}

export type ContactFieldText = keyof typeof english
type Texts = Record<ContactFieldText, string>

const german: Texts = {
  externalId: 'Nummer in diesem System',
  name: 'Ganzer Name',
  given: 'Vorname',
  family: 'Nachname',
  nickname: 'Spitzname',
  mail: 'E-Mail-Adresse',
  phone: 'Telefonnummer',
  site: 'Website',
  organisation: 'Organisation',
  role: 'Funktion in der Organisation',
  street: 'Straße',
  postcode: 'Postleitzahl',
  city: 'Ort',
  country: 'Land',
  birthDate: 'Geburtsdatum',
  birthDateDayFirst: 'Geburtsdatum, Tag zuerst (31.5.)',
  birthDateMonthFirst: 'Geburtsdatum, Monat zuerst (5/31)',
  language: 'Sprache',
  tags: 'Schlagwörter',
  note: 'Notiz',
  legalBasis: 'Rechtsgrundlage',
  doNotContact: 'Nicht kontaktieren',
  'handle:': 'Konto: {{name}}',
  'customer-number:': 'Nummer in „{{name}}“',
  'consent:': 'Einwilligung: {{name}}',
  'custom:': 'Eigenes Feld „{{name}}“',
}

const dutch: Texts = {
  externalId: 'Nummer in dit systeem',
  name: 'Volledige naam',
  given: 'Voornaam',
  family: 'Achternaam',
  nickname: 'Bijnaam',
  mail: 'E-mailadres',
  phone: 'Telefoonnummer',
  site: 'Website',
  organisation: 'Organisatie',
  role: 'Functie in de organisatie',
  street: 'Straat',
  postcode: 'Postcode',
  city: 'Plaats',
  country: 'Land',
  birthDate: 'Geboortedatum',
  birthDateDayFirst: 'Geboortedatum, dag eerst (31-5)',
  birthDateMonthFirst: 'Geboortedatum, maand eerst (5/31)',
  language: 'Taal',
  tags: 'Labels',
  note: 'Notitie',
  legalBasis: 'Rechtsgrond',
  doNotContact: 'Niet benaderen',
  'handle:': 'Account: {{name}}',
  'customer-number:': 'Nummer in ‘{{name}}’',
  'consent:': 'Toestemming: {{name}}',
  'custom:': 'Eigen veld ‘{{name}}’',
}

const texts: Record<string, Texts> = { en: english, de: german, nl: dutch }

/** `called` says how the rest of `handle:x` or `consent:contact` is called; the name itself where nothing is known. */
export function contactFieldText(language: string, field: string, called: (name: string) => string = (n) => n): string {
  const known = texts[language] ?? english
  const prefix = field.slice(0, field.indexOf(':') + 1)
  const key = prefix || field
  if (!Object.hasOwn(known, key)) return field
  return known[key as ContactFieldText].replace('{{name}}', called(field.slice(prefix.length)))
}
