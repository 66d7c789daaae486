import { Link } from '@tanstack/react-router'
import { type ComponentProps, useEffect } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { currentInSight } from '../ui/current-in-sight.ts'
import { Place } from '../ui/place.tsx'
import styles from './listening.module.css'

export interface PlaceTab {
  /** A text with its module. */
  label: string
  to:
    | `/w/$slug/listening/${'posts' | 'topics' | 'discover' | 'look-alikes' | 'sources' | 'imports'}`
    | `/w/$slug/measure/${'shares' | 'response' | 'alarms' | 'audits'}`
  permission: Permission
}

interface PlaceWithTabsProps extends Omit<ComponentProps<typeof Place>, 'beside'> {
  /** What the rail calls all of these places. */
  rail: string
  tabs: readonly PlaceTab[]
}

/** One of several places that belong together, with the way to the others. */
export function PlaceWithTabs({ rail, tabs, ...props }: PlaceWithTabsProps) {
  const t = useTexts('listening')
  const { slug, permissions } = useWorkspace()
  const { title } = props
  // The page in the browser's own list of tabs and history is called by what it shows, not by the place around it.
  useEffect(() => {
    document.title = `${title} · Rapport`
  }, [title])
  return (
    <Place
      {...props}
      title={rail}
      beside={
        <nav ref={currentInSight} className={styles.tabs} aria-label={rail}>
          {tabs
            .filter(({ permission }) => permissions.includes(permission))
            .map(({ label, to }) => (
              <Link
                key={label}
                to={to}
                params={{ slug }}
                className={styles.tab}
                activeProps={{ 'aria-current': 'page' }}
              >
                {t(label)}
              </Link>
            ))}
        </nav>
      }
    />
  )
}
