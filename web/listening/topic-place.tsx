import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { useTexts } from '../platform/i18n.ts'
import { useWorkspace } from '../platform/session.ts'
import { currentInSight } from '../ui/current-in-sight.ts'
import { Place } from '../ui/place.tsx'
import tabStyles from '../ui/tabs.module.css'
import styles from './listening.module.css'
import type { Topic } from './shapes.ts'
import { TopicState } from './topics-screen.tsx'

const TABS = [
  { label: 'listening:workbench.tab', to: '/w/$slug/listening/topics/$topicId', permission: 'topics.read' },
  { label: 'listening:sort.tab', to: '/w/$slug/listening/topics/$topicId/sort', permission: 'posts.read' },
  { label: 'listening:discovery.title', to: '/w/$slug/listening/topics/$topicId/discover', permission: 'posts.read' },
  { label: 'measurement:alarms.title', to: '/w/$slug/listening/topics/$topicId/alarms', permission: 'topics.read' },
] as const satisfies { label: string; to: string; permission: Permission }[]

interface TopicPlaceProps {
  topic: Topic
  action?: ReactNode
  /** The content fills the height and scrolls by itself. */
  fills?: boolean
  children: ReactNode
}

/** One of a topic's screens, with the way to the others. */
export function TopicPlace({ topic, action, fills = false, children }: TopicPlaceProps) {
  const t = useTexts('listening')
  const { slug, permissions } = useWorkspace()
  const navigate = useNavigate()
  const { topicId } = topic
  const tabs = TABS.filter(({ permission }) => permissions.includes(permission))
  return (
    <Place
      title={topic.name}
      beside={<TopicState topic={topic} />}
      onBack={() => void navigate({ to: '/w/$slug/listening/topics', params: { slug } })}
      action={action}
      fills={fills}
    >
      {tabs.length > 1 && (
        <nav ref={currentInSight} className={styles.tabs} data-fills={fills} aria-label={topic.name}>
          {tabs.map(({ label, to }) => (
            <Link
              key={to}
              to={to}
              params={{ slug, topicId }}
              className={tabStyles.tab}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              {t(label)}
            </Link>
          ))}
        </nav>
      )}
      {children}
    </Place>
  )
}
