import type { Chance } from './alarm-streams.ts'
import { below, digits, happens, weighted } from './identity-draws.ts'
import { folded } from './identity-errors.ts'
import type { Person } from './identity-social-people.ts'
import type { Network } from './identity-social-record.ts'
import { FEDIVERSE_HOSTS, NICK_FIRST, NICK_SECOND } from './identity-words.ts'

/** How people make handles: of their names in some thirty ways, of a nickname, of nothing that anybody else could know. */
type Form = (chance: Chance, parts: Parts) => string

interface Parts {
  given: string
  short: string
  surname: string
  year: string
  place: string
}

const NAME_FORMS = weighted<Form>([
  [(_, { given, surname }) => `${given}.${surname}`, 13],
  [(_, { given, surname }) => given + surname, 13],
  [(_, { given, surname }) => `${given}_${surname}`, 8],
  [(_, { given, surname }) => `${given[0]}${surname}`, 8],
  [(_, { given, surname }) => `${given[0]}.${surname}`, 3],
  [(_, { given, surname }) => `${surname}${given}`, 3],
  [(_, { given, surname }) => `${surname}_${given[0]}`, 2],
  [(_, { given, surname }) => `${given}${surname[0]}`, 5],
  [(_, { short, surname }) => `${short}${surname}`, 5],
  [(_, { short, surname }) => `${short}.${surname[0]}`, 2],
  [(_, { given, year }) => `${given}${year}`, 5],
  [(_, { given, year }) => `${given}${year.slice(2)}`, 5],
  [(_, { given, surname, year }) => `${given}${surname}${year.slice(2)}`, 5],
  [(_, { given, surname, year }) => `${given[0]}${surname}${year}`, 2],
  [(chance, { given }) => `${given}${digits(chance, 2 + below(chance, 3))}`, 7],
  [(chance, { given, surname }) => `${given[0]}${surname[0]}${digits(chance, 3 + below(chance, 3))}`, 2],
  [(_, { surname, place }) => `${surname}_${place.slice(0, 3)}`, 1],
  [(_, { given, place }) => `${given}_${place}`, 2],
  [(_, { given, place }) => `${given}in${place}`, 1],
  [
    (chance, { given }) =>
      `${chance.one(['its', 'iam', 'ich_bin_', 'hey', 'miss', 'mr', 'the', 'only', 'echt'])}${given}`,
    4,
  ],
  [(chance, { given, surname }) => `${chance.one(['real', 'iam', 'dr', 'the'])}${given}${surname}`, 2],
  [(_, { given, surname }) => leet(given + surname), 1],
  [(_, { given, surname }) => leet(given) + surname[0], 1],
  [(_, { given, surname }) => given[0] + surname.replace(/[aeiou]/g, ''), 1],
  [(_, { given }) => given + (given.at(-1) as string).repeat(2), 2],
  [(chance, { short }) => `${short}_${chance.one(NICK_SECOND)}`, 4],
  [(chance, { short, surname }) => `${short}${chance.one(['_', '.', ''])}${surname.slice(0, 4)}`, 2],
  [(_, { given, surname }) => `${given}-${surname}`, 2],
  [(_, { given, surname }) => [...(given + surname)].reverse().join(''), 0.5],
])

const NICK_FORMS = weighted<Form>([
  [(chance) => `${chance.one(NICK_FIRST)}${chance.one(NICK_SECOND)}`, 20],
  [(chance) => `${chance.one(NICK_FIRST)}_${chance.one(NICK_SECOND)}`, 12],
  [(chance) => `${chance.one(NICK_FIRST)}${chance.one(NICK_SECOND)}${digits(chance, 1 + below(chance, 4))}`, 20],
  [(chance) => `${chance.one(NICK_SECOND)}${digits(chance, 2 + below(chance, 3))}`, 8],
  [(chance, { short }) => `${chance.one(NICK_FIRST)}${short}`, 6],
  [(chance) => leet(`${chance.one(NICK_FIRST)}${chance.one(NICK_SECOND)}`), 5],
  [(chance) => babble(chance, 2 + below(chance, 2)), 14],
  [(chance) => babble(chance, 2) + digits(chance, 2), 8],
  [(chance, { place }) => `${chance.one(NICK_SECOND)}_${place}`, 3],
  [(chance) => `user${digits(chance, 6 + below(chance, 3))}`, 4],
])

export const nameHandle = (chance: Chance, person: Person, surname: string): string =>
  NAME_FORMS(chance)(chance, partsOf(chance, person, surname))

export const nickHandle = (chance: Chance, person: Person): string =>
  NICK_FORMS(chance)(chance, partsOf(chance, person, person.surname))

function partsOf(chance: Chance, person: Person, surname: string): Parts {
  const spelledOut = happens(chance, 0.7)
  const bare = (text: string) => folded(text, spelledOut).replace(/[^a-z0-9]/g, '')
  return {
    given: bare(person.given),
    short: bare(person.short ?? person.given),
    surname: bare(surname),
    year: String(person.birthYear),
    place: bare(person.city),
  }
}

const leet = (text: string): string => text.replace(/[aeios]/g, (letter) => '43105'['aeios'.indexOf(letter)] as string)

function babble(chance: Chance, syllables: number): string {
  let text = ''
  for (let at = 0; at < syllables; at++) text += chance.one([...'bdfgjklmnprstvwz']) + chance.one([...'aeiouy'])
  return text + chance.one(['', '', 'x', 'n', 'r', 'ks', 'z'])
}

/** The same handle again, the way it comes out on another network or after the first wish was taken. */
export function varied(chance: Chance, handle: string): string {
  const kind = below(chance, 8)
  if (kind === 0) return handle.replace(/[._-]/g, '')
  if (kind === 1) return handle.replace(/[.-]/g, '_')
  if (kind === 2) return `${handle}${digits(chance, 1 + below(chance, 2))}`
  if (kind === 3) return `_${handle}`
  if (kind === 4) return `${handle}_`
  if (kind === 5) return handle.replace(/\d+$/, '')
  if (kind === 6) return `${handle}.${chance.one(['official', 'privat', 'de', 'nl', 'uk', 'art', 'pics'])}`
  return `${chance.one(['the', 'its', 'real', 'x'])}${handle}`
}

/** Which handles a network has given out, and the rules that it has for them. */
export class Handles {
  readonly #taken = new Map<Network, Set<string>>()

  /** The handle as it is, unless it is taken: one's own domain is nobody else's, but may serve one account of a network only. */
  claim(network: Network, handle: string): boolean {
    const taken = this.#takenOn(network)
    if (taken.has(handle)) return false
    taken.add(handle)
    return true
  }

  /** The wish, or what becomes of it where it is not allowed or taken already. */
  take(chance: Chance, network: Network, wish: string): string {
    const taken = this.#takenOn(network)
    const host =
      network === 'fediverse' ? `@${chance.one(FEDIVERSE_HOSTS)}` : network === 'bluesky' ? '.sky.example' : ''
    const local = allowed(network, wish) || `user${digits(chance, 6)}`
    let handle = local + host
    for (let tries = 1; taken.has(handle); tries++)
      handle =
        `${local}${chance.one(['', '', '_'])}${digits(chance, Math.min(5, tries))}`.replace(/_/g, separator(network)) +
        host
    taken.add(handle)
    return handle
  }

  #takenOn(network: Network): Set<string> {
    const taken = this.#taken.get(network) ?? new Set()
    this.#taken.set(network, taken)
    return taken
  }
}

const separator = (network: Network): string => (network === 'bluesky' ? '-' : '_')

function allowed(network: Network, wish: string): string {
  switch (network) {
    case 'x':
      return wish.replace(/[.-]/g, '_').slice(0, 15)
    case 'instagram':
      return wish.replace(/-/g, '_').slice(0, 30)
    case 'fediverse':
      return wish.replace(/[.-]/g, '_')
    case 'bluesky':
      return wish.replace(/[._]/g, '-').replace(/^-+|-+$/g, '')
    default:
      return wish
  }
}
