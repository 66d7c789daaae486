import { ascending, quantile, wilson } from '../statistics/index.ts'
import { answersElsewhere, answerTimes, type Conversation, conversationsWith, rootsOf } from './answers.ts'
import type { Sampled } from './brand-figures.ts'
import type { AnswerFigures } from './figures.ts'
import { FLAG, type Ledger } from './ledger.ts'
import type { Survey } from './survey.ts'
import { DAY_MS, type Zone } from './zone.ts'

/** From this answered share on, posts look as if somebody had gathered them around the answers. */
const SELECTED_SHARE_MIN = 0.95
const SELECTED_CONVERSATIONS_MIN = 20
const SHOWN_MAX = 5
const QUESTIONS_SHOWN = 3
const SLOWEST_SHOWN = 3
/** An hour without cover: customers open as many conversations as usual, the brand posts less than a quarter of its usual. */
const COVER_SHARE_MAX = 0.25
const COVER_CONVERSATIONS_MIN = 100

/** What the brand answered and how fast; or why the posts cannot tell. */
export function measureAnswers(
  { ledger, hasReplies, orphans }: Survey,
  zone: Zone,
  until: number,
  sampled: Sampled,
  wanted: Set<number>,
): AnswerFigures {
  const replies = [...ledger.where((post) => ledger.has(post, FLAG.reply))].length
  if (!hasReplies) return { state: 'no-replies', replies: 0 }
  const own = [...ledger.where((post) => ledger.writtenBy(post) === 0)]
  if (own.length === 0) return { state: 'no-own-posts', replies }
  const roots = rootsOf(ledger)
  const conversations = conversationsWith(ledger, 0, roots)
  const times = answerTimes(conversations)
  const unanswered = conversations.filter(({ answeredAt }) => answeredAt === null)
  const questions = unanswered.filter(({ opening }) => ledger.has(opening, FLAG.question))
  const others = unanswered.filter(({ opening }) => !ledger.has(opening, FLAG.question))
  const longest = slowest(conversations, wanted)
  const byHour = hours(conversations, own, ledger, zone)
  return {
    state: 'measured',
    times,
    share: wilson(times.answered, times.conversations),
    selected:
      times.conversations >= SELECTED_CONVERSATIONS_MIN && times.answered >= times.conversations * SELECTED_SHARE_MIN,
    young: unanswered.filter(({ openedAt }) => until - openedAt < DAY_MS).length,
    elsewhere: answersElsewhere(ledger, 0, conversations, roots),
    orphans,
    byHour,
    withoutCover: conversations.length < COVER_CONVERSATIONS_MIN ? [] : uncovered(byHour),
    unansweredQuestions: questions.length,
    unanswered: unansweredShown(questions, others, sampled),
    slowest: longest.posts,
    slowestMinutes: longest.minutes,
  }
}

function hours(conversations: Conversation[], own: number[], ledger: Ledger, zone: Zone) {
  const opened = Map.groupBy(conversations, ({ openedAt }) => zone.at(openedAt).hour)
  const posted = Map.groupBy(own, (post) => zone.at(ledger.at[post] as number).hour)
  return Array.from({ length: 24 }, (_, hour) => {
    const here = opened.get(hour) ?? []
    const minutes = here.flatMap(({ openedAt, answeredAt }) =>
      answeredAt === null ? [] : [(answeredAt - openedAt) / 60_000],
    )
    return {
      opened: here.length,
      answered: minutes.length,
      median: quantile(ascending(minutes), 0.5),
      ownPosts: posted.get(hour)?.length ?? 0,
    }
  })
}

function uncovered(byHour: { opened: number; ownPosts: number }[]): number[] {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 24
  const [opened, posted] = [mean(byHour.map((hour) => hour.opened)), mean(byHour.map((hour) => hour.ownPosts))]
  return byHour.flatMap((hour, at) => (hour.opened >= opened && hour.ownPosts < posted * COVER_SHARE_MAX ? [at] : []))
}

/** With the minutes that each waited, the longest first. */
function slowest(conversations: Conversation[], wanted: Set<number>): { posts: number[]; minutes: number[] } {
  const waited = ({ openedAt, answeredAt }: Conversation) => (answeredAt ?? openedAt) - openedAt
  const longest = conversations
    .filter(({ answeredAt }) => answeredAt !== null)
    .sort((a, b) => waited(b) - waited(a))
    .slice(0, SLOWEST_SHOWN)
  for (const { opening } of longest) wanted.add(opening)
  return { posts: longest.map(({ opening }) => opening), minutes: longest.map((one) => waited(one) / 60_000) }
}

/** Questions first, and others so that one sees what else stays open. */
function unansweredShown(questions: Conversation[], others: Conversation[], sampled: Sampled): number[] {
  const openings = (list: Conversation[]) => list.map(({ opening }) => opening)
  const asked = sampled(openings(questions), others.length > 0 ? QUESTIONS_SHOWN : SHOWN_MAX)
  return [...asked, ...(others.length > 0 ? sampled(openings(others), SHOWN_MAX - asked.length) : [])]
}
