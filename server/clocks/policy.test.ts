import { describe, expect, it } from 'vitest'
import { openPolicy, policyProblems } from './policy.ts'
import type { LadderStep, PolicyRules } from './policy-rules.ts'
import { officeRules, policyRules } from './testing/desk.ts'

const named = (changed: Partial<PolicyRules>): string[] =>
  policyProblems(policyRules(changed)).map(({ code, place, value }) => `${code} ${place} ${value}`)
const step = (changed: Partial<LadderStep>): Partial<PolicyRules> => {
  const made: LadderStep = { name: 'soon', at: { when: 'due' }, action: { do: 'warn' }, ...changed }
  return { ladders: { 'first-answer': [made], 'next-answer': [], resolution: [] } }
}

describe('a policy’s problems', () => {
  it('are none for a sound one, with targets from the narrow to the wide', () => {
    expect(named({})).toEqual([])
  })

  it('name targets that are no promise', () => {
    for (const minutes of [0, -5, 1.5, 525_601, Number.NaN]) {
      expect(named({ targets: [{ clock: 'resolution', minutes }] })).toEqual([
        `target-out-of-range targets.0 ${minutes}`,
      ])
    }
    expect(named({ targets: [{ clock: 'resolution', minutes: null }] })).toEqual([])
  })

  it('name targets behind one that already fits all of theirs', () => {
    const targets: PolicyRules['targets'] = [
      { clock: 'first-answer', priority: 'urgent', minutes: 10 },
      { clock: 'first-answer', priority: 'urgent', segment: 'press', minutes: 5 },
      { clock: 'next-answer', minutes: 10 },
      { clock: 'first-answer', segment: 'press', minutes: 5 },
      { clock: 'next-answer', minutes: 20 },
    ]
    expect(named({ targets })).toEqual([
      'target-unreachable targets.1 targets.0',
      'target-unreachable targets.4 targets.2',
    ])
  })

  it('name steps that are none', () => {
    const here = 'ladders.first-answer.0'
    expect(named(step({ name: 'a:b' }))).toEqual([`step-name-malformed ${here} a:b`])
    expect(named(step({ at: { when: 'before', minutes: 0 } }))).toEqual([`step-minutes-out-of-range ${here} 0`])
    expect(named(step({ at: { when: 'spent', percent: 100 } }))).toEqual([`step-percent-out-of-range ${here} 100`])
    const [first] = step({}).ladders?.['first-answer'] ?? []
    const twice = { 'first-answer': [], 'next-answer': [], resolution: [first as LadderStep, first as LadderStep] }
    expect(named({ ladders: twice })).toEqual(['step-name-twice ladders.resolution.1 soon'])
    const many = Array.from({ length: 21 }, () => first as LadderStep)
    expect(named({ ladders: { ...twice, resolution: many } })).toEqual(['too-many-steps ladders.resolution 21'])
  })

  it('name a policy to which nothing is an answer, and a calendar that is none', async () => {
    expect(named({ answers: [] })).toEqual(['no-answer-counts answers '])
    const opened = await openPolicy(policyRules({ answers: [], calendar: officeRules({ timeZone: 'Moon' }) }))
    expect('problems' in opened && opened.problems.map(({ code }) => code)).toEqual([
      'no-answer-counts',
      'time-zone-unknown',
    ])
  })
})
