import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import type { Place } from '../ui/place.tsx'
import { PlaceWithTabs } from '../ui/place-with-tabs.tsx'
import tabStyles from '../ui/tabs.module.css'
import styles from './people-place.module.css'
import { PEOPLE_TABS, type PeopleTab } from './people-views.ts'

/** The queues count no further; more says a plus. */
const COUNTED_MAX = 100

interface PeoplePlaceProps extends Omit<ComponentProps<typeof Place>, 'beside'> {
  tab: PeopleTab
}

/** One of the places of people, with the way to the others. */
export function PeoplePlace({ tab, ...props }: PeoplePlaceProps) {
  const t = useTexts('people')
  const { slug, permissions } = useWorkspace()
  return (
    <PlaceWithTabs
      {...props}
      rail={t('rail')}
      tabs={PEOPLE_TABS.filter(({ permission }) => permissions.includes(permission)).map(
        ({ id, label, to, search }) => (
          <Link
            key={id}
            to={to}
            params={{ slug }}
            search={search}
            className={tabStyles.tab}
            aria-current={id === tab ? 'page' : undefined}
          >
            {t(label)}
            {id === 'suggestions' && <OpenSuggestions />}
            {id === 'proofs' && <OpenProofs />}
          </Link>
        ),
      )}
    />
  )
}

function OpenSuggestions() {
  const api = useApi()
  return <Waiting open={useQuery(api.people.suggestions.count.queryOptions({ input: {} })).data?.open} />
}

function OpenProofs() {
  const api = useApi()
  return <Waiting open={useQuery(api.proofs.questions.count.queryOptions({ input: {} })).data?.open} />
}

/** How many wait for somebody's answer. */
function Waiting({ open = 0 }: { open: number | undefined }) {
  if (open === 0) return null
  return <span className={styles.count}>{open >= COUNTED_MAX ? `${COUNTED_MAX}+` : open}</span>
}
