import { Button } from '@mantine/core'
import { IconUserQuestion } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { byCursor, pageAfter } from '../../platform/pages.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { Place } from '../../ui/place.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import styles from './contacts.module.css'
import { DecideChosen } from './decide-chosen.tsx'
import { LikelyRecords } from './likely-records.tsx'
import { ProposalCard } from './proposal-card.tsx'

const PAGE_PROPOSALS = 20

/**
 * Records that are perhaps somebody who is known: first those of which nothing was made, about which a person says who they
 * are; then those of a file that were taken in and are likely the same as somebody, where suggestions are allowed.
 */
export function ProposalsScreen() {
  const t = useTexts('people')
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const mayLink = useMay('people.link')
  const { import: importId } = useSearch({ from: '/w/$slug/people/duplicates' })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
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
  const choose = (proposalId: string, isChosen: boolean) =>
    setChosen((before) => new Set([...before].filter((id) => id !== proposalId).concat(isChosen ? [proposalId] : [])))
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
      <div className={styles.place}>
        {items.length > 0 && (
          <section aria-label={t('contacts.waitingTitle')}>
            <h2 className={styles.heading}>{t('contacts.waitingTitle')}</h2>
            <p className={styles.quiet}>{t('contacts.duplicatesHow')}</p>
            {mayLink && (
              <DecideChosen
                shown={items}
                chosen={items.filter(({ proposalId }) => chosen.has(proposalId))}
                onChoose={(proposals) => setChosen(new Set(proposals.map(({ proposalId }) => proposalId)))}
              />
            )}
            <ul className={styles.cards}>
              {items.map((proposal) => (
                <ProposalCard
                  key={proposal.proposalId}
                  proposal={proposal}
                  isChosen={chosen.has(proposal.proposalId)}
                  onChoose={(isChosen) => choose(proposal.proposalId, isChosen)}
                />
              ))}
            </ul>
            {list.hasNextPage && (
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('contacts.more')}
              </Button>
            )}
          </section>
        )}
        {importId && <LikelyRecords importId={importId} />}
      </div>
    </Place>
  )
}
