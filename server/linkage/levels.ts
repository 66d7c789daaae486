/**
 * What each comparison can come to, closest first. A level has a share among matches (m) and among other pairs (u) to start
 * with; both are learned from the data where there are enough. A pair in which one side says nothing has no level: missing
 * is no evidence. Weights are bits: log2(m / u), as in Fellegi & Sunter 1969 and Splink.
 */
interface Level {
  readonly m: number
  readonly u: number
}

const level = (m: number, u: number): Level => ({ m, u })

/** A topic is one comparison; several kinds of field may be read into one. */
export const TOPICS = {
  given: {
    exact: level(0.76, 0.008),
    nickname: level(0.05, 0.001),
    typo: level(0.07, 0.003),
    initial: level(0.02, 0.015),
    similar: level(0.02, 0.01),
    swapped: level(0.01, 0.0003),
    different: level(0.07, 0.96),
  },
  surname: {
    exact: level(0.78, 0.002),
    typo: level(0.08, 0.001),
    part: level(0.03, 0.001),
    similar: level(0.02, 0.005),
    swapped: level(0.01, 0.0003),
    different: level(0.08, 0.99),
  },
  name: {
    exact: level(0.6, 0.0004),
    variant: level(0.14, 0.0005),
    initials: level(0.04, 0.0006),
    subset: level(0.05, 0.0004),
    word: level(0.05, 0.012),
    different: level(0.12, 0.9867),
  },
  handle: {
    exact: level(0.24, 0.00002),
    variant: level(0.18, 0.0001),
    typo: level(0.05, 0.0003),
    stem: level(0.1, 0.002),
    different: level(0.43, 0.997),
  },
  'handle-name': {
    'name-and-number': level(0.2, 0.0002),
    'full-name': level(0.2, 0.0002),
    nickname: level(0.05, 0.0003),
    initials: level(0.15, 0.001),
    unrelated: level(0.4, 0.998),
  },
  'birth-date': {
    exact: level(0.84, 0.0001),
    'day-month': level(0.02, 0.0001),
    typo: level(0.06, 0.002),
    parts: level(0.03, 0.004),
    near: level(0.015, 0.006),
    year: level(0.01, 0.013),
    different: level(0.025, 0.974),
  },
  mail: {
    exact: level(0.7, 0.00005),
    typo: level(0.06, 0.0001),
    'local-part': level(0.08, 0.0005),
    similar: level(0.04, 0.005),
    different: level(0.12, 0.994),
  },
  phone: {
    exact: level(0.72, 0.0001),
    typo: level(0.05, 0.0002),
    ending: level(0.03, 0.0003),
    different: level(0.2, 0.999),
  },
  identifier: {
    exact: level(0.88, 0.00001),
    typo: level(0.05, 0.0001),
    near: level(0.02, 0.001),
    different: level(0.05, 0.9989),
  },
  site: {
    page: level(0.5, 0.0001),
    domain: level(0.15, 0.0005),
    different: level(0.35, 0.9994),
  },
  'account-link': {
    mutual: level(0.2, 0.0000002),
    'one-way': level(0.3, 0.000005),
    elsewhere: level(0.5, 0.999995),
  },
  'proven-link': {
    exact: level(0.6, 0.0000005),
    different: level(0.4, 0.9999995),
  },
  'proven-id': {
    exact: level(0.97, 0.0000005),
    contradicts: level(0.03, 0.9999995),
  },
  picture: {
    exact: level(0.25, 0.0005),
    similar: level(0.1, 0.0005),
    different: level(0.65, 0.999),
  },
  address: {
    exact: level(0.5, 0.0001),
    most: level(0.2, 0.0003),
    half: level(0.12, 0.004),
    street: level(0.03, 0.002),
    few: level(0.05, 0.04),
    different: level(0.1, 0.9536),
  },
  'house-number': {
    exact: level(0.82, 0.02),
    typo: level(0.06, 0.1),
    different: level(0.12, 0.88),
  },
  city: {
    exact: level(0.72, 0.03),
    typo: level(0.07, 0.002),
    part: level(0.03, 0.005),
    different: level(0.18, 0.963),
  },
  postcode: {
    exact: level(0.75, 0.003),
    typo: level(0.07, 0.006),
    area: level(0.05, 0.03),
    different: level(0.13, 0.961),
  },
  organisation: {
    exact: level(0.5, 0.0008),
    most: level(0.2, 0.001),
    half: level(0.12, 0.005),
    acronym: level(0.02, 0.0005),
    few: level(0.06, 0.06),
    different: level(0.1, 0.9327),
  },
  title: {
    exact: level(0.65, 0.00002),
    most: level(0.2, 0.00003),
    half: level(0.08, 0.0005),
    few: level(0.03, 0.02),
    different: level(0.04, 0.97945),
  },
  year: {
    exact: level(0.86, 0.08),
    near: level(0.06, 0.14),
    different: level(0.08, 0.78),
  },
  people: {
    all: level(0.72, 0.0003),
    most: level(0.14, 0.0005),
    some: level(0.06, 0.004),
    different: level(0.08, 0.9952),
  },
  text: {
    most: level(0.15, 0.0003),
    half: level(0.15, 0.002),
    few: level(0.25, 0.05),
    different: level(0.45, 0.9477),
  },
  category: {
    exact: level(0.75, 0.15),
    similar: level(0.06, 0.02),
    different: level(0.19, 0.83),
  },
  network: {
    other: level(0.93, 0.75),
    same: level(0.05, 0.1),
    'active-at-once': level(0.02, 0.15),
  },
  standing: {
    agrees: level(0.985, 0.9),
    'organisation-and-person': level(0.012, 0.09),
    impersonator: level(0.003, 0.01),
    'fan-or-parody': level(0.0001, 0.03),
  },
} as const

export type Topic = keyof typeof TOPICS
export type ReasonCode =
  | { [T in Topic]: `${T}.${Extract<keyof (typeof TOPICS)[T], string>}` }[Topic]
  | 'rule.name-alone'
  | 'rule.related'

/** Level number 0 means missing; level n stands for the n-th name here. */
export const LEVEL_NAMES: Readonly<Record<Topic, readonly string[]>> = Object.fromEntries(
  Object.entries(TOPICS).map(([topic, levels]) => [topic, ['missing', ...Object.keys(levels)]]),
) as unknown as Record<Topic, readonly string[]>

/** All codes that a reason can have: `surname.exact`, `network.active-at-once`, …, and the rule that caps a score. */
export const REASON_CODES: readonly ReasonCode[] = [
  ...Object.entries(TOPICS).flatMap(([topic, levels]) =>
    Object.keys(levels).map((name) => `${topic}.${name}` as ReasonCode),
  ),
  'rule.name-alone',
  'rule.related',
]

export const startShares = (topic: Topic, side: 'm' | 'u'): number[] => [
  1,
  ...Object.values(TOPICS[topic] as Record<string, Level>).map((entry) => entry[side]),
]

/** Resolves names to numbers once, so that comparisons are written in words and run on numbers. */
export function levelNumbers<T extends Topic>(topic: T): Record<keyof (typeof TOPICS)[T], number> {
  return Object.fromEntries(LEVEL_NAMES[topic].map((name, at) => [name, at])) as Record<
    keyof (typeof TOPICS)[T],
    number
  >
}
