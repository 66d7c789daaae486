import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import type { Place } from '../ui/place.tsx'
import { PlaceWithTabs } from '../ui/place-with-tabs.tsx'
import styles from '../ui/tabs.module.css'

const TABS = [
  { label: 'guidelines:tab.guidelines', to: '/w/$slug/programme/guidelines', permission: 'workspace.read' },
  { label: 'guidelines:tab.overview', to: '/w/$slug/programme/guidelines/overview', permission: 'guidelines.manage' },
  { label: 'guidelines:tab.desk', to: '/w/$slug/programme/desk', permission: 'workspace.read' },
  { label: 'guidelines:tab.goals', to: '/w/$slug/programme/goals', permission: 'workspace.read' },
  { label: 'guidelines:tab.stakeholders', to: '/w/$slug/programme/stakeholders', permission: 'workspace.read' },
  { label: 'guidelines:tab.scenarios', to: '/w/$slug/programme/scenarios', permission: 'workspace.read' },
] as const satisfies { label: string; to: string; permission: Permission }[]

/** One of the places of the programme, with the way to the others. */
export function ProgrammePlace(props: Omit<ComponentProps<typeof Place>, 'beside'>) {
  const t = useTexts('guidelines')
  const { slug, permissions } = useWorkspace()
  return (
    <PlaceWithTabs
      {...props}
      rail={t('shell:rail.programme')}
      tabs={TABS.filter(({ permission }) => permissions.includes(permission)).map(({ label, to }) => (
        <Link
          key={label}
          to={to}
          params={{ slug }}
          className={styles.tab}
          activeOptions={{ exact: to === '/w/$slug/programme/guidelines' }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(label)}
        </Link>
      ))}
    />
  )
}
