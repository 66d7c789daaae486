import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arranged,
  type Background,
  beginTopic,
  judge,
  judgementOf,
  labelsFrom,
  nextToAsk,
  packedBackground,
  packedScorer,
  retrained,
  type Scorer,
  strongest,
  switched,
  type TopicRelevance,
  unpackedBackground,
  unpackedScorer,
  vectorOf,
  withHint,
  withLabel,
  withoutLabel,
} from './index.ts'
import { reasonsFor } from './judgement.ts'
import { read, type Story, stories, wording } from './testing.ts'

const fresh = beginTopic(stories.map(({ features }) => features))
const taught = (sorted: readonly Story[], from: TopicRelevance = fresh): TopicRelevance =>
  sorted.reduce(withLabel, from)
const scoreIn = (topic: TopicRelevance, { features }: Pick<Story, 'features'>): number =>
  judgementOf(topic, features)?.score as number
const [customer, watcher] = [stories[0] as Story, stories.at(-1) as Story]
const someStories = fc.uniqueArray(fc.constantFrom(...stories), { minLength: 1, maxLength: 12 })
/** What is left of rounding and of stopping the descent early. */
const EXACTNESS = 0.02

describe('learning', () => {
  test('before the first label nothing is known and nothing is decided', () => {
    expect(judgementOf(fresh, customer.features)).toEqual({ side: 'unsure', probability: 0.5, score: 0, reasons: [] })
  })

  test('the first label already moves posts like it', () => {
    const topic = withLabel(fresh, customer)
    expect(scoreIn(topic, stories[1] as Story)).toBeGreaterThan(scoreIn(topic, watcher))
  })

  test('six answers to what it asks sort all the other posts', () => {
    let topic = fresh
    const asked: Story[] = []
    while (asked.length < 6) {
      const open = stories.filter((story) => !asked.includes(story))
      const [id] = nextToAsk(topic.model, candidates(open), vectors(asked), 1)
      const story = stories.find((candidate) => candidate.id === id) as Story
      asked.push(story)
      topic = withLabel(topic, story)
    }
    const wrong = stories.filter(({ features, forUs }) => {
      const side = judgementOf(topic, features)?.side
      return side !== 'unsure' && (side === 'for-us') !== forUs
    })
    expect(wrong).toEqual([])
    expect(stories.filter(({ features }) => judgementOf(topic, features)?.side === 'unsure').length).toBeLessThan(10)
  })

  test('a label never lowers its own post’s side', () => {
    fc.assert(
      fc.property(someStories, fc.constantFrom(...stories), fc.boolean(), (sorted, story, forUs) => {
        const before = taught(sorted.filter(({ id }) => id !== story.id))
        const after = withLabel(before, { ...story, forUs })
        const moved = scoreIn(after, story) - scoreIn(before, story)
        expect(forUs ? moved : -moved).toBeGreaterThan(-EXACTNESS)
      }),
      { numRuns: 100 },
    )
  })

  test('the order of labels changes nothing after retraining', () => {
    const shuffled = someStories.chain((sorted) =>
      fc.tuple(fc.constant(sorted), fc.shuffledSubarray(sorted, { minLength: sorted.length })),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(retrained({ ...taught(one) }).model).toEqual(retrained({ ...taught(other) }).model)
      }),
      { numRuns: 50 },
    )
  })

  test('a label that is taken back leaves no trace', () => {
    const topic = taught(stories.slice(0, 3))
    expect(withoutLabel(withLabel(topic, watcher), watcher.id).model).toEqual(topic.model)
  })

  test('of two labels for a post the later counts', () => {
    const mistaken = withLabel(fresh, { ...customer, forUs: false })
    expect(withLabel(mistaken, customer).model).toEqual(withLabel(fresh, customer).model)
  })

  test('an answer hints, weaker than a label, and never against one', () => {
    const hinted = withHint(fresh, customer)
    expect(scoreIn(hinted, customer)).toBeGreaterThan(0)
    expect(scoreIn(hinted, customer)).toBeLessThan(scoreIn(withLabel(fresh, customer), customer))
    const labelled = withLabel(fresh, customer)
    expect(withHint(labelled, { ...customer, forUs: false })).toBe(labelled)
  })
})

describe('labels read from where they are kept', () => {
  test('make the model that giving them one by one makes', () => {
    const [given, hinted] = [stories.slice(0, 6), [customer, watcher]]
    const labels = labelsFrom(given, hinted)
    expect(retrained({ ...fresh, labels }).model).toEqual(given.reduce(withLabel, hinted.reduce(withHint, fresh)).model)
  })

  test('are bounded: the last 300, and hints only while labels are few', () => {
    const many = Array.from({ length: 400 }, (_, at) => ({ ...(stories[at % 80] as Story), id: `post ${at}` }))
    expect(labelsFrom(many, [{ ...watcher, id: 'hint' }]).map(({ id }) => id)).toEqual(
      many.slice(-300).map(({ id }) => id),
    )
    expect(labelsFrom(many.slice(0, 90), many.slice(100)).filter(({ weight }) => weight < 1)).toHaveLength(10)
  })
})

describe('reasons', () => {
  test('a score is explained by words that a person can read, and they add up to it', () => {
    const topic = taught([customer, watcher, ...stories.slice(1, 3), ...stories.slice(-3, -1)])
    const all = reasonsFor(topic.model, customer.features, Number.POSITIVE_INFINITY)
    expect(all.every(({ name }) => /^(word|pair|author|source|site|link):/.test(name))).toBe(true)
    const sum = all.reduce((total, { weight }) => total + weight, topic.model.intercept)
    expect(sum).toBeCloseTo(scoreIn(topic, customer), 6)
    expect(judgementOf(topic, customer.features)?.reasons).toEqual(all.slice(0, 5))
  })

  test('the query’s own word is never a reason, but what stands beside it may be', () => {
    const { names } = read('Bei Nordlicht Strom kaufen', {
      handle: 'Lena',
      source: 'Forum',
      links: ['https://www.shop.example/a'],
    })
    expect(names.some((name) => name.includes('nordlicht'))).toBe(false)
    expect(names).toEqual(expect.arrayContaining(['word:strom', 'author:lena', 'source:Forum', 'link:shop.example']))
    expect(names.filter((name) => name.startsWith('pair:'))).toEqual(['pair:bei …', 'pair:… strom', 'pair:strom kauf'])
  })
})

describe('asking', () => {
  test('the first two questions are not about the same thing', () => {
    const [first, second] = nextToAsk(fresh.model, candidates(stories), [], 2)
    const sideOf = (id?: string) => stories.find((story) => story.id === id)?.forUs
    expect(sideOf(first)).not.toBe(sideOf(second))
  })

  test('it asks for as many as are wanted and there are, each once', () => {
    const ids = nextToAsk(fresh.model, candidates(stories.slice(0, 5)), [], 20)
    expect(new Set(ids).size).toBe(5)
  })
})

describe('the switch', () => {
  test('switched off it has no influence: no judgement, and the order given', () => {
    const off = switched(taught(stories.slice(0, 20)), false)
    expect(judgementOf(off, customer.features)).toBeNull()
    expect(arranged(off, stories)).toEqual(stories)
  })

  test('switched on it sorts and hides nothing', () => {
    const topic = taught([customer, watcher])
    const sorted = arranged(topic, stories)
    expect(new Set(sorted)).toEqual(new Set(stories))
    expect(sorted.slice(0, 20).every(({ forUs }) => forUs)).toBe(true)
  })
})

describe('the state', () => {
  const topic = withHint(taught(stories.slice(0, 4)), watcher)
  const background = unpackedBackground(packedBackground(topic.background)) as Background

  test('comes back as it was, with every score', () => {
    expect(background).toEqual(topic.background)
    const scorer = unpackedScorer(packedScorer(topic), background) as Scorer
    for (const { features } of stories) expect(judge(scorer, features)).toEqual(judge(topic, features))
  })

  test('holds no word of a post', () => {
    const bytes = Buffer.concat([packedBackground(topic.background), packedScorer(topic)]).toString('latin1')
    const words = stories.flatMap(({ features }) => features.names.map((name) => name.split(':')[1] ?? ''))
    expect(words.filter((word) => word.length > 4 && bytes.includes(word))).toEqual([])
  })

  test('of another version is not read', () => {
    expect(unpackedBackground(Uint8Array.from([9, ...Array.from({ length: 400 }, () => 0)]))).toBeNull()
    expect(unpackedScorer(Uint8Array.from([9, ...Array.from({ length: 400 }, () => 0)]), background)).toBeNull()
  })

  test('that was cut off, or has more than it should, is refused', () => {
    const whole = packedScorer(topic)
    expect(() => unpackedScorer(whole.slice(0, -3), background)).toThrow('too early')
    expect(() => unpackedScorer(Buffer.concat([whole, Buffer.alloc(8)]), background)).toThrow('belong to nothing')
  })
})

describe('what speaks loudest', () => {
  test('are features that were said on one side only, the strongest first', () => {
    const topic = taught([...stories.slice(0, 6), ...stories.slice(-6)])
    const names = stories.flatMap(({ features }) => features.names)
    const { forUs, notForUs } = strongest(topic, names, 5)
    expect(forUs).toHaveLength(5)
    expect(notForUs).toHaveLength(5)
    expect(forUs.every(({ weight }, at) => weight > 0 && weight <= (forUs[at - 1]?.weight ?? weight))).toBe(true)
    expect(notForUs.every(({ weight }) => weight < 0)).toBe(true)
    expect(forUs.map(({ name }) => name)).toContain('word:rechnung')
  })

  test('are shown as they were written', () => {
    const shown = wording('Bei Nordlicht gesperrte Gleise')
    expect(shown.get('word:gesperrt')).toBe('gesperrte')
    expect(shown.get('pair:gesperrt gleis')).toBe('gesperrte Gleise')
    expect(shown.get('pair:… gesperrt')).toBe('… gesperrte')
  })
})

describe('hostile posts', () => {
  test('have bounded features, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => {
        const features = read(`Nordlicht ${text}`)
        expect(features.names.every((name) => name.length <= 130)).toBe(true)
        expect(new Set(features.names).size).toBe(features.ids.length)
        expect(Number.isFinite(scoreIn(withLabel(fresh, { id: 'x', forUs: true, features }), { features }))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  test('of a hundred thousand words cost as little as a long one', () => {
    const features = read(`Nordlicht ${Array.from({ length: 100_000 }, (_, at) => `w${at}`).join(' ')}`)
    expect(features.ids.length).toBeLessThanOrEqual(613)
    const begun = performance.now()
    withLabel(fresh, { id: 'long', forUs: false, features })
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  test('with broken links and empty texts are read', () => {
    expect(read('', { links: ['http://[', 'nonsense'] }).names).toEqual([])
    expect(judgementOf(taught([customer]), read(''))?.reasons).toEqual([])
  })
})

function candidates(of: readonly Story[]) {
  return of.map(({ id, features }) => ({ id, vector: vectorOf(fresh.background, features) }))
}

const vectors = (of: readonly Story[]) => candidates(of).map(({ vector }) => vector)
