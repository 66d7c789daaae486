import { expect, test } from 'vitest'
import { ARRIVED_MAX } from '../../contract/column-limits.ts'
import { isEmpty, isTooMuch, Pending, putBack, take } from './pending.ts'

const heard = (count: number) => {
  const pending = new Pending()
  for (let index = 0; index < count; index++) pending.heard.add(`p${index}`)
  return pending
}

test('as much as the server takes is asked for at once, oldest first, and the rest stays for the next time', () => {
  const pending = heard(ARRIVED_MAX + 3)
  const taken = take(pending)
  expect(taken.heard.size).toBe(ARRIVED_MAX)
  expect([...pending.heard]).toEqual([ARRIVED_MAX, ARRIVED_MAX + 1, ARRIVED_MAX + 2].map((index) => `p${index}`))
  take(pending)
  expect(isEmpty(pending)).toBe(true)
})

test('what could not be asked is asked again with what came meanwhile, each once', () => {
  const pending = heard(2)
  const taken = take(pending)
  pending.heard.add('p1')
  pending.conversations.add('c')
  putBack(pending, taken)
  expect([...pending.heard].toSorted()).toEqual(['p0', 'p1'])
  expect([...pending.conversations]).toEqual(['c'])
})

test('after a long while away the lists are read anew instead', () => {
  expect(isTooMuch(heard(4 * ARRIVED_MAX))).toBe(false)
  expect(isTooMuch(heard(4 * ARRIVED_MAX + 1))).toBe(true)
})
