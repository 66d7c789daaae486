import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wilson } from '../statistics/index.ts'
import type { CheckId, Risk } from './finding.ts'

/**
 * How often a check alarms on past answers that were fine. Written by `npm run bench policy` on public answers of brands,
 * of which every alarm, or a sample, was read and judged (bench/policy-judgements.json).
 */
export interface Measurement {
  /** Answers that were looked at. */
  answers: number
  /** Answers with an alarm of this check. */
  alarms: number
  /** Alarms that were judged by reading, and how many of these were wrong. */
  judged: number
  wrong: number
}

/** At the upper end of the interval, so many answers of a thousand may be stopped that were fine. */
export const WRONG_STOPS_PER_1000_MAX = 2

/** What the caller tells is a fact: it stops what it says, and nothing else. */
const FACTS: ReadonlySet<CheckId> = new Set(['embargo', 'freeze', 'author', 'unread'])

/** Without a brand's lists, or somebody who is known, they find nothing: only the workspace can measure them. */
const RESTS_ON_LISTS: ReadonlySet<CheckId> = new Set([
  'claim',
  'other-brand',
  'colleague',
  'customer-name',
  'disclosure',
  'recipient',
])

/** Whether only the workspace can measure it: without a brand's lists it finds nothing. */
export const restsOnLists = (check: CheckId): boolean => RESTS_ON_LISTS.has(check)

/** What people sent: answers of brands, and German posts of anybody, which hold what answers seldom do. */
export const MEASURED_SETS = ['answers', 'talk'] as const
export type MeasuredSet = (typeof MEASURED_SETS)[number]

/** Of one set: how many texts, and by check and the least risk that counts [alarms, judged, wrong]; no alarms, no entry. */
export interface MeasuredTexts {
  texts: number
  alarms: Readonly<Partial<Record<CheckId, Readonly<Partial<Record<Risk, readonly [number, number, number]>>>>>>
}

export const MEASURED = JSON.parse(readFileSync(join(import.meta.dirname, 'measured.json'), 'utf8')) as Readonly<
  Record<MeasuredSet, MeasuredTexts>
>

export function measurementOf({ texts, alarms }: MeasuredTexts, check: CheckId, from: Risk): Measurement {
  const [found, judged, wrong] = alarms[check]?.[from] ?? [0, 0, 0]
  return { answers: texts, alarms: found, judged, wrong }
}

/** Judged by reading only some of them, the wrong ones are as many among the others. */
export function wrongStopsPer1000({ answers, alarms, judged, wrong }: Measurement): { value: number; high: number } {
  if (answers === 0 || (alarms > 0 && judged === 0)) return { value: 1_000, high: 1_000 }
  const share = judged === 0 ? 0 : (wrong / judged) * (alarms / answers)
  const atMost = judged === 0 ? 1 : wilson(wrong, judged).high
  // Two bounds, and the safe one: as many wrong alarms as seen among all answers, or all alarms at their worst share.
  const seen = judged === alarms ? wilson(wrong, answers).high : wilson(alarms, answers).high * atMost
  return { value: 1_000 * share, high: 1_000 * seen }
}

/** A check may refuse when it is a fact, or when it hardly ever was wrong: on both sets, or on the workspace's own answers. */
export function mayRefuse(check: CheckId, from: Risk, own?: Measurement): boolean {
  if (FACTS.has(check) || (own && isRare(own))) return true
  return !RESTS_ON_LISTS.has(check) && MEASURED_SETS.every((set) => isRare(measurementOf(MEASURED[set], check, from)))
}

const isRare = (measurement: Measurement): boolean => wrongStopsPer1000(measurement).high <= WRONG_STOPS_PER_1000_MAX
