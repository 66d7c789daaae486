import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import styles from './crisis.module.css'

/** On every screen while a crisis goes on. */
export function CrisisBanner() {
  const t = useTexts('crisis')
  const { slug } = useWorkspace()
  const options = useApi().crisis.open.queryOptions({ input: {} })
  const open = useQuery({ ...options, enabled: useMay('workspace.read') }).data?.items ?? []
  return open.map(({ crisisId, name }) => (
    <p key={crisisId} className={styles.banner}>
      <Link to="/w/$slug/crisis/$crisisId" params={{ slug, crisisId }}>
        {t('banner', { name })}
      </Link>
    </p>
  ))
}
