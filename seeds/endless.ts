import { publicCast } from './cast.ts'
import { bag, type Chance, chance } from './endless/chance.ts'
import { otherSituations, outdoorSituations, type Situation, telecomSituations } from './endless/situations.ts'
import { englishSlots, slots } from './endless/slots.ts'
import type { Language, NextEvent } from './story.ts'

/** Between two beginnings, at normal speed. */
const GAP_SECONDS = [20, 70] as const
const REPLY_SECONDS = [15, 60] as const
const REPLY_SHARE = 0.6
const THANKS_SHARE = 0.7
const DELETE_SHARE = 0.05

/** Those who have a part of their own stay out of the crowd. */
const PLAYS_A_PART = new Set(['jutta', 'impostor', 'durchblicker', 'aino', 'hildegard', 'lale', 'harriet'])
/** Some write without capitals, some shout. */
const LOWER_CASE = new Set(['cem', 'bela', 'saskia'])
const SHOUTS = new Set(['dietmar'])

/** What goes on being said, for as long as one listens. */
export function* endlessStory(seed: number): Generator<NextEvent, never> {
  const random = chance(seed)
  const draws = [telecomSituations, outdoorSituations, telecomSituations, outdoorSituations, otherSituations]
  const bags = new Map([...new Set(draws)].map((situations) => [situations, bag(situations, random)]))
  const speakers = new Map<Language, () => string>()
  for (const language of ['de', 'nl', 'en'] as const) speakers.set(language, bag(crowd(language), random))
  for (let turn = 0; ; turn++) {
    const situation = bags.get(random.pick(draws))?.() as Situation
    yield* scene(situation, `endless-${seed}-${turn}`, random, speakers.get(situation.language) as () => string)
  }
}

function* scene(situation: Situation, key: string, random: Chance, speaker: () => string): Generator<NextEvent> {
  const { language } = situation
  const say = (by: string, text: string): { kind: 'post'; by: string; text: string; language: Language } => ({
    kind: 'post',
    by,
    text: voiced(by, filled(text, language, random)),
    language,
  })
  const first = speaker()
  yield { afterSeconds: between(GAP_SECONDS, random), event: { ...say(first, situation.text), key } }
  if (situation.replies && random.next() < REPLY_SHARE) {
    const reply = say(another(speaker, first), random.pick(situation.replies))
    yield { afterSeconds: between(REPLY_SECONDS, random), event: { ...reply, key: `${key}-reply`, answers: key } }
    if (situation.thanks && random.next() < THANKS_SHARE) {
      const thanks = say(first, random.pick(situation.thanks))
      yield { afterSeconds: between(REPLY_SECONDS, random), event: { ...thanks, answers: `${key}-reply` } }
    }
  } else if (random.next() < DELETE_SHARE) {
    yield { afterSeconds: between(REPLY_SECONDS, random), event: { kind: 'post-deleted', key } }
  }
}

/** Crowds are larger than one, so this ends. */
function another(speaker: () => string, not: string): string {
  const next = speaker()
  return next === not ? another(speaker, not) : next
}

const crowd = (language: Language): string[] =>
  publicCast.filter((account) => account.language === language && !PLAYS_A_PART.has(account.key)).map(({ key }) => key)

/** Each slot of one text gets another value: nobody moves from Kiel to Kiel. */
function filled(text: string, language: Language, random: Chance): string {
  const used = new Set<string>()
  return text.replace(/\{(\w+)\}/g, (_whole, slot: string) => {
    const values = (language === 'en' ? englishSlots[slot] : undefined) ?? slots[slot] ?? []
    const value = random.pick(values.filter((one) => !used.has(one)))
    used.add(value)
    return value
  })
}

function voiced(by: string, text: string): string {
  if (LOWER_CASE.has(by)) return text.toLowerCase().replace(/\.$/, '')
  if (SHOUTS.has(by)) return text.replaceAll('. ', '! ').replace(/[.?]$/, '!!!')
  return text
}

const between = ([from, to]: readonly [number, number], random: Chance): number =>
  Math.round(from + random.next() * (to - from))
