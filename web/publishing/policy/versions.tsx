import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import styles from './policy.module.css'
import type { Document, PolicyState } from './policy-state.ts'

/** How the policy came to be; an earlier version is taken into the form, tried and saved as a new one. */
export function Versions({ policy, onTake }: { policy: PolicyState; onTake(document: Document): void }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const may = useMay('policy.manage')
  const members = useQuery(api.accounts.members.list.queryOptions({ input: {} })).data?.items ?? []
  const take = async (version: number) => {
    const read = await queries.fetchQuery(api.publishing.policy.version.queryOptions({ input: { version } }))
    onTake(read.document)
  }
  return (
    <FormSection title={t('policy.versions.title')} why={t('policy.versions.why')}>
      <ul className={styles.versions}>
        {policy.versions.map(({ version, note, savedAt, savedBy }) => (
          <li key={version}>
            <strong>{version === 0 ? t('policy.versions.shipped') : t('policy.versions.number', { version })}</strong>
            {savedAt && <span className={styles.rate}>{formats.toTheMinute(savedAt)}</span>}
            {savedBy && (
              <span className={styles.rate}>{members.find(({ memberId }) => memberId === savedBy)?.name ?? ''}</span>
            )}
            {note && <span>{note}</span>}
            {may && version !== policy.version && (
              <Button size="compact-xs" onClick={() => void take(version)}>
                {t('policy.versions.take')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </FormSection>
  )
}
