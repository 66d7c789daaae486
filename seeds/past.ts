import { publicCast } from './cast.ts'
import { elsewhereHistory } from './history/elsewhere.ts'
import { outdoorHistory } from './history/outdoor.ts'
import { telecomHistory } from './history/telecom.ts'
import { turns } from './history/turns.ts'
import type { HistoryLine, PastEvent, StoryEvent } from './story.ts'

const MINUTES_PER_DAY = 24 * 60

/**
 * The two weeks before the story begins, in order of time. Lines tell the hour of the day in Central European winter
 * time, so how long ago each was depends on the present; day 0 counts back from the present instead.
 */
export function pastEvents(now: Date): PastEvent[] {
  const minuteOfDay = now.getUTCHours() * 60 + now.getUTCMinutes() + 60
  const minutesAgo = (day: number, time: string): number => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    const clock = hours * 60 + minutes
    return day === 0 ? clock : day * MINUTES_PER_DAY + minuteOfDay - clock
  }
  const lines = [...telecomHistory, ...outdoorHistory, ...elsewhereHistory]
  const posts = lines.map((line) => ({ minutesAgo: minutesAgo(line[0], line[1]), event: postOf(line) }))
  const others = turns.map(({ day, time, event }) => ({ minutesAgo: minutesAgo(day, time), event }))
  return [...posts, ...others].sort((one, other) => other.minutesAgo - one.minutesAgo)
}

function postOf([, , by, text, more = {}]: HistoryLine): StoryEvent {
  const { re, language, ...rest } = more
  const spoken = language ?? publicCast.find((account) => account.key === by)?.language
  return {
    kind: 'post',
    by,
    text,
    ...rest,
    ...(re === undefined ? {} : { answers: re }),
    ...(spoken === undefined ? {} : { language: spoken }),
  }
}
