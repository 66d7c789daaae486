import { Link } from '@tanstack/react-router'
import { type ComponentProps, useEffect } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { currentInSight } from '../ui/current-in-sight.ts'
import { Place } from '../ui/place.tsx'
import styles from './measurement.module.css'

const TABS = [
  { label: 'measurement:shares.title', to: '/w/$slug/measure/shares', permission: 'topics.read' },
  { label: 'measurement:alarms.title', to: '/w/$slug/measure/alarms', permission: 'topics.read' },
  { label: 'measurement:title', to: '/w/$slug/measure/audits', permission: 'audits.read' },
] as const satisfies { label: string; to: string; permission: Permission }[]

/** One of the places of measurement, with the way to the others. */
export function MeasurementPlace(props: Omit<ComponentProps<typeof Place>, 'beside'>) {
  const t = useTexts('measurement')
  const { slug, permissions } = useWorkspace()
  const { title } = props
  // The page in the browser's own list of tabs and history is called by what it shows, not by the place around it.
  useEffect(() => {
    document.title = `${title} · Rapport`
  }, [title])
  const tabs = TABS.filter(({ permission }) => permissions.includes(permission))
  return (
    <Place
      {...props}
      title={t('rail')}
      beside={
        <nav ref={currentInSight} className={styles.tabs} aria-label={t('rail')}>
          {tabs.map(({ label, to }) => (
            <Link key={label} to={to} params={{ slug }} className={styles.tab} activeProps={{ 'aria-current': 'page' }}>
              {t(label)}
            </Link>
          ))}
        </nav>
      }
    />
  )
}
