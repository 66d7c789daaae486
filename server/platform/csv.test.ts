import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CSV_MARK, csvFile, csvLine } from './csv.ts'

test.each([
  ['=1+1', `"'=1+1"\r\n`],
  ['+49 40 123', `"'+49 40 123"\r\n`],
  ['-2+3', `"'-2+3"\r\n`],
  ['@SUM(A1)', `"'@SUM(A1)"\r\n`],
  ['\t=1', `"'\t=1"\r\n`],
  ['\r=1', `"'\r=1"\r\n`],
  ['  =1', `"'  =1"\r\n`],
  ['\n=1', `"'\n=1"\r\n`],
  ['＝1', `"'＝1"\r\n`],
  ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"\r\n`],
  ['plain', 'plain\r\n'],
  ['a=b', 'a=b\r\n'],
  ['say "hi", then', '"say ""hi"", then"\r\n'],
])('the text %j cannot be run', (text, line) => {
  expect(csvLine([text])).toBe(line)
})

test('numbers, dates and nothing are written as they are', () => {
  expect(csvLine([-5, 570306133677760513n, true, new Date('2026-03-01T12:00:00Z'), null, undefined])).toBe(
    '-5,570306133677760513,true,2026-03-01T12:00:00.000Z,,\r\n',
  )
})

test('any text comes back whole, apart from the apostrophe, and none begins as a formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 }), (cells) => {
      const [row] = parse(csvLine(cells), { record_delimiter: '\r\n' }) as string[][]
      expect(row?.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells)
      for (const cell of row ?? []) expect(cell).not.toMatch(/^\s*[=+\-@]/)
    }),
  )
})

test('a file begins with its mark and its header', async () => {
  let written = ''
  for await (const piece of csvFile(['line', 'reason'], [[7, '=x']])) written += piece
  expect(written).toBe(`${CSV_MARK}line,reason\r\n7,"'=x"\r\n`)
})
