import { expect, test } from 'vitest'
import { PERSON_FIELDS, personRows } from './identity-persons.ts'

const rows = personRows(20_000)
const groups = [...Map.groupBy(rows.truth.keys(), (at) => rows.truth[at])].map(([, group]) => group)

test('persons come one to five times, shuffled, and the same for the same seed', () => {
  expect(Math.max(...groups.map(({ length }) => length))).toBe(5)
  expect(rows.truth.length / groups.length).toBeCloseTo(1.98, 1)
  expect(rows.truth.slice(1).filter((person, at) => person === rows.truth[at]).length).toBeLessThan(20)
  expect(personRows(20_000)).toEqual(rows)
  expect(personRows(20_000, 12).surname).not.toEqual(rows.surname)
})

test('every field differs between copies of one person somewhere, and is missing somewhere', () => {
  const copies = groups.filter(({ length }) => length > 1)
  for (const field of PERSON_FIELDS) {
    const said = copies.map((group) => new Set(group.map((at) => rows[field][at]).filter(Boolean)))
    const differing = said.filter(({ size }) => size > 1).length / copies.length
    expect([field, differing > 0.03 && differing < 0.75]).toEqual([field, true])
    expect(rows[field]).toContain('')
  }
})

test('different persons share names, addresses and lines, as households and namesakes do', () => {
  const whose = new Map<string, Set<number>>()
  for (const [at, person] of rows.truth.entries())
    for (const value of [`${rows.given[at]} ${rows.surname[at]}`, rows.street[at], rows.phone[at]])
      if (value) whose.set(value, (whose.get(value) ?? new Set()).add(person))
  const shared = [...whose].filter(([, persons]) => persons.size > 1).map(([value]) => value)
  expect(shared.filter((value) => value.startsWith('+')).length).toBeGreaterThan(200)
  expect(shared.filter((value) => /^[A-Z]\S+ [A-Z]\S+$/.test(value)).length).toBeGreaterThan(50)
})
