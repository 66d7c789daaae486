import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

const marked = ({ text, spans }: ReturnType<typeof excerpt>) => spans.map(({ from, to }) => text.slice(from, to))

test('a match in sight leaves the text as it is', () => {
  const spans = [{ from: 4, to: 8 }]
  expect(excerpt('Das Netz ist weg', spans)).toEqual({ text: 'Das Netz ist weg', spans })
  expect(excerpt('nothing marked', [])).toEqual({ text: 'nothing marked', spans: [] })
})

test('a match far behind brings the text around it, cut at a word', () => {
  const text = `${'Seit heute Morgen rufe ich an. '.repeat(8)}Das Netz ist weg.`
  const from = text.indexOf('Netz')
  const short = excerpt(text, [{ from, to: from + 4 }])
  expect(marked(short)).toEqual(['Netz'])
  expect(short.text.startsWith('…')).toBe(true)
  expect(short.text.length).toBeLessThan(90)
  expect(text).toContain(` ${short.text.slice(1)}`)
})

test('where no word begins before the match, it begins with the match itself', () => {
  const text = `${'x'.repeat(300)}Netz`
  expect(excerpt(text, [{ from: 300, to: 304 }])).toEqual({ text: '…Netz', spans: [{ from: 1, to: 5 }] })
})
