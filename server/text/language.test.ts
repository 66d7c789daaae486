import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { dataFolder } from '../../scripts/data-folder.ts'
import { loadLanguageRecogniser } from './index.ts'

let recognise: (text: string) => string | null
beforeAll(async () => {
  recognise = await loadLanguageRecogniser()
})

describe('language recognition', () => {
  test.each([
    ['de', 'Seit gestern Abend kein Netz in Kiel, und die Hotline legt einfach auf.'],
    ['de', 'Wurde heute super beraten, danke an das Team im Laden!'],
    ['de', 'Warum wird meine Rechnung jeden Monat teurer?'],
    ['nl', 'Mijn tent lekt na één bui, wat een waardeloze kwaliteit.'],
    ['nl', 'Heb je al geprobeerd om de router opnieuw op te starten?'],
    ['nl', 'Wat fijn dat jullie zo snel hebben gereageerd!'],
    ['en', 'My phone has had no signal since this morning, is anyone else down?'],
    ['en', 'Shout out to the support team, fixed in ten minutes.'],
    ['fr', 'Le réseau est encore en panne depuis ce matin.'],
  ])('%s: %s', (language, text) => {
    expect(recognise(text)).toBe(language)
  })

  test.each(['', 'ok', 'Nordlicht', '12345 67890 12345', '😡😡😡😡😡😡😡😡😡😡😡😡', 'hahahaha lol'])(
    '%j says too little for an answer',
    (text) => {
      expect(recognise(text)).toBe(null)
    },
  )

  test('addresses, handles and tags do not count', () => {
    expect(recognise('https://nordlicht.example/tarife @nordlicht_hilft #netzausfall')).toBe(null)
    expect(recognise('@nordlicht_hilft wat een waardeloze kwaliteit https://example.org/das-ist-nicht-gut')).toBe('nl')
  })

  const folder = dataFolder()
  test.skipIf(!folder)('99 of 100 answers on English tweets are right, and 9 of 10 tweets get one', () => {
    const file = join(folder as string, 'umsab', 'english', 'val_text.txt')
    const tweets = readFileSync(file, 'utf8').split('\n').filter(Boolean)
    const answers = tweets.map(recognise).filter((answer) => answer !== null)
    expect(answers.length).toBeGreaterThan(tweets.length * 0.9)
    expect(answers.filter((answer) => answer === 'en').length).toBeGreaterThan(answers.length * 0.99)
  })
})
