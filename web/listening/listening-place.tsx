import type { ComponentProps } from 'react'
import { useTexts } from '../platform/i18n.ts'
import type { Place } from '../ui/place.tsx'
import { PlaceWithTabs } from '../ui/place-with-tabs.tsx'
import { type TabLink, TabLinks } from './tab-links.tsx'

const TABS = [
  { label: 'listening:posts.title', to: '/w/$slug/listening/posts', permission: 'posts.read' },
  { label: 'listening:topics.title', to: '/w/$slug/listening/topics', permission: 'topics.read' },
  { label: 'listening:discovery.title', to: '/w/$slug/listening/discover', permission: 'posts.read' },
  { label: 'listening:lookAlikes.title', to: '/w/$slug/listening/look-alikes', permission: 'people.read' },
  { label: 'listening:sources.title', to: '/w/$slug/listening/sources', permission: 'sources.read' },
  { label: 'listening:imports.title', to: '/w/$slug/listening/imports', permission: 'imports.run' },
] as const satisfies TabLink[]

/** One of the places of listening, with the way to the others. */
export function ListeningPlace(props: Omit<ComponentProps<typeof Place>, 'beside'>) {
  const t = useTexts('listening')
  return <PlaceWithTabs {...props} rail={t('rail')} tabs={<TabLinks tabs={TABS} />} />
}
