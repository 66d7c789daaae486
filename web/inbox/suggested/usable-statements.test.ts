import { expect, test } from 'vitest'
import { usableStatements } from './usable-statements.ts'

const statement = (statementId: string, more: object = {}) => ({
  statementId,
  name: statementId,
  state: 'approved' as const,
  topicId: null,
  texts: { en: 'We look into it.', de: 'Wir prüfen das.' },
  ...more,
})
const idsOf = (found: readonly { statementId: string }[]) => found.map(({ statementId }) => statementId)

test('only what was approved may be said, of no topic or of one that the conversation is about', () => {
  const all = [
    statement('everywhere'),
    statement('bottles', { topicId: 'bottles' }),
    statement('trains', { topicId: 'trains' }),
    statement('waiting', { state: 'waiting' }),
    statement('draft', { state: 'draft' }),
  ]
  expect(idsOf(usableStatements(all, ['bottles'], 'en'))).toEqual(['everywhere', 'bottles'])
  expect(idsOf(usableStatements(all, [], 'en'))).toEqual(['everywhere'])
})

test('it is said in the language of the conversation, else in English, else as there is one', () => {
  const texts = (spoken: string | null, more: object = {}) => usableStatements([statement('one', more)], [], spoken)
  expect(texts('de-AT')).toMatchObject([{ language: 'de', text: 'Wir prüfen das.' }])
  expect(texts('fr')).toMatchObject([{ language: 'en', text: 'We look into it.' }])
  expect(texts(null, { texts: { nl: 'Wij zoeken het uit.' } })).toMatchObject([{ language: 'nl' }])
  expect(texts('de', { texts: {} })).toEqual([])
})
