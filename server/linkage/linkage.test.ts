import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clustersOf,
  compare,
  declareSchema,
  type FIELD_KINDS,
  KEYS_MAX,
  keysOf,
  type LinkageRecord,
  learnModel,
  linkRecords,
  packedModel,
  prepare,
  REASON_CODES,
  recalibrated,
  type Schema,
  startModel,
  unpackedModel,
} from './index.ts'
import {
  ACCOUNTS,
  chanceFrom,
  inventedAccounts,
  inventedList,
  inventedPerson,
  PERSON_FIELDS,
  PERSONS,
  slipped,
} from './testing.ts'

const compared = (schema: Schema, a: LinkageRecord, b: LinkageRecord, model = startModel(schema)) =>
  compare(model, prepare(schema, a), prepare(schema, b))
const code = (schema: Schema, a: LinkageRecord, b: LinkageRecord) =>
  compared(schema, a, b).reasons.map((reason) => reason.code)
const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    'Anna Müller',
    '1971-06-24',
    '+49 170 1234567',
    'a@b.example',
    'x.com/anna',
    'St. Lucy School',
    'constructor',
  ),
)

describe('comparing two records', () => {
  it('is symmetric, adds up, and knows its codes, whatever the fields hold', () => {
    const schemas = [
      PERSONS,
      ACCOUNTS,
      declareSchema([
        { name: 'a', kind: 'title' },
        { name: 'b', kind: 'person-list' },
        { name: 'c', kind: 'address' },
        { name: 'd', kind: 'organisation' },
        { name: 'e', kind: 'phone' },
        { name: 'f', kind: 'postcode' },
        { name: 'g', kind: 'picture' },
      ]),
    ]
    const twoWordsInAnyOrder = Array.from({ length: 20 }, (_, at) => ({ 3: 'a@b.example', 13: 'b A' })[at] ?? '')
    fc.assert(
      fc.property(fc.constantFrom(...schemas), fc.array(text, { minLength: 20, maxLength: 20 }), (schema, texts) => {
        const [a, b] = [0, 10].map((from) =>
          Object.fromEntries(schema.fields.map(({ name }, at) => [name, texts[from + at] as string])),
        ) as [LinkageRecord, LinkageRecord]
        const there = compared(schema, a, b)
        expect(compared(schema, b, a)).toEqual(there)
        const sum = there.reasons.reduce((total, { weight }) => total + weight, startModel(schema).prior)
        expect(there.weight).toBeCloseTo(sum, 6)
        for (const reason of there.reasons) expect(REASON_CODES).toContain(reason.code)
      }),
      { numRuns: 200, examples: [[PERSONS, twoWordsInAnyOrder]] },
    )
  })

  it('takes a missing field for no evidence at all', () => {
    const a = { given: 'Robert', surname: 'Allen', born: '1971-06-24' }
    const full = { ...a, city: 'Hull', mail: 'r@allen.example' }
    expect(compared(PERSONS, full, { ...a, city: ' ', mail: '' }).weight).toBe(compared(PERSONS, full, a).weight)
    expect(compared(PERSONS, full, a).weight).toBe(compared(PERSONS, a, a).weight)
  })

  it.each([
    ['given.nickname', { given: 'Bob' }, { given: 'Robert' }],
    ['given.nickname', { given: 'Hannes' }, { given: 'Johann' }],
    ['given.initial', { given: 'R.' }, { given: 'Robert' }],
    ['surname.exact', { surname: 'Müller' }, { surname: 'MUELLER' }],
    ['surname.typo', { surname: 'Hofmann' }, { surname: 'Hofmannn' }],
    ['surname.part', { surname: 'Müller-Schmidt' }, { surname: 'Schmidt' }],
    ['surname.swapped', { given: 'Alfie', surname: 'Griffiths' }, { given: 'Griffihs', surname: 'Alfie' }],
    ['birth-date.exact', { born: '24.06.1971' }, { born: '19710624' }],
    ['birth-date.day-month', { born: '1971-06-04' }, { born: '1971-04-06' }],
    ['birth-date.typo', { born: '1971-06-24' }, { born: '1917-06-24' }],
    ['birth-date.year', { born: '1971' }, { born: '1971-06-24' }],
    ['mail.local-part', { mail: 'robert255@smith.example' }, { mail: 'robert255@jones.example' }],
    ['mail.different', { mail: 'info@smith.example' }, { mail: 'info@bakery.example' }],
  ])('says %s', (expected, a, b) => {
    expect(code(PERSONS, a, b)).toContain(expected)
  })

  it('never takes a digest for nearly another', () => {
    const digest = 'a'.repeat(63)
    expect(code(PERSONS, { mail: `${digest}1` }, { mail: `${digest}2` })).toContain('mail.different')
    expect(code(PERSONS, { mail: `${digest}1` }, { mail: `${digest}1` })).toContain('mail.exact')
  })

  it('refuses a kind of field that it does not know, and a name given twice', () => {
    expect(() => declareSchema([{ name: 'a', kind: 'colour' as (typeof FIELD_KINDS)[number] }])).toThrow(TypeError)
    expect(() => declareSchema([PERSON_FIELDS[0], PERSON_FIELDS[0]] as never)).toThrow('twice')
  })
})

const NICKNAMES = 'odd ost red big sad shy icy dry fat wet raw hot coy sly wry dim old new pale bold'.split(' ')

describe('among accounts', () => {
  const anna = { network: 'x', name: 'Anastasia Quellmalz', handle: 'aqz' }

  it('a name alone never suffices, however rare it is', () => {
    const found = compared(ACCOUNTS, { ...anna, handle: '' }, { network: 'bluesky', name: 'Anastasia Quellmalz' })
    expect(found.probability).toBeLessThan(0.25)
    const sure = { ...startModel(ACCOUNTS), prior: 5, learnedPrior: 5 }
    const pushed = compared(ACCOUNTS, { name: 'Anastasia Quellmalz' }, { name: 'Anastasia Quellmalz' }, sure)
    expect(pushed.probability).toBeLessThan(0.26)
    expect(pushed.reasons.map((reason) => reason.code)).toContain('rule.name-alone')
  })

  it('a name and a handle made of that name are one kind of evidence with what only repeats it', () => {
    const sure = { ...startModel(ACCOUNTS), prior: 5, learnedPrior: 5 }
    const found = compared(ACCOUNTS, { name: 'Anna Müller' }, { handle: 'annamueller' }, sure)
    expect(found.reasons.map((reason) => reason.code)).toContain('handle-name.full-name')
    expect(found.probability).toBeLessThan(0.26)
  })

  it.each([
    ['handle-name.full-name', 'annamueller'],
    ['handle-name.full-name', 'muller.anna'],
    ['handle-name.name-and-number', 'anna_mueller85'],
    ['handle-name.nickname', 'hannamuller'],
    ['handle-name.initials', 'amueller'],
    ['handle-name.unrelated', 'sourdough'],
  ])('reads %s from @%s', (expected, handle) => {
    expect(code(ACCOUNTS, { name: 'Anna Müller' }, { handle })).toContain(expected)
  })

  it('a link back and forth is stronger than one that anybody can set', () => {
    const mutual = compared(
      ACCOUNTS,
      { network: 'x', handle: 'aqz', bio: 'instagram.com/aq.photo' },
      { network: 'instagram', handle: 'aq.photo', bio: 'also https://x.com/aqz' },
    )
    const oneWay = compared(
      ACCOUNTS,
      { network: 'x', handle: 'aqz', bio: 'instagram.com/aq.photo' },
      { network: 'instagram', handle: 'aq.photo', bio: 'bread' },
    )
    expect(mutual.reasons.map((reason) => reason.code)).toContain('account-link.mutual')
    expect(mutual.weight).toBeGreaterThan(oneWay.weight)
  })

  it('says a rare equal handle for more than a common one', () => {
    const handles = Array.from({ length: 400 }, (_, at) => ({
      network: 'x',
      handle: at % 2 ? `anna${at}` : `mari${at}`,
    }))
    const model = learnModel(ACCOUNTS, handles)
    const weightOf = (handle: string) =>
      compared(ACCOUNTS, { network: 'x', handle }, { network: 'bluesky', handle }, model).weight
    expect(weightOf('zqwvlkxj')).toBeGreaterThan(weightOf('anna') + 5)
  })

  it('two whole names that contradict each other speak against, whatever word they share', () => {
    expect(code(ACCOUNTS, { name: 'Clemens Quell' }, { name: 'Ulf Quell' })).toContain('name.different')
    expect(code(ACCOUNTS, { name: 'Clemens Quell' }, { name: 'Quell' })).toContain('name.word')
    expect(code(ACCOUNTS, { name: 'Alexander Lukaschow' }, { name: 'Alexander Lukashov' })).not.toContain(
      'name.different',
    )
    expect(code(ACCOUNTS, { name: 'Анна Иванова' }, { name: 'Anna Ivanova' })).not.toContain('name.different')
  })

  it('a slip in a handle is worth no more than what both handles share', () => {
    const handles = Array.from({ length: 400 }, (_, at) => ({
      network: 'x',
      handle: `${NICKNAMES[at % 20]}walnut${at}`,
    }))
    const model = learnModel(ACCOUNTS, handles)
    const weightOf = (handle: string, other: string) =>
      compared(ACCOUNTS, { network: 'x', handle }, { network: 'bluesky', handle: other }, model).weight
    expect(weightOf('oddwalnut', 'oldwalnut')).toBeLessThan(weightOf('zqwvlkxj', 'zqwvlkxjj') - 4)
  })

  it('a name is read without what stands around it', () => {
    for (const shown of ['Dr. Anna Quell', 'Anna Quell (she/her)', 'Anna Quell | baker', 'Sen. Anna Quell ✔ official'])
      expect(code(ACCOUNTS, { name: shown }, { name: 'Anna Quell' })).toContain('name.exact')
    expect(code(ACCOUNTS, { name: 'Minister' }, { name: 'Minister' })).toContain('name.exact')
  })

  it('a fan or a parody is not who it is about, whatever it takes from them', () => {
    const quell = {
      network: 'instagram',
      name: 'Anna Quell',
      handle: 'annaquell',
      bio: 'Baker in Wien, fan of SV Wien',
    }
    const official = { ...quell, network: 'x', handle: 'anna_quell' }
    const link = 'https://instagram.com/annaquell'
    expect(code(ACCOUNTS, quell, official)).not.toContain('standing.fan-or-parody')
    for (const about of [{ name: 'Anna Quell Fans' }, { bio: 'Fanpage of Anna Quell' }, { bio: 'Parody account.' }]) {
      const found = compared(ACCOUNTS, quell, { ...official, site: link, ...about })
      expect(found.reasons.map((reason) => reason.code)).toContain('standing.fan-or-parody')
      expect(found.probability).toBeLessThan(0.001)
    }
  })

  it('where several accounts of one network show the same, only what cannot be copied binds them to others', () => {
    const shown = { name: 'Anastasia Quellmalz', handle: 'anastasia_q', city: 'Zwolle', active: '2020-01-01/' }
    const others = inventedAccounts(60)
    const own = { network: 'instagram', ...shown, mail: 'a@quellmalz.example' }
    const account = { network: 'x', ...shown, mail: 'a@quellmalz.example' }
    const copy = { network: 'x', ...shown, handle: 'anastasia_q_' }
    const alone = linkRecords(ACCOUNTS, [...others, { ...own, mail: '' }, { ...account, mail: '' }]).labels
    expect(alone.at(-1)).toBe(alone.at(-2))
    const contested = linkRecords(ACCOUNTS, [...others, { ...own, mail: '' }, { ...account, mail: '' }, copy]).labels
    expect(new Set([...contested].slice(-3)).size).toBe(3)
    const proven = linkRecords(ACCOUNTS, [...others, own, account, copy]).labels
    expect(proven.at(-2)).toBe(proven.at(-3))
    expect(proven.at(-1)).not.toBe(proven.at(-2))
  })

  it.each([
    [
      'two accounts of one network active at once',
      { network: 'x', active: '2020-01-01/2024-01-01' },
      { network: 'x', active: '2023-01-01/' },
    ],
    ['numbers proved by different persons', { proven: '1001' }, { proven: '1002' }],
    ['a known impersonator', { standing: 'impersonator' }, { standing: 'person' }],
    ['an organisation and a person', { standing: 'organisation' }, { standing: 'person' }],
    ['different cities', { city: 'Hamburg' }, { city: 'Wien' }],
  ])('%s speaks against', (_, a, b) => {
    const base = { name: 'Anna Müller', handle: 'anna.m85' }
    const without = compared(ACCOUNTS, base, base).weight
    expect(compared(ACCOUNTS, { ...base, ...a }, { ...base, ...b }).weight).toBeLessThan(without)
  })
})

describe('learning without labels', () => {
  const { records, truth } = inventedList(600)
  const model = learnModel(PERSONS, records)

  it('finds the shares that the list was made with', () => {
    const matches = truth.length - new Set(truth).size
    const pairs = (records.length * (records.length - 1)) / 2
    const lambda = 2 ** model.prior / (1 + 2 ** model.prior)
    expect(lambda * pairs).toBeGreaterThan(matches * 0.9)
    expect(lambda * pairs).toBeLessThan(matches * 1.1)
    const surname = model.units[PERSONS.units.findIndex(({ topic }) => topic === 'surname')]
    expect(surname?.m[1]).toBeLessThan(0.1)
    const born = model.units[PERSONS.units.findIndex(({ topic }) => topic === 'birth-date')]
    expect(born?.m[1]).toBeGreaterThan(0.9)
  })

  it('groups nearly all and joins no two persons', () => {
    const { labels } = linkRecords(PERSONS, records)
    const joined = truth.filter((person, at) => truth[labels[at] as number] !== person).length
    expect(joined).toBe(0)
    const found = truth.filter((_, at) => labels[at] !== at).length
    expect(found).toBeGreaterThan(290)
  })

  it('says a rare name for more than a common one', () => {
    const many = [
      ...records,
      ...Array.from({ length: 200 }, (_, at) => ({ ...inventedPerson(chanceFrom(at + 50)), surname: 'jansen' })),
    ]
    const learned = learnModel(PERSONS, many)
    const weightOf = (surname: string) => compared(PERSONS, { surname }, { surname }, learned).weight
    expect(weightOf('quellmalz')).toBeGreaterThan(weightOf('jansen') + 4)
  })

  it('survives being stored', () => {
    const stored = unpackedModel(packedModel(model))
    const [a, b] = [records[2] as LinkageRecord, records[3] as LinkageRecord]
    expect(stored && compared(PERSONS, a, b, stored)).toEqual(compared(PERSONS, a, b, model))
  })

  it('is moved by what people answer, in whatever order', () => {
    const pair = compared(PERSONS, { given: 'anna', surname: 'jansen' }, { given: 'anna', surname: 'jansen' }, model)
    const refused = { levels: pair.levels, confirmed: false, probability: 0.9 }
    const confirmed = { ...refused, confirmed: true }
    const weightAfter = (answers: (typeof refused)[]) =>
      compared(
        PERSONS,
        { given: 'anna', surname: 'jansen' },
        { given: 'anna', surname: 'jansen' },
        recalibrated(model, answers),
      ).weight
    expect(weightAfter(Array(20).fill(refused))).toBeLessThan(pair.weight - 1)
    expect(weightAfter(Array(20).fill(confirmed))).toBeGreaterThan(weightAfter(Array(20).fill(refused)))
    const steps = recalibrated(recalibrated(model, [refused]), [confirmed])
    expect(steps).toEqual(recalibrated(model, [confirmed, refused]))
  })
})

describe('blocking keys', () => {
  it('are few, and a record with a slip in one field shares one with the original', () => {
    const chance = chanceFrom(3)
    for (let round = 0; round < 200; round++) {
      const person = inventedPerson(chance)
      const keys = keysOf(PERSONS, person)
      expect(keys.length).toBeLessThanOrEqual(KEYS_MAX)
      for (const field of ['given', 'surname', 'mail', 'city'] as const) {
        const other = { ...person, [field]: slipped(chance, person[field]) }
        expect(keysOf(PERSONS, other).some((key) => keys.includes(key))).toBe(true)
      }
    }
  })

  it('bring swapped names, an umlaut written out, and a handle made of the name together', () => {
    const meet = (schema: Schema, a: LinkageRecord, b: LinkageRecord) =>
      keysOf(schema, a).some((key) => keysOf(schema, b).includes(key))
    expect(meet(PERSONS, { given: 'Anna', surname: 'Müller' }, { given: 'Mueller', surname: 'Anna' })).toBe(true)
    expect(meet(ACCOUNTS, { name: 'Anna Müller' }, { handle: 'anna.mueller85' })).toBe(true)
    expect(meet(ACCOUNTS, { bio: 'https://x.com/aqz' }, { network: 'x', handle: 'AQZ' })).toBe(true)
    expect(meet(PERSONS, { given: 'Anna', surname: 'Müller' }, { given: 'Piotr', surname: 'Kowalski' })).toBe(false)
  })
})

describe('groups', () => {
  const edges = (list: [number, number, number][]) => ({
    a: list.map(([a]) => a),
    b: list.map(([, b]) => b),
    weight: list.map(([, , weight]) => weight),
  })

  it('do not chain through weak edges', () => {
    const labels = clustersOf(
      4,
      edges([
        [0, 1, 9],
        [1, 2, 0.5],
        [2, 3, 9],
      ]),
    )
    expect([...labels]).toEqual([0, 0, 2, 2])
  })

  it('keep apart what must be, and let strong evidence go first', () => {
    const apart = (a: number, b: number) => a + b === 1
    expect([
      ...clustersOf(
        3,
        edges([
          [0, 1, 20],
          [0, 2, 3],
          [1, 2, 5],
        ]),
        { apart },
      ),
    ]).toEqual([0, 1, 1])
  })

  it('give each record of two tables one partner at most', () => {
    const labels = clustersOf(
      4,
      edges([
        [0, 2, 5],
        [1, 2, 9],
        [0, 3, 4],
        [1, 3, 8],
      ]),
      { tables: Uint8Array.from([0, 0, 1, 1]) },
    )
    expect([...labels]).toEqual([0, 1, 1, 0])
  })

  it('do not depend on the order of the edges', () => {
    const list: [number, number, number][] = [
      [0, 1, 4],
      [1, 2, 4],
      [2, 3, 4],
      [0, 3, 4],
      [0, 2, -3],
      [1, 3, 1],
    ]
    const first = [...clustersOf(4, edges(list))]
    expect([...clustersOf(4, edges([...list].reverse()))]).toEqual(first)
  })
})
