import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { splitInto } from '../split.ts'
import { TokenPlaces } from '../token-places.ts'
import { SENTIMENT_MODEL_FILE } from './sentiment.ts'
import { readUnderstanding, UNDERSTANDING_VERSION, type Understanding } from './understanding.ts'

const places = new TokenPlaces()

function understood(text: string, language: string | null = 'en'): Understanding {
  splitInto(places, text)
  return readUnderstanding(text, places, language)
}

describe('the shipped model', () => {
  it('is at most 3 MB', () => {
    expect(statSync(SENTIMENT_MODEL_FILE).size).toBeLessThanOrEqual(3_000_000)
  })

  it('names what understood a post: another model has another version', () => {
    const digest = createHash('sha256').update(readFileSync(SENTIMENT_MODEL_FILE)).digest('hex')
    expect(UNDERSTANDING_VERSION).toBe(digest.slice(0, 12))
  })
})

describe('a post', () => {
  it('is read in one go', () => {
    const { sentiment, probability, intent } = understood('@kestrel worst service ever, still no luggage, terrible')
    expect({ sentiment, intent }).toEqual({ sentiment: 'negative', intent: 'complaint' })
    expect(probability).toBeGreaterThan(0.4)
  })
})
