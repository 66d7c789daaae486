import { type ComponentProps, type ReactNode, useEffect } from 'react'
import { currentInSight } from './current-in-sight.ts'
import { Place } from './place.tsx'
import styles from './tabs.module.css'

interface PlaceWithTabsProps extends Omit<ComponentProps<typeof Place>, 'beside'> {
  /** What the rail calls all of these places. */
  rail: string
  /** Links of class `tab` (tabs.module.css); the one that is open says so by `aria-current="page"`. */
  tabs: ReactNode
}

/** One of several places that belong together, with the way to the others. */
export function PlaceWithTabs({ rail, tabs, ...props }: PlaceWithTabsProps) {
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
          {tabs}
        </nav>
      }
    />
  )
}
