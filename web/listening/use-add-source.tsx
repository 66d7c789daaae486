import { useMutation, useQueryClient } from '@tanstack/react-query'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import styles from './listening.module.css'
import type { SourceCheck } from './shapes.ts'
import { FailureSentence } from './source-health.tsx'

export function useAddSource(onAdded: (sourceId: string) => void) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  return useMutation(
    api.listening.sources.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ sourceId }) => {
        await queries.invalidateQueries({ queryKey: api.listening.sources.list.key() })
        showDone(t('sources.added'))
        onAdded(sourceId)
      },
    }),
  )
}

/** A refusal in place; where the network itself refused, in the network's named words. */
export function SourceRefusal({ error }: { error: unknown }) {
  if (!error) return <div role="alert" />
  const failure = failureOf(error)
  const network = failure.code === 'source-check-failed' ? String(failure.params.failure ?? '') : null
  return (
    <div role="alert">
      <p className={styles.wrong}>
        {network === null ? (
          textOfFailure(failure)
        ) : (
          <FailureSentence failure={{ name: network, until: null, detail: String(failure.params.detail ?? '') }} />
        )}
      </p>
    </div>
  )
}

/** What the network said when it was tried, if it said no. */
export function CheckRefusal({ check }: { check: SourceCheck | undefined }) {
  if (check?.ok !== false) return null
  return (
    <p className={styles.wrong}>
      <FailureSentence failure={check.failure} />
    </p>
  )
}
