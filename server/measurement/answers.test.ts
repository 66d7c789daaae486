import { expect, test } from 'vitest'
import { runAudit } from './audit.ts'
import { brand, request, sourceOf, type Told } from './testing/told.ts'

const thread: Told[] = [
  { by: 'ann', text: '@nordair where is my bag?', at: '2026-01-01T10:00:00Z' },
  { by: 'nordair', text: '@ann which flight?', at: '2026-01-01T10:30:00Z', answers: 1 },
  { by: 'ann', text: '@nordair NA 12', at: '2026-01-01T10:40:00Z', answers: 2 },
  { by: 'nordair', text: '@ann found', at: '2026-01-01T12:00:00Z', answers: 3 },
  { by: 'bob', text: '@nordair mine too', at: '2026-01-01T11:00:00Z', answers: 1 },
  { by: 'cid', text: '@nordair late again', at: '2026-01-02T09:00:00Z' },
  { by: 'dee', text: '@nordair do you fly to Oslo?', at: '2026-01-02T10:00:00Z' },
  { by: 'nordair', text: '@dee we do', at: '2026-01-02T16:00:00Z', answers: 7 },
]

const measured = async (told: Told[]) => {
  const { answers } = await runAudit(sourceOf(told), request(brand('Nordair')))
  if (answers.state !== 'measured') throw new Error(answers.state)
  return answers
}

test('a conversation is one customer in one thread; its first answer counts from their first post', async () => {
  const { times } = await measured(thread)
  // ann (30 min), dee (6 h); bob wrote in ann's thread and cid in none, and nobody answered them.
  expect(times).toEqual({ conversations: 4, answered: 2, median: 30, p90: 360, classes: [0, 1, 0, 1, 0] })
})

test('those that waited longest are shown in that order, with how long', async () => {
  const { slowest, slowestMinutes } = await measured(thread)
  expect([slowest, slowestMinutes]).toEqual([
    [6, 0],
    [360, 30],
  ])
})

test('an answer to another customer in the thread is none for this one', async () => {
  const { times } = await measured(thread.slice(0, 5))
  expect([times.conversations, times.answered]).toEqual([2, 1])
})

test('unanswered questions are told from other unanswered posts', async () => {
  const answers = await measured([...thread, { by: 'eve', text: '@nordair hello?', at: '2026-01-02T18:00:00Z' }])
  expect(answers.unansweredQuestions).toBe(1)
  // The question first, then what cid and bob wrote.
  expect([answers.unanswered[0], answers.unanswered.slice(1).sort()]).toEqual([8, [4, 5]])
  expect(answers.young).toBe(2)
})

test('a question mark within an address is no question', async () => {
  const report = await runAudit(
    sourceOf([
      { by: 'ann', text: '@nordair see https://example.org/?q=1', at: '2026-01-01' },
      { by: 'bob', text: '@nordair see https://example.org/?q=1 why?', at: '2026-01-01' },
    ]),
    request(brand('Nordair')),
  )
  expect(report.questions.posts).toBe(1)
})

test('posts that answer each other in a circle end all the same', async () => {
  const { times } = await measured([
    { by: 'ann', text: '@nordair one', at: '2026-01-01T10:00:00Z', answers: 2 },
    { by: 'nordair', text: 'two', at: '2026-01-01T11:00:00Z', answers: 1 },
  ])
  expect([times.conversations, times.answered]).toEqual([1, 1])
})

test('without replies, or without posts of the brand, nothing is said about answers', async () => {
  const asked: Told = { by: 'ann', text: '@nordair hello?', at: '2026-01-01' }
  const alone = await runAudit(sourceOf([asked]), request(brand('Nordair')))
  expect(alone.answers).toEqual({ state: 'no-replies', replies: 0 })
  const talk = await runAudit(
    sourceOf([asked, { by: 'bob', text: 'same', at: '2026-01-01', answers: 1 }]),
    request(brand('Nordair')),
  )
  expect(talk.answers).toEqual({ state: 'no-own-posts', replies: 1 })
})
