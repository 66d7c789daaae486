import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './contacts.module.css'
import { useReasonText } from './reason-text.ts'
import type { Proposal } from './shapes.ts'

const FIELDS_SHOWN = 4
const NAMES = ['name', 'given-name', 'family-name']

export const proposalName = ({ record }: Proposal): string =>
  record.name || record.points[0] || record.externalId || '–'

interface ProposalCardProps {
  proposal: Proposal
  isChosen: boolean
  onChoose(isChosen: boolean): void
}

/** A record that waits: what it says, whom it may be about and why, and the three answers. */
export function ProposalCard({ proposal, isChosen, onChoose }: ProposalCardProps) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const mayLink = useMay('people.link')
  const reasonText = useReasonText()
  const decide = useMutation(
    api.people.contacts.decide.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: api.people.contacts.proposals.key() }),
    }),
  )
  const { proposalId, record, candidates, source, proposedAt } = proposal
  const name = proposalName(proposal)
  const facts = Object.entries(record.fields)
    .filter(([field]) => !NAMES.includes(field))
    .slice(0, FIELDS_SHOWN)
    .map(([, value]) => value)
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <span className={styles.cardName}>
          {mayLink && (
            <Checkbox
              checked={isChosen}
              aria-label={t('contacts.chooseOne', { name })}
              onChange={(event) => onChoose(event.currentTarget.checked)}
            />
          )}
          <strong>{name}</strong>
        </span>
        <span className={styles.detail}>
          {[source, record.externalId].filter(Boolean).join(' · ')} · <TimeAgo time={proposedAt} />
        </span>
      </div>
      <p className={styles.detail}>{[...record.points, ...facts].join(' · ')}</p>
      <ul className={styles.candidates}>
        {candidates.map(({ personId, name: called, reasons }) => (
          <li key={personId} className={styles.candidate}>
            <span className={styles.sampleName}>
              <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId }}>
                {called}
              </Link>{' '}
              <span className={styles.detail}>{reasons.map(reasonText).join(', ')}</span>
            </span>
            {mayLink && (
              <Button
                size="compact-sm"
                disabled={decide.isPending}
                onClick={() => decide.mutate({ proposalId, decision: 'same', personId })}
              >
                {t('contacts.same')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayLink && (
        <div className={styles.buttons}>
          <Button
            size="compact-sm"
            disabled={decide.isPending}
            onClick={() => decide.mutate({ proposalId, decision: 'another' })}
          >
            {t('contacts.another')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={decide.isPending}
            onClick={() => decide.mutate({ proposalId, decision: 'left-out' })}
          >
            {t('contacts.leaveOut')}
          </Button>
        </div>
      )}
      <div role="alert">{decide.error && <p className={styles.wrong}>{textOfFailure(failureOf(decide.error))}</p>}</div>
    </li>
  )
}
