import { Button } from '@mantine/core'
import { IconUserCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PeoplePlace } from '../people/people-place.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Empty } from '../ui/empty.tsx'
import { NetworkMark } from '../ui/network-mark.tsx'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './questions.module.css'

type Decision = 'join' | 'move' | 'leave'

/** Proofs that a machine must not carry out: what was proven, by whom, to whom it belongs, and what speaks against it. */
export function QuestionsScreen() {
  const t = useTexts('proofs')
  const api = useApi()
  const queries = useQueryClient()
  const mayDecide = useMay('people.link')
  const { data, error, refetch } = useQuery(api.proofs.questions.list.queryOptions({ input: {} }))
  const decide = useMutation(
    api.proofs.questions.decide.mutationOptions({
      onSuccess: async (_, { decision }) => {
        showDone(t(`decided.${decision}`))
        await Promise.all(
          [api.proofs.key(), api.people.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        )
      },
    }),
  )
  return (
    <PeoplePlace tab="proofs" title={t('title')}>
      {error && !data ? (
        <QueryError error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : data.items.length === 0 ? (
        <Empty icon={IconUserCheck} title={t('none')}>
          {t('noneWhy')}
        </Empty>
      ) : (
        <>
          <p className={styles.lead}>{t('lead')}</p>
          <ul className={styles.list}>
            {data.items.map(({ questionId, because, author, shown, person, other, askedAt }) => (
              <li key={questionId} className={styles.question}>
                <p className={styles.what}>
                  <NetworkMark network={author.network} /> <strong>{shown}</strong>{' '}
                  <span className={styles.quiet}>
                    <TimeAgo time={askedAt} />
                  </span>
                </p>
                <p>{t(`because.${because}`)}</p>
                <dl className={styles.facts}>
                  <dt>{t('proved')}</dt>
                  <dd>
                    <Named person={person} nobody={t('provedByNobody')} />
                  </dd>
                  <dt>{t('belongs')}</dt>
                  <dd>
                    <Named person={other} nobody={t('belongsToNobody')} />
                  </dd>
                </dl>
                {mayDecide && (
                  <div className={styles.actions}>
                    {(['join', 'move', 'leave'] satisfies Decision[]).map((decision) => (
                      <Button
                        key={decision}
                        size="xs"
                        loading={decide.isPending && decide.variables.questionId === questionId}
                        onClick={() => decide.mutate({ questionId, decision })}
                      >
                        {t(`decision.${decision}`)}
                      </Button>
                    ))}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </PeoplePlace>
  )
}

function Named({ person, nobody }: { person: { personId: string; name: string } | null; nobody: string }) {
  const { slug } = useWorkspace()
  if (!person) return <span className={styles.quiet}>{nobody}</span>
  return (
    <Link to="/w/$slug/people/persons/$personId" params={{ slug, personId: person.personId }}>
      {person.name}
    </Link>
  )
}
