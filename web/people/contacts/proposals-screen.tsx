import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Place } from '../../ui/place.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './contacts.module.css'
import { useReasonText } from './reason-text.ts'
import type { Proposal } from './shapes.ts'

const PAGE_PROPOSALS = 20
const FIELDS_SHOWN = 4

/** Records that are perhaps somebody who is known. Nothing was made of them; a person says who they are about. */
export function ProposalsScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { import: importId } = useSearch({ from: '/w/$slug/people/duplicates' })
  const list = useInfiniteQuery(
    useApi().people.contacts.proposals.infiniteOptions({
      input: (after: string | undefined) => ({
        ...(importId ? { importId } : {}),
        ...pageAfter(after, PAGE_PROPOSALS),
      }),
      ...byCursor,
    }),
  )
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Place
      title={t('contacts.duplicates')}
      onBack={() => void navigate({ to: '/w/$slug/people/contacts', params: { slug } })}
    >
      {list.error && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <RowSkeletons rows={4} />}
      {list.data && items.length === 0 && (
        <Empty icon={IconUserQuestion} title={t('contacts.noDuplicates')}>
          {t('contacts.noDuplicatesHow')}
        </Empty>
      )}
      {items.length > 0 && <p className={styles.quiet}>{t('contacts.duplicatesHow')}</p>}
      <ul className={styles.cards}>
        {items.map((proposal) => (
          <ProposalCard key={proposal.proposalId} proposal={proposal} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('contacts.more')}
        </Button>
      )}
    </Place>
  )
}

function ProposalCard({ proposal }: { proposal: Proposal }) {
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
  const facts = Object.entries(record.fields)
    .filter(([field]) => !['name', 'given-name', 'family-name'].includes(field))
    .slice(0, FIELDS_SHOWN)
    .map(([, value]) => value)
  return (
    <li className={styles.card}>
      <div className={styles.cardHead}>
        <strong className={styles.sampleName}>{record.name || record.points[0] || record.externalId}</strong>
        <span className={styles.detail}>
          {[source, record.externalId].filter(Boolean).join(' · ')} · <TimeAgo time={proposedAt} />
        </span>
      </div>
      <p className={styles.detail}>{[...record.points, ...facts].join(' · ')}</p>
      <ul className={styles.candidates}>
        {candidates.map(({ personId, name, reasons }) => (
          <li key={personId} className={styles.candidate}>
            <span className={styles.sampleName}>
              <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId }}>
                {name}
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
