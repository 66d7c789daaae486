import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitInto } from '../split.ts'
import { TokenPlaces } from '../token-places.ts'
import { FEATURES, PostFeatures } from './post-features.ts'
import { readFeatures } from './read-features.ts'
import { sentimentReader } from './sentiment.ts'
import { readUnderstanding, type Understanding } from './understanding.ts'

const places = new TokenPlaces()

function understood(text: string, language: string | null = null): Understanding {
  splitInto(places, text)
  return readUnderstanding(text, places, language)
}

describe('sentiment', () => {
  it.each([
    ['en', 'I love this, thank you so much, you are awesome! :)', 'positive'],
    ['en', 'Worst service ever, two hours late and a rude driver. Terrible!', 'negative'],
    ['de', 'Vielen Dank, das war wirklich super, ich freue mich sehr! :)', 'positive'],
    ['de', 'So eine Frechheit, schon wieder alles kaputt, ich hasse das :(', 'negative'],
    ['fr', 'Je suis trop contente, merci beaucoup, vous êtes géniaux !', 'positive'],
    ['it', 'Che schifo, una vergogna, siete pessimi', 'negative'],
    ['es', 'Qué asco de servicio, estoy harta, es horrible :(', 'negative'],
    ['pt', 'Amei, muito obrigada, que dia maravilhoso!', 'positive'],
    ['nl', 'Dank je wel, wat een geweldige dag, ik ben zo blij!', 'positive'],
    ['nl', 'Wat een slechte service, echt belachelijk, ik ben woedend', 'negative'],
  ])('reads plain words in %s: %s', (language, text, sentiment) => {
    expect(understood(text, language).sentiment).toBe(sentiment)
  })

  it('reads posts whose language nobody told', () => {
    expect(understood('I love this, thank you so much, you are awesome! :)').sentiment).toBe('positive')
  })

  it('takes a language with its country for the language', () => {
    const text = 'Amei, muito obrigada, que dia maravilhoso!'
    expect(understood(text, 'pt-BR')).toEqual(understood(text, 'pt'))
  })

  it('is not read in a language of which nothing was learned', () => {
    const { sentiment, probability } = understood('今日はとても良い日でした', 'ja')
    expect({ sentiment, probability }).toEqual({ sentiment: null, probability: null })
  })

  it('takes names and addresses for what they are: whose they are changes nothing', () => {
    const one = understood('@mira the shop opens at nine https://kestrel.example/good', 'en')
    expect(understood('@hate the shop opens at nine https://tidewater.example/awful', 'en')).toEqual(one)
  })

  it('answers with a probability for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        fc.constantFrom(null, 'de', 'nl'),
        (text, language) => {
          const { probability } = understood(text, language)
          expect(probability).toBeGreaterThanOrEqual(1 / 3 - 1e-9)
          expect(probability).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('reads a very long post in bounded memory', () => {
    expect(understood('wonderful day '.repeat(50_000), 'en').sentiment).toBe('positive')
  })

  it('refuses a model of another size', () => {
    expect(() => sentimentReader(new Uint8Array(100))).toThrow('does not fit this version')
  })
})

describe('features', () => {
  const features = new PostFeatures()
  const read = (text: string, language: string | null): void => {
    splitInto(places, text)
    readFeatures(features, text, places, language)
  }

  it.each([
    ['en', 'this is good', 1, 0],
    ['en', 'this is not good', 0, 1],
    ['en', 'this is not. good', 1, 0],
    ['de', 'Das ist NICHT schön', 0, 1],
    ['de', 'nicht schlecht', 1, 0],
  ])('turn an opinion behind "not", until the sentence ends: %s %s', (language, text, praise, blame) => {
    read(text, language)
    expect([features.praise, features.blame]).toEqual([praise, blame])
  })

  it('know words that mean something else in another language', () => {
    read('das war gestern', 'de')
    expect(features.blame).toBe(0)
    read('the war goes on', 'en')
    expect(features.blame).toBe(1)
  })

  it('stay inside the table, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        read(text, 'en')
        const numbers = [...features.word.subarray(0, features.words), ...features.gram.subarray(0, features.grams)]
        expect(numbers.every((number) => number >= 0 && number < FEATURES)).toBe(true)
      }),
    )
  })
})
