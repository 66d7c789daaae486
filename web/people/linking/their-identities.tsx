import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AuthorLine, useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { DialogStep } from '../graph/graph-dialog.tsx'
import { StateMerge } from '../graph/merge-dialog.tsx'
import styles from '../people.module.css'
import type { Person } from '../shapes.ts'
import type { Chosen, Somebody } from './shapes.ts'

interface TheirIdentitiesProps {
  person: Person
  other: Somebody
  onChoose(chosen: Chosen): void
  onClose(): void
  onBack(): void
}

/** Somebody was found who is not this person: one thing of theirs is meant, or they are the same. */
export function TheirIdentities({ person, other, onChoose, onClose, onBack }: TheirIdentitiesProps) {
  const t = useTexts('people')
  const nameOf = useAuthorName()
  const [merging, setMerging] = useState(false)
  const { data, error, refetch } = useQuery(
    useApi().people.graph.members.queryOptions({ input: { personId: other.personId } }),
  )
  if (merging) return <StateMerge person={person} other={other} onClose={onClose} onBack={() => setMerging(false)} />
  return (
    <DialogStep>
      <p>{t('addLink.whichOf', { person: other.name })}</p>
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons />}
      <ul className={styles.candidates}>
        {data?.links
          .filter(({ shared }) => !shared)
          .map(({ author }) => (
            <li key={author.authorId} className={styles.candidate}>
              <AuthorLine author={author} />
              <Button
                size="compact-xs"
                aria-label={t('addLink.chooseAccount', { account: nameOf(author) })}
                onClick={() => onChoose({ account: author, holder: other })}
              >
                {t('addLink.choose')}
              </Button>
            </li>
          ))}
      </ul>
      <div className={styles.steps}>
        <Button onClick={() => setMerging(true)}>{t('addLink.areSame', { person: other.name })}</Button>
        <Button onClick={onBack}>{t('addLink.other')}</Button>
      </div>
    </DialogStep>
  )
}
