import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitInto } from '../split.ts'
import { TokenPlaces } from '../token-places.ts'
import { SENTIMENT_MODEL_FILE } from './sentiment.ts'
import { readUnderstanding, UNDERSTANDING_VERSION, type Understanding, versionOf } from './understanding.ts'

const places = new TokenPlaces()

function understood(text: string, language: string | null = 'en'): Understanding {
  splitInto(places, text)
  return readUnderstanding(text, places, language)
}

const intentOf = (text: string, language?: string | null): string | null => understood(text, language).intent

describe('the shipped model', () => {
  it('is at most 3 MB', () => {
    expect(statSync(SENTIMENT_MODEL_FILE).size).toBeLessThanOrEqual(3_000_000)
  })

  it('names what understood a post: another model has another version', () => {
    const model = readFileSync(SENTIMENT_MODEL_FILE)
    expect(UNDERSTANDING_VERSION).toBe(versionOf(model))
    expect(UNDERSTANDING_VERSION).toMatch(/^[0-9a-f]{12}$/)
    model[100_000] = (model[100_000] as number) ^ 1
    expect(versionOf(model)).not.toBe(UNDERSTANDING_VERSION)
  })
})

describe('intent', () => {
  it('hears a complaint, also one that asks', () => {
    expect(intentOf('@kestrel worst service ever, still no luggage, terrible')).toBe('complaint')
    expect(intentOf('@kestrel my flight was cancelled again, this is terrible. Why do you hate customers?')).toBe(
      'complaint',
    )
  })

  it('hears praise', () => {
    expect(intentOf('@kestrel thank you so much, great crew, love you guys!')).toBe('praise')
  })

  it('hears neither where a post hands on what others said', () => {
    expect(intentOf('RT @mira: @kestrel worst service ever, still no luggage, terrible')).toBe(null)
    expect(intentOf('RT @mira: @kestrel thank you so much, great crew, love you guys!')).toBe(null)
  })

  it('hears a question by its mark, whatever the script', () => {
    expect(intentOf('@kestrel is the shop on Main Street open on Sundays?')).toBe('question')
    expect(intentOf('营业时间是几点？', 'zh')).toBe('question')
  })

  it('does not take the mark inside an address for a question', () => {
    expect(intentOf('The new timetable https://kestrel.example/search?page=2')).toBe(null)
  })

  it.each([
    ['en', '@kestrel you should add a night train to Ghent', 'idea'],
    ['de', '@kestrel wie wäre es mit einem Nachtzug nach Gent', 'idea'],
    ['nl', '@kestrel het zou fijn zijn als er een nachttrein naar Gent was', 'idea'],
    ['es', 'Sería bueno que hubiera un tren nocturno', 'idea'],
    ['en', '@kestrel where can I buy a ticket for the museum', 'purchase-interest'],
    ['de', 'Wo kann man bei euch Karten kaufen?', 'purchase-interest'],
    ['nl', 'Waar kan ik die tas kopen?', 'purchase-interest'],
    ['en', 'We are hiring a driver in Ghent', 'job'],
    ['de', 'Lokführer (m/w/d) in Köln', 'job'],
    ['nl', 'Vacature: conducteur in Utrecht', 'job'],
    ['en', 'I liked a @kestrel video https://kestrel.example', 'spam'],
    ['de', 'Rabattcode nur heute https://kestrel.example', 'spam'],
    ['nl', 'Bestel nu https://kestrel.example', 'spam'],
  ])('is said by phrases, in %s: %s', (language, text, intent) => {
    expect(intentOf(text, language)).toBe(intent)
  })

  it('does not take a customer whose coupon fails for an advert', () => {
    expect(intentOf('@kestrel the promo code does not work https://kestrel.example/basket')).not.toBe('spam')
  })

  it('says nothing where nobody is spoken to', () => {
    expect(intentOf('The new timetable is out')).toBe(null)
  })
})

describe('offence', () => {
  it.each([
    ['en', '@kestrel you are all assholes'],
    ['de', 'Halt die Fresse, du Vollidiot'],
    ['nl', 'wat een klootzak ben jij'],
    ['fr', 'ta gueule connard'],
    ['it', 'sei uno stronzo'],
    ['es', 'eres un gilipollas'],
    ['pt', 'vai tomar no cu, babaca'],
  ])('is flagged in %s: %s', (language, text) => {
    expect(understood(text, language).offensive).toBe(true)
  })

  it.each([
    ['en', 'The train was late and I am very angry, damn'],
    ['de', 'Die FDP und eine dicke Pute'],
    ['es', 'un coche negro con ruedas'],
    ['fr', 'Le train a du retard'],
  ])('is not seen in %s: %s', (language, text) => {
    expect(understood(text, language).offensive).toBe(false)
  })

  it('is not said to be absent in a language that has no list', () => {
    expect(understood('ładna pogoda dzisiaj', 'pl').offensive).toBe(null)
    expect(understood('you are an asshole', 'pl').offensive).toBe(true)
  })
})
