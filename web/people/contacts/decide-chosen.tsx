import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import styles from './contacts.module.css'
import type { Proposal } from './shapes.ts'

type Decision = 'same' | 'another' | 'left-out'

interface DecideChosenProps {
  shown: readonly Proposal[]
  chosen: readonly Proposal[]
  onChoose(proposals: readonly Proposal[]): void
}

/** One answer for many records. Each is decided by itself, so that one that cannot be leaves the others as they are. */
export function DecideChosen({ shown, chosen, onChoose }: DecideChosenProps) {
  const t = useTexts('people')
  const { number } = useFormats()
  const decide = useDecideMany(onChoose)
  // "The same" needs somebody: where several may be meant, only a person who looks can say who.
  const isClear = ({ candidates }: Proposal) => candidates.length === 1
  const unclear = chosen.filter((proposal) => !isClear(proposal)).length
  const { data: done } = decide
  return (
    <div className={styles.bulk}>
      <Checkbox
        label={chosen.length > 0 ? t('contacts.chosen', counted(chosen.length, number)) : t('contacts.chooseAll')}
        checked={chosen.length > 0 && chosen.length === shown.length}
        indeterminate={chosen.length > 0 && chosen.length < shown.length}
        onChange={(event) => onChoose(event.currentTarget.checked ? shown : [])}
      />
      {chosen.length > 0 && (
        <>
          <Button
            size="compact-sm"
            disabled={unclear > 0}
            loading={decide.isPending}
            onClick={() => decide.mutate({ proposals: chosen, decision: 'same' })}
          >
            {t('contacts.bulkSame')}
          </Button>
          <Button
            size="compact-sm"
            loading={decide.isPending}
            onClick={() => decide.mutate({ proposals: chosen, decision: 'another' })}
          >
            {t('contacts.bulkAnother')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            loading={decide.isPending}
            onClick={() => decide.mutate({ proposals: chosen, decision: 'left-out' })}
          >
            {t('contacts.bulkLeaveOut')}
          </Button>
          {unclear > 0 && <p className={styles.quiet}>{t('contacts.bulkUnclear', { number: number(unclear) })}</p>}
        </>
      )}
      <div role="status">
        {done && <p className={styles.quiet}>{t('contacts.bulkDone', counted(done.decided, number))}</p>}
        {done && done.failures[0] !== undefined && (
          <p className={styles.wrong}>
            {t('contacts.bulkFailed', {
              ...counted(done.failures.length, number),
              why: textOfFailure(failureOf(done.failures[0])),
            })}
          </p>
        )}
      </div>
    </div>
  )
}

const counted = (count: number, number: (count: number) => string) => ({ count, number: number(count) })

function useDecideMany(onChoose: DecideChosenProps['onChoose']) {
  const api = useApi()
  const queries = useQueryClient()
  const one = useMutation(api.people.contacts.decide.mutationOptions({ meta: { shownInPlace: true } }))
  return useMutation({
    mutationFn: async ({ proposals, decision }: { proposals: readonly Proposal[]; decision: Decision }) => {
      const left: { proposal: Proposal; failure: unknown }[] = []
      for (const proposal of proposals) {
        const personId = decision === 'same' ? proposal.candidates[0]?.personId : undefined
        await one
          .mutateAsync({ proposalId: proposal.proposalId, decision, ...(personId ? { personId } : {}) })
          .catch((failure: unknown) => left.push({ proposal, failure }))
      }
      onChoose(left.map(({ proposal }) => proposal))
      return { decided: proposals.length - left.length, failures: left.map(({ failure }) => failure) }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: api.people.contacts.proposals.key() }),
  })
}
