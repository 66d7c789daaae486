import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitInto } from '../split.ts'
import { TokenPlaces } from '../token-places.ts'
import { intentOf } from './intent.ts'
import { FEATURES, PostFeatures, readFeatures } from './post-features.ts'
import { loadSentimentReader, type SentimentScore, sentimentReader } from './sentiment.ts'

const read = await loadSentimentReader()
const places = new TokenPlaces()

function sentimentOf(text: string, language: string | null = null): SentimentScore {
  splitInto(places, text)
  return read(text, places, language)
}

function intent(text: string, language = 'en'): string | null {
  return intentOf(text, places, sentimentOf(text, language))
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
  ])('reads plain words in %s: %s', (language, text, sentiment) => {
    expect(sentimentOf(text, language).sentiment).toBe(sentiment)
  })

  it('reads posts whose language nobody told', () => {
    expect(sentimentOf('I love this, thank you so much, you are awesome! :)').sentiment).toBe('positive')
  })

  it('takes names and addresses for what they are: whose they are changes nothing', () => {
    const one = sentimentOf('@mira the shop opens at nine https://kestrel.example/good', 'en')
    expect(sentimentOf('@hate the shop opens at nine https://tidewater.example/awful', 'en')).toEqual(one)
  })

  it('answers with a probability for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 2_000 }),
        fc.constantFrom(null, 'de', 'xx', ''),
        (text, language) => {
          const { probability } = sentimentOf(text, language)
          expect(probability).toBeGreaterThanOrEqual(1 / 3 - 1e-9)
          expect(probability).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('reads a very long post in bounded memory', () => {
    expect(sentimentOf('wonderful day '.repeat(50_000), 'en').sentiment).toBe('positive')
  })

  it('refuses a model of another size', () => {
    expect(() => sentimentReader(new Uint8Array(100))).toThrow('does not fit this version')
  })
})

describe('features', () => {
  it('turn an opinion behind "not", until the sentence ends', () => {
    const features = new PostFeatures()
    const opinions = (text: string): [number, number] => {
      splitInto(places, text)
      readFeatures(features, text, places)
      return [features.praise, features.blame]
    }
    expect(opinions('this is good')).toEqual([1, 0])
    expect(opinions('this is not good')).toEqual([0, 1])
    expect(opinions('this is not. good')).toEqual([1, 0])
    expect(opinions('Das ist NICHT schön')).toEqual([0, 1])
    expect(opinions('nicht schlecht')).toEqual([1, 0])
  })

  it('stay inside the table, whatever the text', () => {
    const features = new PostFeatures()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        splitInto(places, text)
        readFeatures(features, text, places)
        const numbers = [...features.word.subarray(0, features.words), ...features.gram.subarray(0, features.grams)]
        expect(numbers.every((number) => number >= 0 && number < FEATURES)).toBe(true)
      }),
    )
  })
})

describe('intent', () => {
  it('hears a complaint, also one that asks', () => {
    expect(intent('@kestrel worst service ever, still no luggage, terrible')).toBe('complaint')
    expect(intent('@kestrel my flight was cancelled again, this is terrible. Why do you hate customers?')).toBe(
      'complaint',
    )
  })

  it('hears praise', () => {
    expect(intent('@kestrel thank you so much, great crew, love you guys!')).toBe('praise')
  })

  it('hears a question by its mark, whatever the script', () => {
    expect(intent('@kestrel is the shop on Main Street open on Sundays?')).toBe('question')
    expect(intent('营业时间是几点？', 'zh')).toBe('question')
  })

  it('does not take the mark inside an address for a question', () => {
    expect(intent('The new timetable https://kestrel.example/search?page=2')).toBe(null)
  })

  it('says nothing where nobody is spoken to', () => {
    expect(intent('The new timetable is out')).toBe(null)
  })
})
