import { Button } from '@mantine/core'
import { IconBellRinging } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { VirtualList } from '../../ui/virtual-list.tsx'
import { MeasurementPlace } from '../measurement-place.tsx'
import { AlarmRow } from './alarm-row.tsx'
import { ALARM_STATES } from './alarm-states.ts'
import { AlarmView } from './alarm-view.tsx'
import { alarmsOptions } from './alarms-query.ts'

const FROM = '/w/$slug/measure/alarms'
/** What goes on changes by the minute: the live channel tells of news, this of figures. */
const REFRESH_MS = 30_000
const ROW_PX = 64

/** What goes on first; one alarm with its cause when the address names it. */
export function AlarmsScreen() {
  const t = useTexts('measurement')
  const api = useApi()
  const navigate = useNavigate({ from: FROM })
  const { state = 'open', alarm } = useSearch({ from: FROM })
  const { data: open } = useQuery(api.measurement.alarms.openCount.queryOptions({ input: {} }))
  if (alarm)
    return (
      <AlarmView
        alarmId={alarm}
        onBack={() => void navigate({ search: { state: state === 'open' ? undefined : state } })}
      />
    )
  return (
    <MeasurementPlace
      title={t('alarms.title')}
      fills
      filters={
        <FilterBar
          label={t('alarms.state')}
          options={ALARM_STATES.map((value) => ({
            value,
            label: t(`alarms.filter.${value}`),
            ...(value === 'open' && open ? { count: open.count } : {}),
          }))}
          value={state}
          onChange={(value) => void navigate({ search: { state: value === 'ended' ? value : undefined } })}
        />
      }
    >
      <AlarmList state={state} onOpen={(alarmId) => void navigate({ search: (now) => ({ ...now, alarm: alarmId }) })} />
    </MeasurementPlace>
  )
}

function AlarmList({ state, onOpen }: { state: 'open' | 'ended'; onOpen(alarmId: string): void }) {
  const t = useTexts('measurement')
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    ...alarmsOptions(useApi(), state),
    refetchInterval: REFRESH_MS,
  })
  if (error && !data) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <NoAlarms state={state} />
  return (
    <VirtualList
      label={t('alarms.title')}
      items={items}
      idOf={({ alarmId }) => alarmId}
      rowHeight={ROW_PX}
      onOpen={({ alarmId }) => onOpen(alarmId)}
      hasMore={hasNextPage}
      onMore={() => void fetchNextPage()}
      row={(alarm) => <AlarmRow alarm={alarm} />}
    />
  )
}

function NoAlarms({ state }: { state: 'open' | 'ended' }) {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  return (
    <Empty
      icon={IconBellRinging}
      title={t(`alarms.none.${state}`)}
      action={
        <Button renderRoot={(props) => <Link to="/w/$slug/listening/topics" params={{ slug }} {...props} />}>
          {t('alarms.none.action')}
        </Button>
      }
    >
      {t('alarms.none.how')}
    </Empty>
  )
}
