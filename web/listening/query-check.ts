import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useLanguage } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

const TYPING_PAUSE_MS = 350

interface CheckOptions {
  languages?: string[]
  enabled?: boolean
}

/** Asks the server what a query means and finds, a moment after one stops typing. Sentences in the reader's language. */
export function useQueryCheck(query: string, { languages, enabled = true }: CheckOptions = {}) {
  const textLanguage = useLanguage()
  // As text: a new object at every drawing would be new to the clock every time.
  const [text] = useDebouncedValue(JSON.stringify({ query, languages }), TYPING_PAUSE_MS)
  const asked = JSON.parse(text) as { query: string; languages?: string[] }
  const input = {
    query: asked.query,
    textLanguage,
    ...(asked.languages && asked.languages.length > 0 ? { languages: asked.languages } : {}),
  }
  const answer = useQuery({
    ...useApi().listening.topics.checkQuery.queryOptions({ input }),
    enabled: enabled && asked.query.trim() !== '',
    placeholderData: keepPreviousData,
  })
  /** What is shown belongs to an earlier text than the one in the field. */
  const behind = asked.query !== query || answer.isPlaceholderData
  return { ...answer, behind }
}
