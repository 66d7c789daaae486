import { describe, expect, it } from 'vitest'
import { BlockBuilder, keyParts, partColumns } from '../blocks.ts'
import { byRecord, forCandidates } from '../candidates.ts'
import { compare, declareSchema, type LinkageRecord, learnModel, prepare } from '../index.ts'
import { partsOf } from '../keys.ts'
import { ACCOUNTS, inventedAccounts, inventedList, PERSONS } from '../testing.ts'
import { Interner } from './interner.ts'
import { Batch } from './link-batch.ts'

async function linked(schema: typeof PERSONS, records: readonly LinkageRecord[], threads: number) {
  const batch = new Batch(schema)
  for (const record of records) batch.add(record)
  return batch.link({ threads, model: learnModel(schema, records) })
}

describe('a batch', () => {
  const { records, truth } = inventedList(400)

  it('weighs pairs as a comparison of the two records does', async () => {
    const { edges, model } = await linked(PERSONS, records, 2)
    expect(edges.a.length).toBeGreaterThan(150)
    for (const [at, weight] of edges.weight.entries()) {
      const [a, b] = [edges.a[at], edges.b[at]].map((row) => prepare(PERSONS, records[row as number] as LinkageRecord))
      const { weight: expected } = compare(model, a as ReturnType<typeof prepare>, b as ReturnType<typeof prepare>)
      expect(weight).toBeCloseTo(expected, 2)
    }
  })

  it('finds the same groups whatever the number of threads, and joins no two persons', async () => {
    const [one, three] = await Promise.all([linked(PERSONS, records, 1), linked(PERSONS, records, 3)])
    expect([...three.labels]).toEqual([...one.labels])
    expect(truth.filter((person, at) => truth[one.labels[at] as number] !== person)).toEqual([])
    expect(truth.filter((_, at) => one.labels[at] !== at).length).toBeGreaterThan(180)
  })

  it('weighs accounts as a comparison does, and what is contested less', async () => {
    const accounts = inventedAccounts(300)
    const { edges, model } = await linked(ACCOUNTS, accounts, 2)
    let contested = 0
    for (const [at, weight] of edges.weight.entries()) {
      const [a, b] = [edges.a[at], edges.b[at]].map((row) =>
        prepare(ACCOUNTS, accounts[row as number] as LinkageRecord),
      )
      const { weight: expected } = compare(model, a as ReturnType<typeof prepare>, b as ReturnType<typeof prepare>)
      if (weight < expected - 0.01) contested++
      else expect(weight).toBeCloseTo(expected, 2)
    }
    expect(contested).toBeGreaterThan(0)
    expect(contested).toBeLessThan(edges.a.length / 2)
  })

  it('weighs titles of one form and people in another order the same, whichever comes first', async () => {
    const papers = declareSchema([
      { name: 'title', kind: 'title' },
      { name: 'authors', kind: 'person-list' },
    ])
    const words = ['Rye', 'Grain', 'Oven', 'Dough', 'Salt', 'Yeast', 'Crust', 'Malt', 'Spelt', 'Sour']
    const list = words.flatMap((word, at) => [
      { title: `Lots o' ${word}: ${words[(at + 3) % 10]} and time`, authors: `Ada Quell, Bo Halm${word}` },
      { title: `lots o'${word}: ${words[(at + 3) % 10]} and time`, authors: `Bo Halm${word}, Ada Quelle` },
    ])
    const { edges, model } = await linked(papers, list, 1)
    expect(edges.a.length).toBeGreaterThanOrEqual(10)
    for (const [at, weight] of edges.weight.entries()) {
      const [a, b] = [edges.a[at], edges.b[at]].map((row) => prepare(papers, list[row as number] as LinkageRecord))
      const [one, other] = [a as ReturnType<typeof prepare>, b as ReturnType<typeof prepare>]
      expect(weight).toBeCloseTo(compare(model, one, other).weight, 2)
      expect(weight).toBeCloseTo(compare(model, other, one).weight, 2)
    }
  })

  it('keeps the rule that a name alone never suffices', async () => {
    const accounts = Array.from({ length: 60 }, (_, at) => ({
      network: at % 2 ? 'x' : 'bluesky',
      name: `Anastasia Quell${at >> 1}`,
    }))
    const { labels } = await linked(ACCOUNTS, accounts, 1)
    expect([...labels]).toEqual(accounts.map((_, at) => at))
  })

  it('links an empty list', async () => {
    expect([...(await new Batch(PERSONS).link({ threads: 1 })).labels]).toEqual([])
  })
})

describe('blocks', () => {
  it('are bounded although a hundred records share every key, and lose no copy', () => {
    const same = Array.from({ length: 100 }, (_, at) => ({
      given: 'Anna',
      surname: 'Jansen',
      born: `19${10 + (at % 50)}-05-07`,
      city: 'Hull',
      mail: 'info@x.example',
    }))
    const prepared = same.map((record) => prepare(PERSONS, record))
    const parts = partsOf(PERSONS)
    const builder = new BlockBuilder(parts, partColumns(PERSONS, prepared), 8)
    for (const key of keyParts(parts)) builder.add(key, same.length)
    const blocks = builder.blocks()
    for (let block = 0; block + 1 < blocks.offsets.length; block++)
      expect((blocks.offsets[block + 1] as number) - (blocks.offsets[block] as number)).toBeLessThanOrEqual(8)
    const pairs = new Set<string>()
    forCandidates(blocks, byRecord(blocks, 100), { from: 0, to: 100 }, (a, b) => {
      expect(pairs.has(`${a} ${b}`)).toBe(false)
      pairs.add(`${a} ${b}`)
    })
    for (let at = 0; at < 50; at++) expect(pairs.has(`${at} ${at + 50}`)).toBe(true)
  })
})

describe('numbers of strings', () => {
  it('are the same for the same string only, whatever its letters', () => {
    const interner = new Interner()
    const texts = Array.from({ length: 20_000 }, (_, at) => `${at % 3 ? 'ä' : 'a'}${at}${at % 7 ? '' : '🍞'}`)
    const ids = texts.map((text) => interner.idOf(text))
    expect(new Set(ids).size).toBe(texts.length)
    expect(texts.map((text) => interner.idOf(text))).toEqual(ids)
    expect(interner.idOf('')).toBe(0)
    const { offsets, bytes } = interner.shared()
    const id = ids[7] as number
    expect(Buffer.from(bytes.slice(offsets[id - 1], offsets[id])).toString('utf8')).toBe(texts[7])
  })
})
