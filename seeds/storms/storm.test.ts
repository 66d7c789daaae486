import { describe, expect, it } from 'vitest'
import { STORM_LANGUAGES, STORM_SCRIPTS, stormOf } from './storm.ts'

const input = {
  brand: 'Nordwind',
  account: 'nordwind.test',
  languages: [...STORM_LANGUAGES],
  posts: 120,
  seconds: 600,
  seed: 7,
}

describe('a storm', () => {
  it('is told in the same words by the same seed, and in others by another', () => {
    const [first, again, other] = [7, 7, 8].map((seed) => stormOf({ ...input, script: 'outage', seed }))
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it.each(STORM_SCRIPTS)(
    'of %s comes in each language, in order, within its time, with every blank filled',
    (script) => {
      const posts = stormOf({ ...input, script })
      expect(posts).toHaveLength(120)
      const times = posts.map(({ afterSeconds }) => afterSeconds)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(times.at(-1)).toBeLessThanOrEqual(600)
      for (const language of STORM_LANGUAGES)
        for (const part of ['must', 'troll', 'crowd'])
          expect(posts.some((post) => post.language === language && post.part === part)).toBe(true)
      for (const { text, handle } of posts) {
        expect(text).not.toMatch(/[{}]/)
        expect(text.length).toBeLessThanOrEqual(300)
        expect(handle).toMatch(/^[a-z0-9-]+\.test$/)
      }
      for (const { text } of posts.filter(({ part }) => part !== 'crowd'))
        expect(text).toMatch(/@nordwind\.test|Nordwind/)
    },
  )

  it('of a small size still asks what must be answered, while there is time to', () => {
    const posts = stormOf({ ...input, script: 'food-scandal', posts: 8, languages: ['nl'] })
    const musts = posts.filter(({ part }) => part === 'must')
    expect(musts).toHaveLength(2)
    expect(Math.max(...musts.map(({ afterSeconds }) => afterSeconds))).toBeLessThanOrEqual(420)
  })
})
