import { useQuery } from '@tanstack/react-query'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'

/** How long an answer to "may I speak now" is believed; the server asks again before anything is sent. */
const BELIEVED_MS = 60_000

/** Why one cannot answer in public here and now; null: one can. */
export function useSilence(sourceId: string): { reason: string; params: Record<string, unknown> } | null {
  const mayDraft = useMay('answers.draft')
  const { atSources, elsewhere } = useWorkspace()
  const api = useApi()
  const mine = useQuery({
    ...api.accounts.staffing.mine.queryOptions({ input: {} }),
    enabled: mayDraft,
    staleTime: BELIEVED_MS,
  })
  const there = atSources.find((source) => source.sourceId === sourceId)?.permissions ?? elsewhere
  if (!there.includes('answers.speak')) return { reason: 'role', params: {} }
  const asleep = mine.data?.asleep.find(({ permission }) => permission === 'answers.speak')
  return asleep ?? null
}
