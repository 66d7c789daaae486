import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import { INTENTS, SENTIMENTS } from '../../contract/listening-facts.ts'
import type { Api } from '../platform/api.ts'
import { endOfDay, startOfDay } from '../platform/days.ts'
import { failureOf } from '../platform/failures.ts'
import { byCursor, pageAfter } from '../platform/pages.ts'
import { oneOf, searchOf, text } from '../platform/search-params.ts'

export const DIRECTIONS = ['in', 'out'] as const
export const PERIODS = ['day', 'week', 'month', 'year'] as const
/** What topics set aside: only that, or everything but that. */
export const NOISE = ['only', 'without'] as const
export const POST_ORDERS = ['newest', 'useful'] as const
export const OFFENCE = ['yes', 'no'] as const
/** Posts that say the same share a line, unless each is to have its own. */
export const FOLDS = ['off'] as const
const PERIOD_DAYS = { day: 1, week: 7, month: 30, year: 365 }
const DAY_MS = 86_400_000
const PAGE_POSTS = 50

/**
 * Filters as they stand in the address. Days are dates in the workspace's time zone, 2026-05-31, both included: an address
 * that is passed on means the same days to everybody.
 */
export const readPostSearch = searchOf({
  q: text,
  topic: text,
  network: text,
  lang: text,
  direction: oneOf(DIRECTIONS),
  period: oneOf(PERIODS),
  from: text,
  until: text,
  noise: oneOf(NOISE),
  order: oneOf(POST_ORDERS),
  sentiment: oneOf(SENTIMENTS),
  intent: oneOf(INTENTS),
  offensive: oneOf(OFFENCE),
  segment: text,
  group: text,
  fold: oneOf(FOLDS),
  post: text,
})
export type PostSearch = ReturnType<typeof readPostSearch>

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const LANGUAGE = /^[a-z]{2,3}$/

/** What the server is asked. What somebody mistyped in the address is left out, as if it were not there. */
export function filtersOf(
  { q, topic, network, lang, direction, period, from, until, noise, ...more }: PostSearch,
  now: Date,
  timeZone: string,
) {
  const begin = from
    ? startOfDay(from, timeZone)
    : period
      ? new Date(now.getTime() - PERIOD_DAYS[period] * DAY_MS)
      : null
  const last = until ? endOfDay(until, timeZone) : null
  return {
    ...(q ? { query: q } : {}),
    ...(topic && ID.test(topic) ? { topicId: topic } : {}),
    ...(network ? { network } : {}),
    ...(lang && LANGUAGE.test(lang) ? { language: lang } : {}),
    ...(direction ? { direction } : {}),
    ...(noise ? { noise } : {}),
    ...(more.sentiment ? { sentiment: more.sentiment } : {}),
    ...(more.intent ? { intent: more.intent } : {}),
    ...(more.offensive ? { offensive: more.offensive === 'yes' } : {}),
    ...(more.segment && ID.test(more.segment) ? { segmentId: more.segment } : {}),
    ...(more.group && ID.test(more.group) ? { groupId: more.group } : {}),
    ...(more.fold ? { folded: false } : {}),
    ...(begin ? { from: begin } : {}),
    ...(last ? { until: new Date(last.getTime() + 1) } : {}),
  }
}
export type PostFilters = ReturnType<typeof filtersOf> & { order?: (typeof POST_ORDERS)[number] }

/** Periods end at the hour, so that the same search is the same question for a while. */
export const thisHour = (): Date => new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000)

export const isNarrowed = ({ post, order, fold, ...filters }: PostSearch): boolean =>
  Object.values(filters).some((value) => value !== undefined)

export const postSearchOptions = (api: Api, filters: PostFilters) =>
  infiniteQueryOptions(
    api.listening.posts.search.infiniteOptions({
      input: (after: string | undefined) => ({ folded: !filters.groupId, ...filters, ...pageAfter(after, PAGE_POSTS) }),
      ...byCursor,
      // What is read does not move: new posts wait behind the pill, edits and deletions are put in their place.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  )

/** The same faulty query gets the same answer: the route has asked already, the screen does not ask again by itself. */
export function isRefused(queries: QueryClient, { queryKey }: ReturnType<typeof postSearchOptions>): boolean {
  const error = queries.getQueryState(queryKey)?.error
  return Boolean(error) && failureOf(error).code === 'query-invalid'
}

/** The same posts as a file, for the browser to download. */
export function exportAddress(filters: PostFilters, workspaceId: string): string {
  const parameters = new URLSearchParams({ workspace: workspaceId })
  for (const [key, value] of Object.entries(filters))
    parameters.set(key, value instanceof Date ? value.toISOString() : String(value))
  return `/files/posts.csv?${parameters}`
}
