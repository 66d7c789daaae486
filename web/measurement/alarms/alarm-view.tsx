import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useActorName } from '../../listening/actor-name.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { Place } from '../../ui/place.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { AlarmCause } from './alarm-cause.tsx'
import { AlarmTags } from './alarm-row.tsx'
import { useAlarmWords } from './alarm-words.ts'
import styles from './alarms.module.css'
import { type AlarmDetail, useAlarmActions } from './alarms-query.ts'

const REFRESH_MS = 30_000
const SNOOZE_HOURS = [1, 4, 24] as const

/** One alarm: what is unusual, why, and who looks after it. */
export function AlarmView({ alarmId, onBack }: { alarmId: string; onBack(): void }) {
  const t = useTexts('measurement')
  const { data, error, refetch } = useQuery({
    ...useApi().measurement.alarms.get.queryOptions({ input: { alarmId } }),
    refetchInterval: REFRESH_MS,
  })
  useShortcuts(t('alarms.one'), [{ keys: 'escape', label: t('alarms.back'), run: onBack }])
  if (data) return <Shown alarm={data} onBack={onBack} />
  return (
    <Place title={t('alarms.one')} onBack={onBack}>
      {error ? <QueryError error={error} onRetry={() => void refetch()} /> : <RowSkeletons />}
    </Place>
  )
}

function Shown({ alarm, onBack }: { alarm: AlarmDetail; onBack(): void }) {
  const t = useTexts('measurement')
  const words = useAlarmWords()
  const { slug } = useWorkspace()
  const { topicId, topicName, findings, beganAt, endedAt, acknowledged, posts, expired } = alarm
  const actorName = useActorName()
  const formats = useFormats()
  return (
    <Place
      title={topicName}
      beside={
        <span className={styles.head}>
          <AlarmTags alarm={alarm} />
        </span>
      }
      onBack={onBack}
      action={<Actions alarm={alarm} />}
    >
      <div className={styles.alarm}>
        <p className={styles.lead}>{words.summary(alarm)}</p>
        <p className={styles.quiet}>
          {t('alarms.began')} <TimeAgo time={beganAt} />
          {endedAt && (
            <>
              {' · '}
              {t('alarms.endedAt')} <TimeAgo time={endedAt} />
            </>
          )}
          {expired > 0 &&
            ` · ${t('alarms.rowsExpired', { number: formats.number(expired), of: formats.number(posts) })}`}
          {acknowledged &&
            ` · ${t('alarms.acknowledgedBy', { name: actorName({ kind: 'member', id: acknowledged.by }), time: formats.clock(acknowledged.at) })}`}
        </p>
        <section>
          <h2 className={styles.heading}>{t('alarms.unusual')}</h2>
          <ul className={styles.findings}>
            {findings.map((finding) => (
              <li key={finding.kind}>
                {words.finding(finding)} <span className={styles.quiet}>{words.chance(finding.timesAWeek)}</span>
              </li>
            ))}
          </ul>
        </section>
        <AlarmCause cause={alarm.cause} />
        <p className={styles.links}>
          <Link to="/w/$slug/listening/topics/$topicId/alarms" params={{ slug, topicId }}>
            {t('alarms.toRule')}
          </Link>
        </p>
      </div>
    </Place>
  )
}

function Actions({ alarm }: { alarm: AlarmDetail }) {
  const t = useTexts('measurement')
  const mayWork = useMay('inbox.work')
  const { acknowledge, snooze, wake, error } = useAlarmActions(alarm)
  const { state, snoozedUntil } = alarm
  const waits = state === 'open'
  useShortcuts(t('alarms.one'), [
    ...(mayWork && waits ? [{ keys: 'a', label: t('alarms.acknowledge'), run: acknowledge }] : []),
    ...(mayWork && state !== 'ended' && !snoozedUntil
      ? [{ keys: 's', label: t('alarms.snoozeHour'), run: () => snooze(1) }]
      : []),
  ])
  if (!mayWork || state === 'ended') return null
  return (
    <div className={styles.buttons}>
      {error && (
        <span role="alert" className={styles.wrong}>
          {textOfFailure(failureOf(error))}
        </span>
      )}
      {snoozedUntil ? (
        <Button onClick={wake}>{t('alarms.wake')}</Button>
      ) : (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button>{t('alarms.snooze')}</Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SNOOZE_HOURS.map((count) => (
              <Menu.Item key={count} onClick={() => snooze(count)}>
                {t('alarms.hours', { count })}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {waits && (
        <Button variant="filled" onClick={acknowledge}>
          {t('alarms.acknowledge')}
        </Button>
      )}
    </div>
  )
}
