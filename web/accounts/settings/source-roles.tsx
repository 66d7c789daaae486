import { Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import styles from './settings.module.css'

const AT_SOURCES = ['none', 'viewer', 'agent', 'lead', 'admin'] as const
type AtSource = (typeof AT_SOURCES)[number]
/** Stands for: as in the workspace. */
const AS_ELSEWHERE = ''

/** For each source another role, or none at all: then nothing that came through it is there for them. Each choice counts at once. */
export function SourceRoles({ memberId }: { memberId: string }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const input = { memberId }
  const sources = useQuery(api.listening.sources.list.queryOptions({ input: {} }))
  const given = useQuery(api.accounts.roles.sourceRoles.queryOptions({ input }))
  const ownRoles = useSuspenseQuery(api.accounts.roles.list.queryOptions({ input: {} })).data.items
  const change = useMutation(
    api.accounts.roles.setSourceRole.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: api.accounts.roles.sourceRoles.key({ input }) }),
          queries.invalidateQueries({ queryKey: api.accounts.members.list.key() }),
        ]),
    }),
  )
  const error = sources.error ?? given.error
  if (error) return <QueryError error={error} onRetry={() => void Promise.all([sources.refetch(), given.refetch()])} />
  if (!sources.data || !given.data) return null
  const choices = [
    { value: AS_ELSEWHERE, label: t('sourceRoles.asElsewhere') },
    ...AT_SOURCES.map((role) => ({
      value: role as string,
      label: role === 'none' ? t('sourceRoles.none') : t(`role.${role}.name`),
    })),
    ...ownRoles.map(({ roleId, name }) => ({ value: roleId, label: name })),
  ]
  const choose = (sourceId: string, chosen: string) =>
    change.mutate({
      memberId,
      sourceId,
      ...(isAtSource(chosen) ? { role: chosen } : chosen === AS_ELSEWHERE ? {} : { roleId: chosen }),
    })
  return (
    <>
      <p className={styles.note}>{t('sourceRoles.why')}</p>
      {sources.data.items.length === 0 && <p className={styles.note}>{t('sourceRoles.noSources')}</p>}
      <ul className={styles.rows}>
        {sources.data.items.map(({ sourceId, name }) => {
          const row = given.data.items.find((one) => one.sourceId === sourceId)
          return (
            <li key={sourceId} className={styles.row}>
              <span className={styles.main}>{name}</span>
              <Select
                aria-label={t('sourceRoles.at', { source: name })}
                data={choices}
                value={row?.roleId ?? row?.role ?? AS_ELSEWHERE}
                onChange={(chosen) => chosen !== null && choose(sourceId, chosen)}
                allowDeselect={false}
                disabled={change.isPending}
                w={230}
              />
            </li>
          )
        })}
      </ul>
      <div role="alert">{change.error && <p className={styles.wrong}>{textOfFailure(failureOf(change.error))}</p>}</div>
    </>
  )
}

const isAtSource = (chosen: string): chosen is AtSource => AT_SOURCES.some((role) => role === chosen)
