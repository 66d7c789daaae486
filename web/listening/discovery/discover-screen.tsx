import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { ListeningPlace } from '../listening-place.tsx'
import { PeriodChoice, Views } from './views.tsx'

/** What rises, who speaks and what is passed on in everything that was heard. */
export function DiscoverScreen() {
  const t = useTexts('listening')
  const navigate = useNavigate({ from: '/w/$slug/listening/discover' })
  const { period = 'day' } = useSearch({ from: '/w/$slug/listening/discover' })
  return (
    <ListeningPlace
      title={t('discovery.title')}
      filters={
        <PeriodChoice period={period} onPeriod={(next) => void navigate({ search: { period: next }, replace: true })} />
      }
    >
      <Views looked={{ period }} />
    </ListeningPlace>
  )
}
