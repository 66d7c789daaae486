import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import type { Alarm } from './alarms-query.ts'

const MINUTE_MS = 60_000

/** An alarm and what was unusual, each in a sentence. */
export function useAlarmWords() {
  const t = useTexts('measurement')
  const formats = useFormats()
  return {
    summary: ({ posts, expected }: Alarm): string =>
      t('alarms.summary', { count: posts, posts: formats.number(posts), expected: formats.number(roundly(expected)) }),
    finding: ({ kind, observed, expected, of, minutes }: Alarm['findings'][number]): string =>
      t(`alarms.found.${kind}`, {
        observed: formats.number(observed),
        expected: formats.number(roundly(expected)),
        of: formats.number(of),
        span: formats.duration(minutes * MINUTE_MS),
      }),
    /** How surprising it is, for who wants to know. */
    chance: (timesAWeek: number): string =>
      timesAWeek < 1 / 520
        ? t('alarms.chance.never')
        : t('alarms.chance.weeks', { count: Math.max(1, Math.round(1 / timesAWeek)) }),
  }
}

/** Half a post says more than "about nothing"; of many posts the fraction says nothing. */
const roundly = (value: number): number => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value))
