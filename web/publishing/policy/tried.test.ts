import { expect, test } from 'vitest'
import { told } from './tried.ts'

const checks = [
  { check: 'deadline', before: 2, after: 2 },
  { check: 'shouting', before: 0, after: 3 },
  { check: 'price', before: 4, after: 4 },
  { check: 'link', before: 1, after: 0 },
]

test('a changed policy tells what differs', () => {
  expect(told(checks, true).map(({ check }) => check)).toEqual(['shouting', 'link'])
})

test('the policy in force tells what the texts meet, the most frequent first', () => {
  const inForce = checks.map(({ check, before }) => ({ check, before, after: before }))
  expect(told(inForce, false).map(({ check, after }) => [check, after])).toEqual([
    ['price', 4],
    ['deadline', 2],
    ['link', 1],
  ])
})
