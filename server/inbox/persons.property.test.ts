import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openDesk } from './testing/desk.ts'
import { KINDS, LivedStory } from './testing/lived-story.ts'
import { viewsOf } from './testing/lived-views.ts'

const RUNS = 3
const WISHES_MAX = 36
const ACCOUNTS = 4

const wishes = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(99), b: fc.nat(99), c: fc.nat(99) }), {
  minLength: 30,
  maxLength: WISHES_MAX,
  size: 'max',
})

it('after any acts and their undos members see what the remaining acts alone would show, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(wishes, async (drawn) => {
      await using desks = await twoDesks()
      const story = new LivedStory(desks.first)
      await story.begin(ACCOUNTS)
      for (const wish of drawn) await story.fulfil(wish)
      const views = await viewsOf(story)
      expectNothingLost(story, views)
      expect(views).toEqual(await viewsOf(await story.tellAgain(desks.second)))
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})

/** Each post, answer and note stands with exactly one person, or with an account that is nobody's. */
function expectNothingLost(
  { texts, notes }: LivedStory,
  { persons, nobodys }: Awaited<ReturnType<typeof viewsOf>>,
): void {
  const all = Object.values(persons) as { timeline: string[]; notes: string[] }[]
  const told = [...all.flatMap(({ timeline }) => timeline), ...(Object.values(nobodys) as string[][]).flat()]
  for (const text of texts)
    expect([text, told.filter((line) => line.endsWith(` ${text}`) || line.includes(` ${text} `))]).toEqual([
      text,
      [expect.any(String)],
    ])
  expect(all.flatMap((one) => one.notes).toSorted()).toEqual(notes.toSorted())
}

async function twoDesks() {
  const [first, second] = [await openDesk(), await openDesk()]
  return {
    first,
    second,
    [Symbol.asyncDispose]: async () => {
      await first.close()
      await second.close()
    },
  }
}
