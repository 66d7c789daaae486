import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eld } from 'eld/extrasmall'
import { beforeAll, describe, expect, test } from 'vitest'
import { numbersFrom } from '../../bench/random.ts'
import { dataFolder } from '../../scripts/data-folder.ts'
import { loadLanguageRecogniser } from './index.ts'
import { loadLanguageTables } from './language-tables.ts'
import { NgramScores } from './ngram-scores.ts'

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

  test('what is looked up in flat tables is what eld answers, letter by letter', async () => {
    const scores = new NgramScores(await loadLanguageTables())
    for (let number = 0; number < 3_000; number++) {
      const text = inventedText(number)
      const result = eld.detect(text)
      const [best = 0, second = 0] = Object.values(result.getScores()).sort((a, b) => b - a)
      expect(scores.of(text), JSON.stringify(text)).toEqual({ language: result.language || null, lead: best - second })
    }
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

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyzäöüß',
  'абвгдежзиклмнопрстуфхцчшщыьэюя',
  'αβγδεζηικλμνοπρσςτυφχψω',
  'אבגדהוזחטיכלמנסעפצקרשת',
  '日本語中国漢字かなカナ한국어',
  "'’`-.,!?0123456789\n\t",
  '😡🎉',
]
const PHRASES = [
  'der router geht seit heute nicht',
  'de router doet het niet',
  'le réseau est en panne',
  'the network is down again',
]

/** Words of several languages, letters of several alphabets, very long words, halves of pairs, and texts that are cut. */
function inventedText(number: number): string {
  const random = numbersFrom(number)
  const pick = <Value>(values: readonly Value[]): Value => values[random() % values.length] as Value
  const word = () => {
    const letters = [...pick(ALPHABETS)]
    return Array.from({ length: random() % (random() % 9 === 0 ? 120 : 9) }, () => pick(letters)).join('')
  }
  const pieces = Array.from({ length: random() % 60 }, () => (random() % 4 === 0 ? pick(PHRASES) : word()))
  return pieces.join(' ') + (random() % 10 === 0 ? '\ud83d' : '')
}
