import { type Chance, chance } from '../endless/chance.ts'
import script from './lines.json' with { type: 'json' }

export const STORM_SCRIPTS = ['outage', 'food-scandal', 'false-rumour', 'leaked-mail', 'troll-raid'] as const
export const STORM_LANGUAGES = ['en', 'de', 'nl'] as const
export type StormScript = (typeof STORM_SCRIPTS)[number]
export type StormLanguage = (typeof STORM_LANGUAGES)[number]

/** must: somebody has to answer it; troll: wants an answer and deserves none; crowd: everybody else. */
export type StormPart = 'must' | 'troll' | 'crowd'

export interface StormInput {
  script: StormScript
  /** As people call the brand, and the handle that they speak to. */
  brand: string
  account: string
  languages: StormLanguage[]
  posts: number
  seconds: number
  seed: number
}

export interface StormPost {
  afterSeconds: number
  part: StormPart
  handle: string
  name: string
  followers: number
  language: StormLanguage
  text: string
}

/** Of all that is not a must. A raid is little else. */
const TROLL_SHARE: Record<StormScript, number> = {
  outage: 0.1,
  'food-scandal': 0.1,
  'false-rumour': 0.12,
  'leaked-mail': 0.2,
  'troll-raid': 0.75,
}
/** Where in the storm most is said: it comes up fast and goes slowly. */
const PEAK_AT = 0.25

/** The same input tells the same storm. Pure; times are seconds since it began, in order. */
export function stormOf(input: StormInput): StormPost[] {
  const random = chance(input.seed)
  const must = Math.min(Math.ceil(input.posts / 4), mustsOf(input).length)
  const parts: StormPart[] = Array.from({ length: input.posts }, (_, at) => {
    if (at < must) return 'must'
    return random.next() < TROLL_SHARE[input.script] ? 'troll' : 'crowd'
  })
  const musts = mustsOf(input)
  return parts
    .map((part, at): StormPost => {
      const language = part === 'must' ? (musts[at]?.language ?? 'en') : random.pick(input.languages)
      const line = part === 'must' ? (musts[at]?.line ?? '') : random.pick(script.lines[input.script][language][part])
      // Who must be answered comes while there is still time to.
      const moment = momentOf(random) * (part === 'must' ? 0.7 : 1)
      return {
        afterSeconds: moment * input.seconds,
        part,
        ...voice(random, part, language, at),
        language,
        text: fill(random, line, language, input),
      }
    })
    .sort((one, other) => one.afterSeconds - other.afterSeconds)
}

/** In turns of the languages, so that a small storm has some of each. */
function mustsOf({ script: name, languages }: StormInput): { language: StormLanguage; line: string }[] {
  const most = Math.max(...languages.map((language) => script.lines[name][language].must.length))
  return Array.from({ length: most }, (_, at) => at).flatMap((at) =>
    languages.flatMap((language) => {
      const line = script.lines[name][language].must[at]
      return line === undefined ? [] : [{ language, line }]
    }),
  )
}

/** Triangular, between 0 and 1, densest at PEAK_AT. */
function momentOf(random: Chance): number {
  const drawn = random.next()
  return drawn < PEAK_AT ? Math.sqrt(drawn * PEAK_AT) : 1 - Math.sqrt((1 - drawn) * (1 - PEAK_AT))
}

function voice(random: Chance, part: StormPart, language: StormLanguage, at: number) {
  const name = random.pick(script.slots[language].voice)
  return {
    handle: `${name}-${part === 'troll' ? 'x' : ''}${at + 1}.test`,
    name: `${name} ${at + 1}`,
    followers: part === 'troll' ? Math.floor(random.next() * 9) : Math.floor(10 ** (1 + random.next() * 3)),
  }
}

const fill = (random: Chance, line: string, language: StormLanguage, { brand, account }: StormInput): string =>
  line
    .replaceAll('{brand}', brand)
    .replaceAll('{at}', `@${account}`)
    .replaceAll('{tag}', brand.replaceAll(/[^\p{L}\p{N}]/gu, ''))
    .replaceAll('{place}', random.pick(script.slots[language].place))
    .replaceAll('{feel}', random.pick(script.slots[language].feel))
    .replaceAll('{time}', `${7 + Math.floor(random.next() * 4)}:${10 + Math.floor(random.next() * 49)}`)
