/** What a column of a file of contacts is used for: guessed from its name and values, checked when people choose. */

import { CONSENT_PURPOSES } from '../../../contract/people-consent.ts'
import { type ColumnSamples, type Mapping, normalName } from '../../connectors/index.ts'

/** One value each; the first column that is not empty counts. */
export const PLAIN_FIELDS = [
  'name',
  'given',
  'family',
  'nickname',
  'organisation',
  'role',
  'street',
  'postcode',
  'city',
  'country',
  'language',
  'note',
] as const
export const BIRTH_FIELDS = ['birthDate', 'birthDateDayFirst', 'birthDateMonthFirst'] as const
/** Several columns, and several values in a cell. */
const LIST_FIELDS = ['mail', 'phone', 'site', 'tags'] as const
export const CONTACT_FIELDS = [
  'externalId',
  ...PLAIN_FIELDS.slice(0, 4),
  ...LIST_FIELDS.slice(0, 3),
  ...PLAIN_FIELDS.slice(4, 10),
  ...BIRTH_FIELDS,
  ...PLAIN_FIELDS.slice(10),
  'tags',
  'legalBasis',
  'doNotContact',
] as const
const HANDLE_NETWORKS = ['bluesky', 'fediverse', 'x', 'instagram', 'facebook', 'linkedin', 'youtube', 'tiktok', 'xing']
const NAMED_PREFIXES = ['handle:', 'customer-number:', 'consent:', 'custom:']
const NAME_CHARACTERS_MAX = 100

/** By one of these a contact is known. */
const IDENTITY_FIELDS = ['externalId', 'mail', 'phone', 'site', 'handle:', 'customer-number:']

export function isContactField(field: string): boolean {
  if ((CONTACT_FIELDS as readonly string[]).includes(field)) return true
  const prefix = field.slice(0, field.indexOf(':') + 1)
  const rest = field.slice(prefix.length)
  if (!NAMED_PREFIXES.includes(prefix) || rest.trim() === '' || rest.length > NAME_CHARACTERS_MAX) return false
  return prefix !== 'consent:' || (CONSENT_PURPOSES as readonly string[]).includes(rest)
}

/** What is offered for a column; a field of one's own and a number of another system are called as the column is. */
export const fieldsFor = (column: string): string[] => [
  ...CONTACT_FIELDS,
  ...HANDLE_NETWORKS.map((network) => `handle:${network}`),
  ...CONSENT_PURPOSES.map((purpose) => `consent:${purpose}`),
  `customer-number:${column.slice(0, NAME_CHARACTERS_MAX)}`,
  `custom:${column.slice(0, NAME_CHARACTERS_MAX)}`,
]

export const identifies = (mapping: Mapping): boolean =>
  Object.values(mapping).some((field) => IDENTITY_FIELDS.some((known) => field === known || field.startsWith(known)))

/** In English, German and Dutch, compared without case, spaces, marks, accents and digits. */
const NAMES: [string, string][] = [
  [
    'externalId',
    'id uid contactid customerid customerno customernumber personid clientid recordid uniqueid recid accountnumber kundennummer kundennr kundenid kontaktid personennummer klantnummer klantid relatienummer externalid debitornr debitornummer memberid',
  ],
  [
    'name',
    'name fullname displayname contactname kontakt vollername gesamtname anzeigename naam volledigenaam contact',
  ],
  ['given', 'firstname givenname forename vorname voornaam roepnaam first'],
  ['family', 'lastname surname familyname nachname familienname achternaam last'],
  ['nickname', 'nickname spitzname bijnaam'],
  [
    'mail',
    'email mail emailaddress mailaddress emailadresse epost emails mailadresse emailadres mailadres emailvalue emailwork emailhome workemail privateemail personalemail businessemail',
  ],
  [
    'phone',
    'phone phonenumber telephone telefon telefonnummer telefoon telefoonnummer mobile mobilephone cell cellphone handy mobil mobilnummer mobiel mobielnummer tel homephone businessphone workphone phonevalue gsm rufnummer phonework phonehome',
  ],
  ['site', 'website web url homepage site webseite internet webpage websitevalue'],
  [
    'organisation',
    'organisation organization company companyname firma firmenname unternehmen bedrijf bedrijfsnaam organisatie organizationname employer account accountname',
  ],
  ['role', 'role jobtitle title position funktion rolle stelle functie rol organizationtitle'],
  [
    'street',
    'street streetaddress address address strasse strassehausnummer anschrift straat adres adresse addressstreet homestreet businessstreet mailingstreet billingstreet',
  ],
  [
    'postcode',
    'postcode zip zipcode postalcode plz postleitzahl homepostalcode businesspostalcode mailingpostalcode billingpostalcode addresspostalcode',
  ],
  [
    'city',
    'city town locality suburb ort stadt wohnort plaats woonplaats homecity businesscity mailingcity billingcity addresscity',
  ],
  [
    'country',
    'country countrycode land landcode homecountry businesscountry mailingcountry billingcountry addresscountry',
  ],
  ['birthDate', 'birthdate birthday dateofbirth dob geburtsdatum geburtstag geboortedatum verjaardag'],
  ['language', 'language lang locale preferredlanguage sprache taal'],
  ['tags', 'tags tag labels label categories category kategorien gruppen groups groupmembership schlagworter'],
  ['note', 'note notes comment comments description notiz notizen bemerkung bemerkungen notitie opmerking opmerkingen'],
  ['legalBasis', 'legalbasis rechtsgrundlage rechtsgrond'],
  [
    'doNotContact',
    'donotcontact optout hasoptedoutofemail unsubscribed nichtkontaktieren kontaktsperre werbesperre nietbenaderen',
  ],
  ['handle:x', 'twitter twitterhandle xhandle'],
  ['handle:bluesky', 'bluesky blueskyhandle bsky'],
  ['handle:fediverse', 'mastodon fediverse'],
  ['handle:instagram', 'instagram instagramhandle'],
  ['handle:facebook', 'facebook'],
  ['handle:linkedin', 'linkedin linkedinurl'],
  [
    'consent:contact',
    'newsletter optin emailoptin marketingconsent newsletteroptin werbeeinwilligung consent einwilligung toestemming',
  ],
]
const fieldByName = new Map(NAMES.flatMap(([field, names]) => names.split(' ').map((name) => [name, field] as const)))
const SINGLE = new Set<string>([
  ...CONTACT_FIELDS.filter((field) => !(LIST_FIELDS as readonly string[]).includes(field)),
])

/** A column may bear the right name and hold something else. */
const FITS: Record<string, (sample: string) => boolean> = {
  mail: (sample) => sample.includes('@'),
  phone: (sample) => /\d{3}/.test(sample.replaceAll(/[\s()/.-]/g, '')),
  site: (sample) => sample.includes('.'),
}

export function guessContactMapping(columns: readonly ColumnSamples[]): Mapping {
  const mapping: Mapping = {}
  const taken = new Set<string>()
  for (const { name, samples } of columns) {
    const field = fieldNamed(name)
    if (!field || samples.length === 0 || taken.has(field)) continue
    const fits = FITS[field]
    if (fits && !samples.some(fits)) continue
    mapping[name] = field
    if (SINGLE.has(field)) taken.add(field)
  }
  if (!Object.values(mapping).includes('mail')) {
    const mails = columns.find(
      ({ name, samples }) =>
        !mapping[name] && samples.length > 0 && samples.every((sample) => /^\S+@\S+\.\S+$/.test(sample)),
    )
    if (mails) mapping[mails.name] = 'mail'
  }
  return mapping
}

const fieldNamed = (column: string): string | null => {
  const bare = normalName(column).replaceAll(/\d/g, '')
  return fieldByName.get(bare) ?? fieldByName.get(bare.replace(/^(contact|customer|kunden?|klant)/, '')) ?? null
}
