import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Explanation, evaluate, explain } from './index.ts'
import { type PostDetails, post, query } from './testing.ts'
import { anyPost, anyQuery } from './testing-queries.ts'

/** The leaves on which the answer rests, with their reason. */
function because(text: string, words: string, details?: PostDetails): string[] {
  const leaves = (part: Explanation): Explanation[] =>
    part.kind === 'term' || part.kind === 'filter' ? [part] : part.parts.flatMap(leaves)
  const decisive = leaves(explain(query(text), post(words, details))).filter((leaf) => leaf.decisive)
  return decisive.map(
    ({ text: typed, holds, reason }) =>
      `${holds ? '+' : '-'} ${typed} ${'value' in reason ? reason.value : reason.code}`,
  )
}

describe('explanations', () => {
  test('a match rests on everything that an AND asked for and on what was found of an OR', () => {
    expect(because('Nordlicht (Netz OR Tarif) -Werbung', 'Nordlicht: kein Netz')).toEqual([
      '+ Nordlicht found',
      '+ Netz found',
      '- Werbung missing',
    ])
  })

  test('a miss rests on what is missing', () => {
    expect(because('Nordlicht (Netz OR Tarif) -Werbung', 'Nordlicht hat zu')).toEqual([
      '- Netz missing',
      '- Tarif missing',
    ])
  })

  test('a miss by NOT rests on the word that is there', () => {
    expect(because('Nordlicht -Werbung', 'Nordlicht macht Werbung')).toEqual(['+ Werbung found'])
  })

  test('a filter tells what the post says', () => {
    expect(because('followers:>100', 'x', { author: { followers: 80 } })).toEqual(['- followers:>100 80'])
    expect(because('lang:de', 'x')).toEqual(['- lang:de null'])
  })

  test('words too far apart are told with the distance that would do', () => {
    const { reason } = explain(query('Netz NEAR/2 weg'), post('Das Netz ist heute schon wieder weg'))
    expect(reason).toEqual({ code: 'too-far', distance: 5 })
  })

  test('words out of reach of any NEAR are told without a distance', () => {
    const { reason } = explain(query('Netz NEAR/2 weg'), post('weg', { title: 'Netz' }))
    expect(reason).toEqual({ code: 'too-far', distance: null })
  })

  test('words in the wrong order are told', () => {
    expect(explain(query('weg ONEAR/3 Netz'), post('Netz weg')).reason.code).toBe('wrong-order')
  })

  test('the explanation and the answer agree, part by part', () => {
    fc.assert(
      fc.property(anyQuery(), anyPost(), (text, prepared) => {
        const read = query(text)
        const check = (part: Explanation): void => {
          expect(part.holds).toBe(evaluate(query(part.text), prepared) !== null)
          part.parts.forEach(check)
        }
        const explanation = explain(read, prepared)
        expect(explanation.holds).toBe(evaluate(read, prepared) !== null)
        check(explanation)
      }),
      { numRuns: 300 },
    )
  })
})
