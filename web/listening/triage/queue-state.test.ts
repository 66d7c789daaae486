import { expect, test } from 'vitest'
import type { QueuedPost, SortReport } from './answers.ts'
import { answered, EMPTY_QUEUE, movedBy, needsMore, passed, reopened, sortedAs, withMore } from './queue-state.ts'

const post = (postId: string) => ({ postId, judgement: null }) as QueuedPost
const queue = withMore(EMPTY_QUEUE, ['a', 'b', 'c', 'd', 'e'].map(post))
const verdict = (side: 'for-us' | 'not-for-us') =>
  ({ verdictId: `v-${side}`, side }) as NonNullable<SortReport['items'][number]['verdict']>

test('sorting goes on to the next post that is open, and past the end where there is none', () => {
  const first = sortedAs(queue, 'a', 'for-us')
  expect(first.index).toBe(1)
  const skipped = passed(first)
  expect(skipped.index).toBe(2)
  expect(passed({ ...queue, index: 4 }).index).toBe(5)
})

test('more posts are asked for in time, and what is there already is not shown twice', () => {
  expect(needsMore(queue)).toBe(false)
  expect(needsMore({ ...queue, index: 2 })).toBe(true)
  expect(withMore(queue, ['d', 'f'].map(post)).items.map(({ post: { postId } }) => postId)).toEqual([...'abcde', 'f'])
})

test('a colleague’s opposite verdict brings the post back, with that verdict', () => {
  const sorted = sortedAs(queue, 'a', 'for-us')
  const told = answered(sorted, {
    items: [{ postId: 'a', outcome: 'conflict', verdict: verdict('not-for-us') }],
    judged: [],
  })
  expect(told.index).toBe(0)
  expect(told.items[0]).toMatchObject({ sorted: null, conflict: { side: 'not-for-us' } })
})

test('what the server confirms can be taken back by its name; what it thinks of the others changes in place', () => {
  const judgement = { side: 'unsure' as const, probability: 0.5, reasons: [] }
  const told = answered(sortedAs(queue, 'a', 'for-us'), {
    items: [{ postId: 'a', outcome: 'sorted', verdict: verdict('for-us') }],
    judged: [{ postId: 'c', judgement }],
  })
  expect(told.items[0]?.sorted).toEqual({ side: 'for-us', verdictId: 'v-for-us' })
  expect(told.items[2]?.post.judgement).toEqual(judgement)
  expect(told.index).toBe(1)
  const back = reopened(told, 'a')
  expect(back.index).toBe(0)
  expect(back.items[0]?.sorted).toBeNull()
})

test('a post that is gone cannot be sorted and is there again', () => {
  const told = answered(sortedAs(queue, 'b', 'for-us'), {
    items: [{ postId: 'b', outcome: 'unknown', verdict: null }],
    judged: [],
  })
  expect(told.items[1]?.sorted).toBeNull()
})

test('j and k stay within the queue', () => {
  expect(movedBy(queue, -1)).toBe(0)
  expect(movedBy({ ...queue, index: 5 }, 1)).toBe(4)
})
