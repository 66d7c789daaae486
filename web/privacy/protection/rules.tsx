import { Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import styles from './protection.module.css'

/** What holds in the whole workspace: pseudonyms, and whom listening does not collect. */
export function Rules() {
  const t = useTexts('privacy')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const workspace = useQuery(api.accounts.workspaces.get.queryOptions({ input: {} }))
  const suppressed = useQuery(api.privacy.erasures.suppressed.queryOptions({ input: {} }))
  const save = useMutation(
    api.accounts.workspaces.update.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.accounts.workspaces.key() }),
    }),
  )
  const error = workspace.error ?? suppressed.error
  if (error)
    return <QueryError error={error} onRetry={() => void Promise.all([workspace.refetch(), suppressed.refetch()])} />
  if (!workspace.data || !suppressed.data) return <RowSkeletons rows={4} />
  const { count } = suppressed.data
  return (
    <>
      <FormSection title={t('protection.rules.pseudonyms')} why={t('protection.rules.pseudonymsWhy')}>
        <Switch
          label={t('protection.rules.pseudonymous')}
          description={t('protection.rules.pseudonymousWhat')}
          checked={workspace.data.settings.pseudonymous}
          disabled={save.isPending}
          onChange={(event) => save.mutate({ settings: { pseudonymous: event.currentTarget.checked } })}
        />
      </FormSection>
      <FormSection title={t('protection.rules.suppressed')} why={t('protection.rules.suppressedWhy')}>
        <p className={styles.figure}>
          {t('protection.rules.suppressedCount', { count, number: formats.number(count) })}
        </p>
      </FormSection>
    </>
  )
}
