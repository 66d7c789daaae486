import { expect, it } from 'vitest'
import { POLICY_CHECK_IDS } from '../../../contract/policy-words.ts'
import { SWITCHED_CHECKS } from './check-groups.ts'

it('every check is set in one place, but those that a crisis and the training decide', () => {
  expect(new Set(SWITCHED_CHECKS).size).toBe(SWITCHED_CHECKS.length)
  const others = POLICY_CHECK_IDS.filter((check) => !SWITCHED_CHECKS.includes(check))
  expect(others).toEqual(['freeze', 'author'])
})
