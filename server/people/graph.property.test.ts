import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../platform/testing/database.ts'
import { KINDS, Story, type Wish } from './testing/graph-story.ts'
import { tablesOf } from './testing/graph-tables.ts'
import { GraphWorld } from './testing/graph-world.ts'

const RUNS = 30
const WISHES_MAX = 45

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.close())

const freshWorld = async () => new GraphWorld(test.database, await test.createWorkspace())

const wishes = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(99), b: fc.nat(99), c: fc.nat(99) }), {
  minLength: 20,
  maxLength: WISHES_MAX,
  size: 'max',
})

it('any acts and their undos in any order leave what the remaining acts alone say, also past an erasure', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, async (drawn) => {
      const story = new Story(await freshWorld())
      for (const wish of [...BEGINNING, ...drawn, ...endingOf(drawn)]) {
        const { refused, expected } = await story.fulfil(wish)
        expect(refused, `${wish.kind} was answered as the reference answers`).toBe(expected)
        expect(byAccount(await story.world.tables())).toEqual(byAccount(tablesOf(story.reference)))
      }
      const again = await freshWorld()
      await story.replay(again)
      expect(byAccount(await again.tables())).toEqual(byAccount(await story.world.tables()))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 600_000)

/** Enough to begin with that what is drawn finds something to act on. */
const BEGINNING = [0, 1, 2, 3, 4, 5].flatMap((a) => [
  { kind: 'hear', a, b: a, c: 0 } as const,
  { kind: 'begin', a, b: 0, c: 1 } as const,
])

/** Accounts leave persons who are then erased, and everything is undone that stands: what is gone stays gone. */
const endingOf = (drawn: readonly Wish[]): Wish[] => {
  const of = (kind: Wish['kind'], count: number) => drawn.slice(0, count).map((wish) => ({ ...wish, kind }))
  return [
    ...of('move', 4),
    ...of('cut', 4),
    ...of('erase-person', 5).map((wish) => ({ ...wish, c: 0 })),
    ...of('undo', 18),
  ]
}

/** Links are a stack of each account: what stands in another's stack between says nothing. */
const byAccount = <Tables extends { links: string[] }>(tables: Tables) => ({
  ...tables,
  links: tables.links.toSorted((left, right) =>
    accountOf(left) < accountOf(right) ? -1 : accountOf(left) > accountOf(right) ? 1 : 0,
  ),
})
const accountOf = (line: string): string => line.split(' ')[0] ?? ''
