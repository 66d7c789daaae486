import { describe, expect, test } from 'vitest'
import { socialPlan, socialSet } from './identity-social.ts'
import { NETWORKS } from './identity-social-record.ts'

const plan = socialPlan(12_000)
const records = socialSet(plan)
const accounts = records.filter(({ network }) => network !== 'crm')
const contacts = records.filter(({ network }) => network === 'crm')
const shareOf = <Item>(items: readonly Item[], is: (item: Item) => boolean) => items.filter(is).length / items.length

describe('the generated social set', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(socialSet(plan)).toEqual(records)
    expect(socialSet({ ...plan, seed: 7 }).slice(0, 50)).not.toEqual(records.slice(0, 50))
  })

  test('gives each person at most seven accounts and many people none', () => {
    const counts = new Map<number, number>()
    for (const { truth } of accounts) counts.set(truth, (counts.get(truth) ?? 0) + 1)
    const persons = [...counts].filter(([truth]) => truth < plan.persons)
    expect(Math.max(...persons.map(([, count]) => count))).toBeLessThanOrEqual(7)
    expect(1 - persons.length / plan.persons).toBeCloseTo(0.22, 1)
    expect(new Set(accounts.map(({ network }) => network))).toEqual(new Set(NETWORKS))
    expect(contacts).toHaveLength(plan.contacts)
  })

  test('gives a handle, a network id and a customer number once', () => {
    for (const network of NETWORKS) {
      const handles = accounts.filter((account) => account.network === network).flatMap(({ handle }) => handle ?? [])
      expect(new Set(handles).size).toBe(handles.length)
    }
    const ids = records.map(({ network, networkId }) => `${network} ${networkId}`)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('has three impersonators in a hundred accounts, who carry the name of somebody else and never his mail', () => {
    const impersonators = accounts.filter(({ impersonates }) => impersonates !== null)
    expect(impersonators.length / accounts.length).toBeCloseTo(0.03, 3)
    expect(new Set(impersonators.map(({ truth }) => truth)).size).toBe(impersonators.length)
    const names = Map.groupBy(accounts, ({ truth }) => truth)
    const copied = shareOf(impersonators, ({ name, impersonates }) =>
      (names.get(impersonates as number) ?? []).some((model) => model.name === name),
    )
    expect(copied).toBeGreaterThan(0.6)
    expect(impersonators.every(({ mails, relMe }) => mails.length === 0 && relMe.length === 0)).toBe(true)
  })

  test('holds the traps: what different people share, and what one person does not', () => {
    const people = new Map<string, Set<number>>()
    for (const { phones, mails, avatarHash, truth } of records)
      for (const value of [...phones, ...mails, ...(avatarHash ? [avatarHash] : [])])
        people.set(value, (people.get(value) ?? new Set()).add(truth))
    const shared = (is: (value: string) => boolean) =>
      [...people].filter(([value, who]) => is(value) && who.size > 1).length
    expect(shared((value) => value.startsWith('+'))).toBeGreaterThan(10)
    expect(shared((value) => value.startsWith('familie.'))).toBeGreaterThan(1)
    const names = Map.groupBy(contacts, ({ truth }) => truth)
    expect([...names.values()].some((own) => new Set(own.map(({ name }) => name)).size > 1)).toBe(true)
    const namesakes = Map.groupBy(contacts, ({ name }) => name ?? '')
    expect([...namesakes].some(([name, same]) => name && new Set(same.map(({ truth }) => truth)).size > 1)).toBe(true)
  })

  test('is shuffled: neighbours say nothing of who belongs to whom', () => {
    expect(records.every(({ index }, at) => index === at)).toBe(true)
    const neighbours = records.slice(1).filter(({ truth }, at) => truth === records[at]?.truth).length
    expect(neighbours).toBeLessThan(20)
  })
})
