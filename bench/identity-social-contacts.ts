import type { Chance } from './alarm-streams.ts'
import { below, digits, happens, shuffle } from './identity-draws.ts'
import { folded, misdialled, mistyped } from './identity-errors.ts'
import { day } from './identity-social-accounts.ts'
import type { Organisation, Person } from './identity-social-people.ts'
import { type SocialRecord, socialRecord } from './identity-social-record.ts'

/** The CRM: who bought something, as a shop or a service desk wrote it down, some of them twice. */
const COMPANY_SHARE = 0.03
const TWICE_SHARE = 0.12
/** Where one of a household is a customer, the next one often is, too. */
const MATE_SHARE = 0.35

export function contactsOf(
  chance: Chance,
  people: readonly Person[],
  organisations: readonly Organisation[],
  count: number,
): SocialRecord[] {
  const contacts: SocialRecord[] = []
  const households = Map.groupBy(people, ({ household }) => household)
  const known = new Set<Person>()
  const add = (person: Person, mate: Person | undefined): void => {
    known.add(person)
    do contacts.push(contactOf(chance, person, mate, organisations))
    while (contacts.length < count && happens(chance, TWICE_SHARE))
  }
  for (const person of shuffle(chance, [...people])) {
    if (contacts.length >= count) break
    if (known.has(person)) continue
    const mate = person.household < 0 ? undefined : households.get(person.household)?.find((other) => other !== person)
    add(person, mate)
    if (mate && !known.has(mate) && contacts.length < count && happens(chance, MATE_SHARE)) add(mate, person)
    if (contacts.length < count && happens(chance, COMPANY_SHARE))
      contacts.push(companyContact(chance, chance.one(organisations)))
  }
  return contacts
}

function contactOf(
  chance: Chance,
  person: Person,
  mate: Person | undefined,
  organisations: readonly Organisation[],
): SocialRecord {
  const number = `K${digits(chance, 8)}`
  const from = Date.UTC(2014 + below(chance, 12), below(chance, 12), 1 + below(chance, 28))
  const employer = organisations[person.employer]
  return socialRecord({
    network: 'crm',
    networkId: number,
    customerNumber: number,
    name: nameOf(chance, person),
    mails: mailsOf(chance, person, mate),
    phones: phonesOf(chance, person),
    city: cityOf(chance, person),
    site: person.site && happens(chance, 0.05) ? person.site : null,
    language: happens(chance, 0.8) ? person.language : null,
    birthYear: happens(chance, 0.3) ? person.birthYear + (happens(chance, 0.02) ? below(chance, 21) - 10 : 0) : null,
    company: employer && happens(chance, 0.4) ? employer.name : null,
    activeFrom: day(from),
    activeUntil: day(Math.min(Date.UTC(2026, 5, 30), from + below(chance, 2_500) * 86_400_000)),
    kind: happens(chance, 0.7) ? 'person' : null,
    truth: person.index,
  })
}

function nameOf(chance: Chance, person: Person): string | null {
  if (happens(chance, 0.01)) return null
  let { given, surname } = person
  if (person.formerSurname !== null && happens(chance, 0.35)) surname = person.formerSurname
  if (person.short !== null && happens(chance, 0.08)) given = person.short
  if (happens(chance, 0.04)) given = `${given[0]}.`
  if (happens(chance, 0.03)) given = mistyped(chance, given)
  if (happens(chance, 0.04)) surname = mistyped(chance, surname)
  if (happens(chance, 0.01)) return `${surname} ${given}`
  if (happens(chance, 0.02)) return surname
  const name = `${given} ${surname}`
  if (happens(chance, 0.03)) return folded(name, true)
  return happens(chance, 0.02) ? name.toUpperCase() : name
}

function mailsOf(chance: Chance, person: Person, mate: Person | undefined): string[] {
  if (!happens(chance, 0.85)) return []
  if (mate && happens(chance, 0.04)) return mate.mails.slice(0, 1)
  const known = person.formerMail !== null && happens(chance, 0.35) ? [person.formerMail] : []
  if (known.length === 0 || happens(chance, 0.3)) known.push(person.mails[below(chance, person.mails.length)] as string)
  return known.map((mail) =>
    happens(chance, 0.012) ? `${mistyped(chance, mail.split('@')[0] as string)}@${mail.split('@')[1]}` : mail,
  )
}

function phonesOf(chance: Chance, person: Person): string[] {
  const old = person.formerMobile !== null && happens(chance, 0.4)
  const lines = [
    happens(chance, 0.6) ? (old ? person.formerMobile : person.mobile) : null,
    happens(chance, 0.45) ? person.landline : null,
  ].filter((line) => line !== null)
  return lines.map((line) => (happens(chance, 0.015) ? misdialled(chance, line) : line))
}

function cityOf(chance: Chance, person: Person): string | null {
  if (!happens(chance, 0.88)) return null
  const city = person.formerCity !== null && happens(chance, 0.35) ? person.formerCity : person.city
  return happens(chance, 0.015) ? mistyped(chance, city) : city
}

function companyContact(chance: Chance, organisation: Organisation): SocialRecord {
  const number = `K${digits(chance, 8)}`
  return socialRecord({
    network: 'crm',
    networkId: number,
    customerNumber: number,
    name: happens(chance, 0.8)
      ? `${organisation.name} ${chance.one(['GmbH', 'BV', 'Ltd', 'AG', ''])}`.trim()
      : organisation.name,
    mails: happens(chance, 0.8) ? [organisation.mail] : [],
    phones: happens(chance, 0.7) ? [organisation.phone] : [],
    site: happens(chance, 0.5) ? `https://${organisation.domain}` : null,
    city: happens(chance, 0.9) ? organisation.city : null,
    company: organisation.name,
    language: organisation.language,
    activeFrom: day(Date.UTC(2014 + below(chance, 12), below(chance, 12), 1)),
    activeUntil: day(Date.UTC(2026, below(chance, 6), 1)),
    kind: happens(chance, 0.8) ? 'organisation' : null,
    truth: organisation.index,
  })
}
