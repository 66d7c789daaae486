import { expect, test } from 'vitest'
import { chartCsv, hasPoint, withOthers } from './chart-data.ts'

const series = (name: string, ...values: (number | null)[]) => ({ name, values })

test('five series stay as they are', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((name) => series(name, 1))
  expect(withOthers(five, 'Others')).toBe(five)
})

test('of more, the four largest stay in their order and the rest is summed up', () => {
  const given = [
    series('a', 1, 1),
    series('b', 9, 9),
    series('c', 8, 8),
    series('d', 7, 7),
    series('e', 6, 6),
    series('f', 2, null),
  ]
  expect(withOthers(given, 'Others')).toEqual([given[1], given[2], given[3], given[4], series('Others', 3, 1)])
})

test('a gap in all of the rest stays a gap, and the comparison period is no part of it', () => {
  const before = { ...series('before', 50, 50), comparison: true }
  const given = [
    ...['a', 'b', 'c', 'd'].map((name) => series(name, 9, 9)),
    series('e', 1, null),
    series('f', 1, null),
    before,
  ]
  const shown = withOthers(given, 'Others')
  expect(shown.at(-2)).toEqual(series('Others', 2, null))
  expect(shown.at(-1)).toBe(before)
})

test('gaps alone are nothing to draw, a single 0 is a figure', () => {
  const labels = ['Mon', 'Tue']
  expect(hasPoint({ labels, series: [] })).toBe(false)
  expect(hasPoint({ labels, series: [series('a', null, null), series('b', null, null)] })).toBe(false)
  expect(hasPoint({ labels, series: [series('a', null, null), series('b', null, 0)] })).toBe(true)
})

test('the CSV holds all series, quotes what needs it, and is no formula for a spreadsheet', () => {
  const data = {
    labels: ['Mon', '=1+1', 'a "b", c'],
    series: [series('+Brand', 1, null, 3.5), series('Other', 4, 5, -6)],
  }
  expect(chartCsv(data, 'Day')).toBe(["Day,'+Brand,Other", 'Mon,1,4', "'=1+1,,5", '"a ""b"", c",3.5,-6'].join('\r\n'))
})
