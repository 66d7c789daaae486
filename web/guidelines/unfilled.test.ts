import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { unfilledPlaces } from './unfilled.ts'

const template = (language: string) =>
  readFileSync(new URL(`../../server/guidelines/templates/guideline.${language}.md`, import.meta.url), 'utf8')

test('what the template leaves open is found, each place once, in every language', () => {
  expect(unfilledPlaces(template('en'))).toEqual(['[brackets]', '[whom, where]', '[press office]', '[page]', '[lead]'])
  expect(unfilledPlaces(template('de'))).toContain('[an wen, wo]')
  expect(unfilledPlaces(template('nl'))).toContain('[aan wie, waar]')
})

test('links, ticked boxes and brackets that are meant are no open places', () => {
  const text = 'See [our page](https://example.com), [the list][list] and \\[this].\n\n- [x] done\n- [ ] open\n'
  expect(unfilledPlaces(`${text}\n[list]: https://example.com`)).toEqual([])
  expect(unfilledPlaces('Ask [lead]: before you send.')).toEqual(['[lead]'])
})
