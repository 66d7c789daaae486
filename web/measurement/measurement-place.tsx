import type { ComponentProps } from 'react'
import { type TabLink, TabLinks } from '../listening/tab-links.tsx'
import { useTexts } from '../platform/i18n.ts'
import type { Place } from '../ui/place.tsx'
import { PlaceWithTabs } from '../ui/place-with-tabs.tsx'

const TABS = [
  { label: 'measurement:shares.title', to: '/w/$slug/measure/shares', permission: 'topics.read' },
  { label: 'measurement:response.title', to: '/w/$slug/measure/response', permission: 'inbox.read' },
  { label: 'measurement:alarms.title', to: '/w/$slug/measure/alarms', permission: 'topics.read' },
  { label: 'measurement:title', to: '/w/$slug/measure/audits', permission: 'audits.read' },
] as const satisfies TabLink[]

/** One of the places of measurement, with the way to the others. */
export function MeasurementPlace(props: Omit<ComponentProps<typeof Place>, 'beside'>) {
  const t = useTexts('measurement')
  return <PlaceWithTabs {...props} rail={t('rail')} tabs={<TabLinks tabs={TABS} />} />
}
