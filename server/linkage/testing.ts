import { declareSchema, type Field } from './schema.ts'

/** Invented persons for tests: same seed, same persons. */
export const PERSON_FIELDS: readonly Field[] = [
  { name: 'given', kind: 'given-name' },
  { name: 'surname', kind: 'surname' },
  { name: 'born', kind: 'birth-date' },
  { name: 'city', kind: 'city' },
  { name: 'mail', kind: 'mail' },
]
export const PERSONS = declareSchema(PERSON_FIELDS)

export const ACCOUNTS = declareSchema([
  { name: 'network', kind: 'network' },
  { name: 'active', kind: 'active' },
  { name: 'handle', kind: 'handle' },
  { name: 'name', kind: 'full-name' },
  { name: 'bio', kind: 'bio' },
  { name: 'site', kind: 'site' },
  { name: 'mail', kind: 'mail' },
  { name: 'city', kind: 'city' },
  { name: 'proven', kind: 'proven-id' },
  { name: 'standing', kind: 'standing' },
])

export type TestPerson = Record<'given' | 'surname' | 'born' | 'city' | 'mail', string>

const SYLLABLES =
  'ba be bo da de do fa fe fo ga go ha he ho ka ke ko la le lo ma me mo na ne no pa pe ra re ro sa se so ta te to wa we'.split(
    ' ',
  )

export function chanceFrom(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

const word = (chance: (below: number) => number, syllables: number): string =>
  Array.from({ length: syllables }, () => SYLLABLES[chance(SYLLABLES.length)]).join('')

export function inventedPerson(chance: (below: number) => number): TestPerson {
  const given = word(chance, 2)
  const surname = word(chance, 3)
  const two = (number: number): string => String(number + 1).padStart(2, '0')
  return {
    given,
    surname,
    born: `${1940 + chance(60)}-${two(chance(12))}-${two(chance(28))}`,
    city: `${SYLLABLES[chance(30)]}stadt`,
    mail: `${given}.${surname}${chance(100)}@post.example`,
  }
}

/** One slip of the keyboard within a text. */
export function slipped(chance: (below: number) => number, text: string): string {
  if (text.length < 4) return text
  const at = 1 + chance(text.length - 2)
  const kind = chance(3)
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1)
  if (kind === 1) return `${text.slice(0, at)}x${text.slice(at + 1)}`
  return text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2)
}

/** Persons, half of them twice with a slip in one or two fields; `truth` numbers them. */
export function inventedList(count: number, seed = 7): { records: TestPerson[]; truth: number[] } {
  const chance = chanceFrom(seed)
  const records: TestPerson[] = []
  const truth: number[] = []
  for (let person = 0; person < count; person++) {
    const original = inventedPerson(chance)
    records.push(original)
    truth.push(person)
    if (person % 2 === 0) continue
    const copy = { ...original }
    for (const field of ['surname', 'given', 'mail'].slice(0, 1 + chance(2)) as (keyof TestPerson)[])
      copy[field] = slipped(chance, copy[field])
    records.push(copy)
    truth.push(person)
  }
  return { records, truth }
}

const NETWORKS = ['x', 'bluesky', 'instagram']

/** Each person has an account on three networks; of every twentieth there is a copy on each network, active at once. */
export function inventedAccounts(persons: number, seed = 5): Record<string, string>[] {
  const chance = chanceFrom(seed)
  return Array.from({ length: persons }, (_, at) => {
    const { given, surname, city, mail } = inventedPerson(chance)
    const name = `${given} ${surname}`
    const account = (network: string, handle: string) => ({ network, handle, name, active: '2021-01-01/' })
    const own = NETWORKS.map((network, kind) => ({
      ...account(network, kind === 0 ? `${given}${surname}` : `${given}_${surname}${chance(3)}`),
      ...(chance(2) ? { city } : {}),
      ...(chance(4) ? {} : { mail }),
    }))
    return at % 20 ? own : [...own, ...NETWORKS.map((network) => account(network, `${given}.${surname}${at}`))]
  }).flat()
}
