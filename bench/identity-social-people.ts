import type { Chance } from './alarm-streams.ts'
import { below, digits, happens, weighted, zipf } from './identity-draws.ts'
import { folded } from './identity-errors.ts'
import { city, givenName, languageOf, surname } from './identity-names.ts'
import { COMPANY_FIRST, COMPANY_SECOND, type Language, MAIL_HOSTS, SHORT_FORMS, WORDS } from './identity-words.ts'

/** A hash of a picture as it would be computed from its looks: 64 bits, in two halves. */
export type Picture = readonly [number, number]

/** How somebody goes about under their name: with it, with one nickname, or every time as somebody else. */
export type Persona = 'named' | 'nicknamed' | 'scattered'

export interface Person {
  index: number
  language: Language
  given: string
  /** What friends say, where there is such a form. */
  short: string | null
  surname: string
  /** The name before a marriage, which old accounts and contacts may still carry. */
  formerSurname: string | null
  birthYear: number
  city: string
  formerCity: string | null
  /** Persons of one household have the same number; -1: lives alone. */
  household: number
  mails: string[]
  formerMail: string | null
  mobile: string | null
  formerMobile: string | null
  /** The household's line. */
  landline: string | null
  /** Number of the organisation worked for, -1 for none that matters here. */
  employer: number
  site: string | null
  persona: Persona
  pictures: Picture[]
  /** A line that is used again on several networks. */
  tagline: boolean
  famous: boolean
  profession: string
  interests: string[]
}

export interface Organisation {
  index: number
  name: string
  language: Language
  domain: string
  mail: string
  phone: string
  logo: Picture
  city: string
}

const FAMOUS_SHARE = 0.0015
const NAMESAKE_SHARE = 0.01
const householdSize = weighted<number>([
  [1, 62],
  [2, 22],
  [3, 8],
  [4, 8],
])
const personaOf = weighted<Persona>([
  ['named', 45],
  ['nicknamed', 33],
  ['scattered', 22],
])

export const picture = (chance: Chance): Picture => [below(chance, 2 ** 32), below(chance, 2 ** 32)]

export function organisationsOf(chance: Chance, count: number, first: number): Organisation[] {
  const named = new Set<string>()
  return Array.from({ length: count }, (_, at) => {
    const language = languageOf(chance)
    let name = `${chance.one(COMPANY_FIRST)} ${chance.one(COMPANY_SECOND)}`
    if (happens(chance, 0.3)) name = `${surname(chance, language)} ${chance.one(COMPANY_SECOND)}`
    while (named.has(name)) name = `${name} ${city(chance, language)}`
    named.add(name)
    const domain = `${folded(name, true).replace(/[^a-z0-9]/g, happens(chance, 0.4) ? '-' : '')}.example`
    return {
      index: first + at,
      name,
      language,
      domain,
      mail: `${chance.one(['info', 'service', 'kontakt', 'hello'])}@${domain}`,
      phone: line(chance, WORDS[language].fixed),
      logo: picture(chance),
      city: city(chance, language),
    }
  })
}

/** Households one after the other; their members share a town and most of them a surname, some a line and a mailbox. */
export function peopleOf(chance: Chance, count: number, organisations: readonly Organisation[]): Person[] {
  const people: Person[] = []
  const taken = new Set<string>()
  const employerOf = zipf(organisations.length, 0.8)
  for (let household = 0; people.length < count; household++) {
    const size = Math.min(householdSize(chance), count - people.length)
    const head = personOf(chance, people.length, null, taken)
    const landline = happens(chance, 0.4) ? line(chance, WORDS[head.language].fixed) : null
    const mailbox =
      size > 1 && happens(chance, 0.15) ? `familie.${mailboxName(head.surname)}${digits(chance, 2)}` : null
    const shared = mailbox && `${mailbox}@${chance.one(MAIL_HOSTS)}`
    for (let member = 0; member < size; member++) {
      const person = member === 0 ? head : personOf(chance, people.length, head, taken)
      person.household = size > 1 ? household : -1
      person.landline = happens(chance, 0.85) ? landline : null
      if (shared && happens(chance, 0.6)) person.mails.push(shared)
      if (happens(chance, 0.1)) employ(chance, person, employerOf(chance), organisations, taken)
      people.push(person)
    }
  }
  makeNamesakes(chance, people)
  return people
}

const mailboxName = (name: string): string => folded(name, true).replace(/[^a-z0-9]/g, '')

function personOf(chance: Chance, index: number, head: Person | null, taken: Set<string>): Person {
  const language = head?.language ?? languageOf(chance)
  const female = happens(chance, 0.5)
  const given = givenName(chance, language, female)
  const name = head && happens(chance, 0.85) ? head.surname : surname(chance, language)
  const birthYear = head ? head.birthYear + below(chance, 40) - 20 : 1945 + below(chance, 63)
  const married = female && birthYear < 1998 && happens(chance, 0.22)
  const moved = happens(chance, 0.2)
  const shorts = SHORT_FORMS[given]
  const person: Person = {
    index,
    language,
    given,
    short: shorts && happens(chance, 0.6) ? chance.one(shorts) : null,
    surname: name,
    formerSurname: married ? surname(chance, language) : null,
    birthYear: Math.min(2008, Math.max(1930, birthYear)),
    city: head?.city ?? city(chance, language),
    formerCity: moved ? city(chance, language) : null,
    household: -1,
    mails: [],
    formerMail: null,
    mobile: happens(chance, 0.93) ? line(chance, WORDS[language].mobile) : null,
    formerMobile: happens(chance, 0.15) ? line(chance, WORDS[language].mobile) : null,
    landline: null,
    employer: -1,
    site: null,
    persona: personaOf(chance),
    pictures: Array.from({ length: 1 + below(chance, 4) }, () => picture(chance)),
    tagline: happens(chance, 0.3),
    famous: happens(chance, FAMOUS_SHARE),
    profession: chance.one(WORDS[language].professions),
    interests: Array.from({ length: 2 + below(chance, 3) }, () => chance.one(WORDS[language].interests)),
  }
  if (person.famous) person.persona = 'named'
  person.mails = Array.from({ length: happens(chance, 0.25) ? 2 : 1 }, () => privateMail(chance, person, taken))
  if (happens(chance, 0.2)) person.formerMail = privateMail(chance, person, taken)
  if (happens(chance, person.famous ? 0.9 : 0.08)) person.site = siteOf(chance, person, taken)
  return person
}

/** Made up digit by digit, E.164. Among hundreds of thousands a few meet by chance, as numbers do that are given out again. */
function line(chance: Chance, plans: string): string {
  const [prefix = '', count = '7'] = chance.one(plans.split(' ')).split(':')
  return `${prefix}${1 + below(chance, 9)}${digits(chance, Number(count) - 1)}`
}

function privateMail(chance: Chance, person: Person, taken: Set<string>): string {
  const [given, name] = [mailboxName(person.given), mailboxName(person.surname)]
  const year = String(person.birthYear)
  const form = below(chance, 9)
  const local = [
    `${given}.${name}`,
    `${given}${name}`,
    `${given[0]}.${name}`,
    `${name}.${given}`,
    `${given}.${name}${year.slice(2)}`,
    `${given}${year}`,
    `${given}_${name}`,
    `${chance.one(['mail', 'post', 'info', 'x', 'the'])}.${given}${digits(chance, 2)}`,
    `${chance
      .one(person.interests)
      .toLowerCase()
      .replace(/[^a-z]/g, '')}${digits(chance, 3)}`,
  ][form] as string
  const host = chance.one(MAIL_HOSTS)
  return free(chance, taken, local, (name) => `${name}@${host}`)
}

function siteOf(chance: Chance, person: Person, taken: Set<string>): string {
  const [given, name] = [mailboxName(person.given), mailboxName(person.surname)]
  const host = chance.one([`${given}${name}`, `${given}-${name}`, `${name}`, `${given}${digits(chance, 2)}`])
  return free(chance, taken, host, (label) => `https://${label}.example`)
}

/** What is taken gets digits at its end, as people do it when a form refuses their first wish. */
function free(chance: Chance, taken: Set<string>, wish: string, whole: (name: string) => string): string {
  let made = whole(wish)
  for (let count = 1; taken.has(made); count++) made = whole(wish + digits(chance, Math.min(6, count)))
  taken.add(made)
  return made
}

function employ(
  chance: Chance,
  person: Person,
  employer: number,
  organisations: readonly Organisation[],
  taken: Set<string>,
): void {
  const { domain } = organisations[employer] as Organisation
  person.employer = employer
  if (!happens(chance, 0.7)) return
  const wish = `${mailboxName(person.given)}.${mailboxName(person.surname)}`
  person.mails.push(free(chance, taken, wish, (name) => `${name}@${domain}`))
}

/** People who are called like somebody famous, by no fault of theirs. */
function makeNamesakes(chance: Chance, people: readonly Person[]): void {
  const famous = people.filter((person) => person.famous)
  if (famous.length === 0) return
  for (const person of people) {
    if (person.famous || !happens(chance, NAMESAKE_SHARE)) continue
    const model = chance.one(famous)
    person.given = model.given
    person.short = model.short
    person.surname = model.surname
  }
}
