import { describe, expect, test } from 'vitest'
import { draftOf } from './draft.ts'
import { Phrasebook } from './phrases.ts'
import { readDraft } from './reading.ts'

const book = new Phrasebook({ de: 'wir|ich ~ erstatten\n& kosten übernehm*', nl: 'geld terug', en: 'we _ you' })

function found(text: string, language: string | null = null): string[] {
  const { prose } = readDraft(draftOf(text, { language }), () => language)
  return prose.flatMap(({ words }) =>
    book.find(words, language).map(({ first, last }) => text.slice(words[first]?.from, words[last]?.to)),
  )
}

describe('phrases', () => {
  test('a gap is at most three words and ends with the sentence', () => {
    expect(found('Gern wird das so: Wir Ihnen das auch erstatten.', 'de')).toEqual(['Wir Ihnen das auch erstatten'])
    expect(found('Wir Ihnen das auch gern erstatten.', 'de')).toEqual([])
    expect(found('Wir. Erstatten nichts.', 'de')).toEqual([])
  })
  test('a line with & has its words in any order, near each other, in one sentence', () => {
    expect(found('Das übernehmen wir, alle Kosten.', 'de')).toEqual(['übernehmen wir, alle Kosten'])
    expect(found('Die Kosten 10.00 Euro übernehme ich.', 'de')).toEqual(['Kosten 10.00 Euro übernehme'])
    expect(found('Kosten? Übernehmen wir.', 'de')).toEqual([])
    expect(found(`Kosten ${'so '.repeat(9)}übernehmen`, 'de')).toEqual([])
  })
  test('only the lists of the language are read, all where it is not known', () => {
    expect(found('geld terug, we help you', 'nl')).toEqual(['geld terug'])
    expect(found('geld terug, we help you', 'fr')).toEqual([])
    expect(found('geld terug, we help you')).toEqual(['geld terug', 'we help you'])
  })
})
