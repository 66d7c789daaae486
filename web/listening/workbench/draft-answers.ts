import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLanguage } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import type { QueryFault } from '../shapes.ts'
import type { Comparison, Estimates, Preview } from './answers.ts'

const TYPING_PAUSE_MS = 300
const FRESH_MS = 60_000
const SUPERSEDED_AGAIN_MS = 500
/** As many as the server takes. */
export const QUERY_CHARACTERS_MAX = 8_000

export interface DraftQuery {
  /** Null: the topic is not made yet. */
  topicId: string | null
  query: string
  languages: readonly string[]
  /** How far back is looked. */
  days: number
}

/** The answer for what stands in the field, or the last one that there was: what is shown does not go while one types. */
export interface DraftAnswer<Shown> {
  shown: Shown | null
  /** Empty while the answer is for an earlier text that could be read. */
  faults: readonly QueryFault[]
  /** What is shown, and which faults, belongs to an earlier text: the answer for this one is on its way. */
  behind: boolean
  /** It will be asked once the line is back. */
  offline: boolean
  error: unknown
  retry(): void
}

type Answer<Shown> = { state: 'faulty'; faults: QueryFault[] } | { state: 'superseded' } | Shown

/** What is asked: the draft as it was when one last paused. */
export function useSettled(draft: DraftQuery) {
  const textLanguage = useLanguage()
  const [tab] = useState(() => crypto.randomUUID())
  // As text: a new object at every drawing would be new to the clock every time.
  const now = JSON.stringify([draft.query, draft.languages, draft.days])
  const [asked] = useDebouncedValue(now, TYPING_PAUSE_MS)
  const [query, languages, days] = JSON.parse(asked) as [string, string[], number]
  const input = { query, days, textLanguage, ...(languages.length > 0 ? { languages } : {}) }
  const readable = query.trim() !== '' && query.length <= QUERY_CHARACTERS_MAX
  return { input, tab, settled: asked === now, readable, topicId: draft.topicId }
}
export type Settled = ReturnType<typeof useSettled>

/** A newer request of the same editor ends the older one on the server; here its answer counts for nothing. */
const whileTyping = {
  staleTime: ({ state }: { state: { data?: { state: string } | undefined } }) =>
    state.data?.state === 'superseded' ? 0 : FRESH_MS,
  refetchInterval: ({ state }: { state: { data?: { state: string } | undefined } }) =>
    state.data?.state === 'superseded' ? SUPERSEDED_AGAIN_MS : (false as const),
}

export function usePreview({ input, tab, settled, readable, topicId }: Settled): DraftAnswer<Preview> {
  const { preview } = useApi().listening.workbench
  const ofTopic = topicId ? { ...input, topicId } : input
  const answer = useQuery({
    ...preview.queryOptions({ input: ofTopic }),
    queryFn: ({ signal }) => preview.call({ ...ofTopic, tab }, { signal }),
    enabled: readable,
    ...whileTyping,
  })
  return useLastAnswer<Preview>(answer, settled && readable)
}

export function useComparison({ input, tab, settled, readable, topicId }: Settled, enabled: boolean) {
  const { compare } = useApi().listening.workbench
  const ofTopic = { ...input, topicId: topicId ?? '' }
  const answer = useQuery({
    ...compare.queryOptions({ input: ofTopic }),
    queryFn: ({ signal }) => compare.call({ ...ofTopic, tab }, { signal }),
    enabled: enabled && readable && topicId !== null,
    ...whileTyping,
  })
  return useLastAnswer<Comparison>(answer, settled)
}

export function useEstimates({ input, tab, settled, readable, topicId }: Settled, questions: number) {
  const { estimates } = useApi().listening.workbench
  const ofTopic = { ...input, topicId: topicId ?? '', questions }
  const answer = useQuery({
    ...estimates.queryOptions({ input: ofTopic }),
    queryFn: ({ signal }) => estimates.call({ ...ofTopic, tab }, { signal }),
    enabled: readable && topicId !== null,
    ...whileTyping,
  })
  return useLastAnswer<Estimates>(answer, settled)
}

interface Asked<Shown> {
  data: Answer<Shown> | undefined
  error: unknown
  fetchStatus: string
  refetch(): unknown
}

function useLastAnswer<Shown extends { state: 'answered' }>(
  { data, error, fetchStatus, refetch }: Asked<Shown>,
  settled: boolean,
): DraftAnswer<Shown> {
  const answered = data?.state === 'answered' ? (data as Shown) : null
  const [last, setLast] = useState<{ shown: Shown | null; faults: readonly QueryFault[] }>({ shown: null, faults: [] })
  const now =
    data?.state === 'faulty'
      ? { shown: last.shown, faults: (data as { faults: QueryFault[] }).faults }
      : answered
        ? { shown: answered, faults: [] as QueryFault[] }
        : last
  if (now.shown !== last.shown || (now.faults !== last.faults && now.faults.length + last.faults.length > 0))
    setLast(now)
  return {
    ...now,
    behind: !settled || (!answered && data?.state !== 'faulty'),
    offline: fetchStatus === 'paused',
    error: data ? null : error,
    retry: () => void refetch(),
  }
}
