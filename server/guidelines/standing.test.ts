import { describe, expect, it } from 'vitest'
import { grade } from './grading.ts'
import { dueAfterGrace, standingOfGuideline, standingOfTraining } from './standing.ts'

const day = (number: number) => new Date(Date.UTC(2026, 0, number))
const since = { askedSince: day(1), joinedAt: day(1), gateSince: null, graceDays: 14 }

describe('grace', () => {
  it('begins when all of it is there: the guideline, the member, and the closed gate', () => {
    expect(dueAfterGrace(since)).toEqual(day(15))
    expect(dueAfterGrace({ ...since, joinedAt: day(10) })).toEqual(day(24))
    expect(dueAfterGrace({ ...since, gateSince: day(12) })).toEqual(day(26))
  })
})

describe('a guideline', () => {
  it('is open within grace, overdue from its end on, and done once the version that asks was acknowledged', () => {
    expect(standingOfGuideline({ version: 2 }, 1, since, day(14)).standing).toBe('open')
    expect(standingOfGuideline({ version: 2 }, 1, since, day(15)).standing).toBe('overdue')
    expect(standingOfGuideline({ version: 2 }, 2, since, day(15))).toEqual({ standing: 'done', dueAt: null })
    expect(standingOfGuideline({ version: 2 }, 3, since, day(15)).standing).toBe('done')
  })
})

describe('a training', () => {
  it('can be renewed thirty days before it ends, and is overdue at once when it ended', () => {
    const passed = { version: 1, validUntil: day(60) }
    expect(standingOfTraining(1, passed, since, day(29)).standing).toBe('done')
    expect(standingOfTraining(1, passed, since, day(30)).standing).toBe('renew')
    expect(standingOfTraining(1, passed, since, day(60))).toEqual({ standing: 'overdue', dueAt: day(60) })
  })

  it('that was passed for good stays done, until a version asks again', () => {
    const passed = { version: 1, validUntil: null }
    expect(standingOfTraining(1, passed, since, day(900)).standing).toBe('done')
    expect(standingOfTraining(2, passed, { ...since, askedSince: day(890) }, day(900)).standing).toBe('open')
  })
})

describe('an attempt', () => {
  const question = (key: string, right: string[]) => ({
    key,
    question: key,
    options: ['a', 'b', 'c'].map((option) => ({ key: option, text: option, right: right.includes(option) })),
    explanation: 'because',
  })
  const questions = [question('one', ['a']), question('two', ['a', 'b'])]

  it('is right where exactly the right options were chosen', () => {
    const { questions: graded } = grade(questions, { one: ['a'], two: ['a'] }, 50)
    expect(graded.map(({ correct }) => correct)).toEqual([true, false])
    expect(grade(questions, { one: ['a'], two: ['a', 'b', 'c'] }, 100).passed).toBe(false)
    expect(grade(questions, { one: ['a', 'a'], two: ['b', 'a'] }, 100).passed).toBe(true)
  })

  it('passes at the mark and not below', () => {
    expect(grade(questions, { one: ['a'] }, 50).passed).toBe(true)
    expect(grade(questions, { one: ['a'] }, 51).passed).toBe(false)
    expect(grade(questions, {}, 1).passed).toBe(false)
  })
})
