import { useFormats } from '../../platform/formats.ts'
import { useReasonSentence } from './reason-text.ts'
import type { Reason } from './shapes.ts'

/** What the ledger keeps of a suggestion that was joined, as a sentence; null where it holds something else. */
export function useSuggestionEvidence(): (evidence: Readonly<Record<string, unknown>>) => string | null {
  const sentence = useReasonSentence()
  const formats = useFormats()
  return ({ suggestion, reasons, percent }) => {
    if (typeof suggestion !== 'string' || !Array.isArray(reasons)) return null
    const { forIt, against } = sentence(reasons as Reason[])
    const sure = typeof percent === 'number' ? formats.percent(Math.min(99, percent) / 100) : null
    return [sure, forIt, against].filter(Boolean).join(' · ')
  }
}
