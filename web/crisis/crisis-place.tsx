import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import type { Place } from '../ui/place.tsx'
import { PlaceWithTabs } from '../ui/place-with-tabs.tsx'
import styles from '../ui/tabs.module.css'

const TABS = [
  { label: 'tab.crises', to: '/w/$slug/crisis' },
  { label: 'tab.playbooks', to: '/w/$slug/crisis/playbooks' },
  { label: 'tab.statements', to: '/w/$slug/crisis/statements' },
  { label: 'tab.drills', to: '/w/$slug/crisis/drills' },
] as const

/** One of the places of crises, with the way to the others. */
export function CrisisPlace(props: Omit<ComponentProps<typeof Place>, 'beside'>) {
  const t = useTexts('crisis')
  const { slug } = useWorkspace()
  return (
    <PlaceWithTabs
      {...props}
      rail={t('shell:rail.crisis')}
      tabs={TABS.map(({ label, to }) => (
        <Link
          key={label}
          to={to}
          params={{ slug }}
          className={styles.tab}
          activeOptions={{ exact: to === '/w/$slug/crisis' }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(label)}
        </Link>
      ))}
    />
  )
}
