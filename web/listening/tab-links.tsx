import { Link } from '@tanstack/react-router'
import type { Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import styles from '../ui/tabs.module.css'

export interface TabLink {
  /** A text with its module. */
  label: string
  to:
    | `/w/$slug/listening/${'posts' | 'topics' | 'discover' | 'look-alikes' | 'sources' | 'imports'}`
    | `/w/$slug/measure/${'shares' | 'response' | 'alarms' | 'audits'}`
  permission: Permission
}

/** Those of the tabs that the reader may open. */
export function TabLinks({ tabs }: { tabs: readonly TabLink[] }) {
  const t = useTexts('listening')
  const { slug, permissions } = useWorkspace()
  return tabs
    .filter(({ permission }) => permissions.includes(permission))
    .map(({ label, to }) => (
      <Link key={label} to={to} params={{ slug }} className={styles.tab} activeProps={{ 'aria-current': 'page' }}>
        {t(label)}
      </Link>
    ))
}
