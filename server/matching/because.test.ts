import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { becauseOf } from './because.ts'
import { evaluate, explain } from './index.ts'
import { relaxed } from './relaxed.ts'
import { type PostDetails, post, query } from './testing.ts'
import { anyPost, anyQuery } from './testing-queries.ts'

const because = (text: string, said: string, details: PostDetails = {}) =>
  becauseOf(explain(query(text), post(said, details))).map(({ code, text: part, distance, value }) =>
    [code, part, distance, value].filter((one) => one !== null).join(' '),
  )

describe('a post matches because', () => {
  test.each([
    ['Netz AND weg', 'Das Netz ist weg', ['found Netz', 'found weg']],
    ['Netz OR Empfang', 'Das Netz ist weg', ['found Netz']],
    ['Netz NEAR/3 weg NOT Werbung', 'Das Netz ist weg', ['found Netz NEAR/3 weg']],
    ['NOT Werbung', 'Das Netz ist weg', ['absent Werbung']],
  ])('%s: %s', (text, said, expected) => {
    expect(because(text, said)).toEqual(expected)
  })
})

describe('a post is missed because', () => {
  test.each([
    ['Netz AND weg', 'Das Netz ist da', {}, ['missing weg']],
    ['Netz NOT (Werbung OR Anzeige)', 'Netz! Anzeige', {}, ['present (Werbung OR Anzeige)']],
    ['Netz NEAR/2 weg', 'Das Netz ist heute leider weg', {}, ['too-far Netz NEAR/2 weg 4']],
    ['Netz ONEAR/2 weg', 'weg, das Netz', {}, ['wrong-order Netz ONEAR/2 weg']],
    ['Netz lang:de', 'Netz', { language: 'nl' }, ['value lang:de nl']],
    ['Netz AND (weg OR kaputt OR tot)', 'Netz', {}, ['missing (weg OR kaputt OR tot)']],
  ])('%s: %s', (text, said, details, expected) => {
    expect(because(text, said, details)).toEqual(expected)
  })

  test('some part, whatever the query', () => {
    fc.assert(
      fc.property(anyQuery(), anyPost(), (text, said) => {
        const asked = query(text)
        const explained = explain(asked, said)
        const reasons = becauseOf(explained)
        expect(reasons.length).toBeGreaterThan(0)
        if (!explained.holds) expect(reasons.every(({ holds }) => !holds)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a query with one demand less', () => {
  const meets = (text: string, said: string, details: PostDetails = {}) => {
    const net = relaxed(query(text))
    return net !== null && evaluate(net, post(said, details)) !== null
  }
  test.each([
    ['Netz AND weg', 'Das Netz ist da', {}],
    ['Netz NEAR/2 weg', 'weg, leider und ohne jede Vorwarnung: das Netz', {}],
    ['Netz NOT Werbung', 'Netz! Werbung!', {}],
    ['Netz lang:de', 'Netz', { language: 'nl' }],
    ['"schlechter Empfang"', 'Empfang: schlechter', {}],
    ['{NT}', 'nt again', {}],
    ['Nordlicht', 'Nordlichtkunde', {}],
    ['(Netz AND weg) OR Ausfall', 'weg', {}],
  ])('%s is almost met by: %s', (text, said, details) => {
    expect(evaluate(query(text), post(said, details))).toBe(null)
    expect(meets(text, said, details)).toBe(true)
  })

  test('gives up one demand and not two, and never asks of every post', () => {
    expect(meets('Netz AND weg AND Kiel', 'Netz')).toBe(false)
    expect(relaxed(query('lang:de'))).toBe(null)
    expect(relaxed(query('NOT Netz'))).toBe(null)
  })

  test('can be made of every query, in bounded time', () => {
    fc.assert(
      fc.property(anyQuery(), (text) => {
        relaxed(query(text))
      }),
      { numRuns: 300 },
    )
    const words = Array.from({ length: 300 }, (_, at) => `wort${at}`)
    const started = performance.now()
    relaxed(query(words.join(' AND ')))
    relaxed(query(words.join(' OR ')))
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})
