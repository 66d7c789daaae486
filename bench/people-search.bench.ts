import { sql } from 'kysely'
import { searchPeople } from '../server/people/search/search.ts'
import { countRules } from '../server/people/segments/counting.ts'
import { SYSTEM } from '../server/platform/events.ts'
import type { Services } from '../server/platform/services.ts'
import type { BenchOptions, Measured } from './bench.ts'
import { openWorkspace, vacuum, withInstallation } from './installation.ts'
import { insertPersons, nameOfPerson, PERSONS_AT_ONCE } from './people-rows.ts'
import { numbersFrom } from './random.ts'
import { quantile } from './statistics.ts'

/**
 * How long the search for a person takes among a million, by everything they are known by, and names with slips; whether
 * the person meant is among the first ten; and how long it takes to count segments. One request at a time, by the clock.
 */
const PERSONS = 1_000_000
const QUESTIONS = 200
const WARM_UP = 20
const SHOWN = 10
const SLOW_MS = 50

type Ask = (person: number, random: () => number) => string

const KINDS: readonly [name: string, ask: Ask, counted: boolean][] = [
  ['handle', (person) => `@user${person}.bench`, true],
  ['former handle', (person) => `formerly${person}.bench`, true],
  ['mail', (person) => `user${person}@mail.example.org`, true],
  ['phone', (person) => `030 ${String(10_000_000 + person).replace(/(\d{4})/, '$1 ')}`, true],
  ['customer number', (person) => `K-${person}`, true],
  ['name', (person) => nameOfPerson(person), false],
  ['name turned round', (person) => nameOfPerson(person).split(' ').toReversed().join(' '), false],
  ['name with a slip', (person, random) => slipped(nameOfPerson(person), random), false],
  ['name with two slips', (person, random) => slipped(slipped(nameOfPerson(person), random), random), false],
  ['initial and surname', (person) => nameOfPerson(person).replace(/^(.)\S* /, '$1. '), false],
  ['surname', (person) => nameOfPerson(person).split(' ')[1] ?? '', false],
  ['first name', (person) => nameOfPerson(person).split(' ')[0] ?? '', false],
  ['surname with a slip', (person, random) => slipped(nameOfPerson(person).split(' ')[1] ?? '', random), false],
  ['first name with a slip', (person, random) => slipped(nameOfPerson(person).split(' ')[0] ?? '', random), false],
  ['nobody', (_, random) => `Xq${random() % 1000} Zvw${random() % 1000}`, false],
]

export async function measure(options: BenchOptions): Promise<Measured> {
  return withInstallation(async (started) => {
    const persons = options.number('persons', PERSONS)
    const questions = options.number('questions', QUESTIONS)
    const workspaceId = await fill(started.services, persons, options)
    const figures: Record<string, number> = { persons }
    for (const [name, ask, counted] of KINDS)
      await measureKind(started.services, workspaceId, { name, ask, counted, persons, questions }, figures)
    await measureSegments(started.services, workspaceId, figures)
    const targets = [
      ...KINDS.map(([name]) => ({ figure: `${name}: p99 ms`, atMost: SLOW_MS })),
      ...KINDS.filter(([, , counted]) => counted).map(([name]) => ({ figure: `${name}: found share`, atLeast: 1 })),
      { figure: 'name with a slip: found share', atLeast: 0.9 },
      { figure: 'ten segments counted: p99 ms', atMost: 1_000 },
    ]
    return { figures, targets }
  })
}

interface Kind {
  name: string
  ask: Ask
  counted: boolean
  persons: number
  questions: number
}

/** Found: the very person is shown; where names are many people's, somebody of that name is. */
async function measureKind(
  services: Services,
  workspaceId: string,
  { name, ask, counted, persons, questions }: Kind,
  figures: Record<string, number>,
): Promise<void> {
  const random = numbersFrom(7)
  const taken: number[] = []
  let found = 0
  for (let question = -WARM_UP; question < questions; question++) {
    const person = random() % persons
    const text = ask(person, random)
    const begun = performance.now()
    const { persons: shown } = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      searchPeople(tx, { text, limit: SHOWN }),
    )
    if (question < 0) continue
    taken.push(performance.now() - begun)
    const meant = nameOfPerson(person)
    if (shown.some((each) => (counted ? each.personId === idOfPerson(person) : each.name === meant))) found++
  }
  figures[`${name}: found share`] = found / questions
  figures[`${name}: p50 ms`] = quantile(taken, 0.5)
  figures[`${name}: p99 ms`] = quantile(taken, 0.99)
}

async function measureSegments(
  services: Services,
  workspaceId: string,
  figures: Record<string, number>,
): Promise<void> {
  const rules = Array.from({ length: 10 }, (_, at) => ({
    match: 'all' as const,
    conditions: [
      { field: 'value' as const, is: 'atLeast' as const, amount: at * 9 },
      { field: 'tags' as const, is: 'anyOf' as const, words: ['VIP', 'press'] },
      { field: 'lastContact' as const, is: 'within' as const, days: 90 },
    ],
  }))
  const taken: number[] = []
  for (let round = -2; round < 20; round++) {
    const begun = performance.now()
    const { all } = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => countRules(tx, rules, new Date()))
    if (round >= 0) taken.push(performance.now() - begun)
    figures['segments: estimated'] = all.estimated ? 1 : 0
  }
  figures['ten segments counted: p50 ms'] = quantile(taken, 0.5)
  figures['ten segments counted: p99 ms'] = quantile(taken, 0.99)
}

const idOfPerson = (person: number): string => `0000000d-0000-7000-8000-${person.toString(16).padStart(12, '0')}`

/** A letter more, less, another, or swapped: not the first one, which people get right. */
function slipped(text: string, random: () => number): string {
  const at = 1 + (random() % (text.length - 2))
  const letter = 'abcdefghiklmnoprstuvw'.charAt(random() % 21)
  const [before, here, after] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
  if (here === ' ' || after.startsWith(' ')) return slipped(text, random)
  const kinds = [
    before + letter + here + after,
    before + after,
    before + letter + after,
    before + after.charAt(0) + here + after.slice(1),
  ]
  return kinds[random() % kinds.length] ?? text
}

async function fill(services: Services, persons: number, { say }: BenchOptions): Promise<string> {
  const workspaceId = await openWorkspace(services, ['de', 'en'])
  for (let from = 0; from < persons; from += PERSONS_AT_ONCE) {
    const count = Math.min(PERSONS_AT_ONCE, persons - from)
    await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => insertPersons(tx, from, count))
    if (from % (20 * PERSONS_AT_ONCE) === 0) say(`${from} of ${persons} persons are there`)
  }
  await vacuum(services)
  const { rows } = await services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
    sql<{ words: string }>`select count(distinct word)::text as words from name_word_key`.execute(tx.sql),
  )
  say(`${rows[0]?.words} words of names`)
  return workspaceId
}
