import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { Tag } from '../../ui/tag.tsx'
import { usePeopleHere } from '../people-here.ts'
import styles from './routing.module.css'
import { useRuleWords } from './sentences.ts'

/** Every version that was saved; an older one can hold again. */
export function VersionsPane({ current, isDirty }: { current: number; isDirty: boolean }) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const people = usePeopleHere()
  const [looked, setLooked] = useState<number | null>(null)
  const { data, error, refetch } = useQuery(api.inbox.routing.versions.queryOptions({ input: {} }))
  const back = useMutation(
    api.inbox.routing.returnTo.mutationOptions({
      onSuccess: async ({ version }, { version: from }) => {
        await queries.invalidateQueries({ queryKey: api.inbox.routing.key() })
        showDone(t('routing.versions.returnedTo', { from, version }))
      },
    }),
  )
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={6} />
  if (data.items.length === 0) return <p className={styles.quiet}>{t('routing.versions.none')}</p>
  return (
    <div className={styles.editor}>
      {isDirty && <p className={styles.quiet}>{t('routing.versions.unsavedFirst')}</p>}
      <ul className={styles.results}>
        {data.items.map(({ version, note, returnedTo, madeAt, madeBy }) => (
          <li key={version} className={styles.version}>
            <div>
              <strong>{formats.number(version)}</strong>{' '}
              {version === current && <Tag tone="good">{t('routing.versions.holds')}</Tag>}{' '}
              {returnedTo !== null && <Tag>{t('routing.versions.returned', { version: returnedTo })}</Tag>}
              <p className={styles.quiet}>
                {t('routing.versions.by', {
                  name: (madeBy && people.nameOf(madeBy)) ?? t('routing.versions.bot'),
                  time: formats.toTheMinute(madeAt),
                })}
              </p>
              {note && <p>{note}</p>}
              {looked === version && <RulesOf version={version} />}
            </div>
            <div className={styles.buttons}>
              {looked !== version && (
                <Button size="compact-sm" onClick={() => setLooked(version)}>
                  {t('routing.versions.look', { version })}
                </Button>
              )}
              {version !== current && (
                <Button
                  size="compact-sm"
                  disabled={isDirty}
                  loading={back.isPending && back.variables?.version === version}
                  onClick={() => back.mutate({ version, againstVersion: current })}
                >
                  {t('routing.versions.return')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}

function RulesOf({ version }: { version: number }) {
  const { ruleText } = useRuleWords()
  const { data, error, refetch } = useQuery(useApi().inbox.routing.version.queryOptions({ input: { version } }))
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={2} />
  return (
    <ol className={styles.past}>
      {data.rules.map((rule) => (
        <li key={rule.ruleId} data-off={!rule.on || undefined}>
          <strong>{rule.name}</strong> {ruleText(rule)}
        </li>
      ))}
    </ol>
  )
}
