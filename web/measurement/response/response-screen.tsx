import { Anchor } from '@mantine/core'
import { IconClockHour4, IconShieldLock } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { CLOCKS, type ClockName } from '../../../contract/clock-words.ts'
import { RESPONSE_BY, type ResponseBy } from '../../../contract/response-words.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { MeasurementPlace } from '../measurement-place.tsx'
import { GroupTable } from './group-table.tsx'
import styles from './response.module.css'
import { ResponseCharts } from './response-charts.tsx'
import { ResponseFigures } from './response-figures.tsx'
import { type Asked, askedIn, type Group, responseOptions } from './response-query.ts'
import { WeekTable } from './week-table.tsx'

/** How soon customers are answered, and how often as soon as promised. Of desks, never of members. */
export function ResponseScreen() {
  const t = useTexts('measurement')
  const navigate = useNavigate({ from: '/w/$slug/measure/response' })
  const asked = askedIn(useSearch({ from: '/w/$slug/measure/response' }))
  const { data } = useSuspenseQuery(responseOptions(useApi(), asked))
  const nameOf = useGroupName(asked)
  const ask = (part: Partial<Asked>) => void navigate({ search: { ...asked, ...part }, replace: true })
  const groups = data.groups.map((group) => ({ ...group, name: nameOf(group) }))
  const [first] = groups
  return (
    <MeasurementPlace
      title={t('response.title')}
      filters={
        <>
          <FilterBar
            label={t('response.clock')}
            options={CLOCKS.map((clock) => ({ value: clock, label: t(`response.clocks.${clock}`) }))}
            value={asked.clock}
            onChange={(clock) => ask({ clock: clock as ClockName })}
          />
          <FilterBar
            label={t('response.by')}
            options={RESPONSE_BY.map((by) => ({ value: by, label: t(`response.bys.${by}`) }))}
            value={asked.by}
            onChange={(by) => ask({ by: by as ResponseBy })}
          />
        </>
      }
    >
      {!data.hasPromises ? (
        <NoPromises />
      ) : (
        <>
          {asked.by === 'all' && first && <ResponseFigures clock={asked.clock} group={first} weeks={data.weeks} />}
          {asked.by !== 'all' && groups.length > 0 && <GroupTable by={asked.by} clock={asked.clock} groups={groups} />}
          {groups.length > 0 && <ResponseCharts groups={groups} weeks={data.weeks} />}
          {groups.length === 0 && <Nothing asked={asked} leftOut={data.leftOut} />}
          {groups.map((group) => (
            <WeekTable key={group.key} asked={asked} group={group} weeks={data.weeks} />
          ))}
          {groups.length > 0 && data.leftOut > 0 && (
            <p className={styles.note} role="note">
              {t('response.leftOut', { count: data.leftOut })}
            </p>
          )}
          {data.agreed > 0 && (
            <p className={styles.note} role="note">
              {t('response.agreed', { count: data.agreed })} <ToAgreements />
            </p>
          )}
          <p className={styles.note}>{t('response.presentWeek')}</p>
        </>
      )}
    </MeasurementPlace>
  )
}

/** Teams and topics have names of their own; the rest is said in the reader's words. */
function useGroupName({ by }: Asked): (group: Group) => string {
  const t = useTexts('measurement')
  const networkName = useNetworkName()
  return ({ key, name }) => {
    if (by === 'network') return networkName(key)
    if (by === 'priority') return t(`response.priority.${key}`)
    return name ?? t(by === 'all' ? 'response.bys.all' : 'response.gone')
  }
}

/** What an agreement can open is the whole desk; its parts stay the work of few. */
function Nothing({ asked: { by }, leftOut }: { asked: Asked; leftOut: number }) {
  const t = useTexts('measurement')
  if (leftOut === 0)
    return (
      <Empty icon={IconClockHour4} title={t('response.empty.quiet.title')}>
        {t('response.empty.quiet.why')}
      </Empty>
    )
  const why = by === 'all' ? 'protected' : 'protectedPart'
  return (
    <Empty
      icon={IconShieldLock}
      title={t('response.empty.protected.title')}
      action={by === 'all' ? <ToAgreements /> : null}
    >
      {t(`response.empty.${why}.why`)}
    </Empty>
  )
}

function ToAgreements() {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  return (
    <Anchor
      underline="always"
      renderRoot={(props) => <Link to="/w/$slug/settings/staff-protection" params={{ slug }} {...props} />}
    >
      {t('response.toAgreements')}
    </Anchor>
  )
}

function NoPromises() {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  const mayManage = useMay('clocks.manage')
  return (
    <Empty
      icon={IconClockHour4}
      title={t('response.none.title')}
      action={
        mayManage ? (
          <Anchor
            underline="always"
            renderRoot={(props) => <Link to="/w/$slug/settings/clocks" params={{ slug }} {...props} />}
          >
            {t('response.none.action')}
          </Anchor>
        ) : null
      }
    >
      {t('response.none.why')}
    </Empty>
  )
}
