import { describe, expect, test } from 'vitest'
import type { LinkageRecord } from '../server/linkage/index.ts'
import { figures } from './identity-figures.ts'

const set = figures(400)
const rows: (LinkageRecord & { truth: string })[] = set.records.map((record, at) => ({
  ...record,
  truth: set.truth[at] as string,
}))
const official = rows.filter(({ truth }) => truth.startsWith('figure'))
const fans = rows.filter(({ truth }) => truth.startsWith('fan'))

describe('public figures over five networks', () => {
  test('are the same for the same seed, and others for another', () => {
    expect(figures(400)).toEqual(set)
    expect(figures(400, 7).records.slice(0, 20)).not.toEqual(set.records.slice(0, 20))
  })

  test('have one account or more on most networks, under names and handles that mostly agree', () => {
    expect(new Set(official.map(({ network }) => network)).size).toBe(5)
    const persons = [...Map.groupBy(official, ({ truth }) => truth).values()]
    expect(official.length / persons.length).toBeGreaterThan(2.5)
    const oneHandle = persons.filter((accounts) => new Set(accounts.map(({ handle }) => handle)).size < accounts.length)
    expect(oneHandle.length / persons.length).toBeGreaterThan(0.4)
    expect(oneHandle.length / persons.length).toBeLessThan(0.9)
  })

  test('give each handle of a network once', () => {
    expect(new Set(rows.map(({ network, handle }) => `${network}/${handle}`)).size).toBe(rows.length)
  })

  test('have fans who are somebody else and name them', () => {
    const names = new Map(official.map(({ truth, name }) => [truth.replace('figure', 'fan'), name as string]))
    expect(fans.length).toBeGreaterThan(80)
    const naming = fans.filter(({ truth, name }) => {
      const words = (names.get(truth) ?? '').toLowerCase().split(' ')
      return words.some((word) => (name as string).toLowerCase().includes(word))
    })
    expect(naming.length / fans.length).toBeGreaterThan(0.8)
  })
})
