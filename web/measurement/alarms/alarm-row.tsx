import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { useAlarmWords } from './alarm-words.ts'
import styles from './alarms.module.css'
import type { Alarm } from './alarms-query.ts'

/** An alarm in a list that opens it. */
export function AlarmRow({ alarm }: { alarm: Alarm }) {
  const words = useAlarmWords()
  return (
    <div className={styles.row}>
      <div className={styles.head}>
        <span className={styles.name}>{alarm.topicName}</span>
        <AlarmTags alarm={alarm} />
        <span className={styles.time}>
          <TimeAgo time={alarm.raisedAt} />
        </span>
      </div>
      <p className={styles.quiet}>{words.summary(alarm)}</p>
    </div>
  )
}

export function AlarmTags({ alarm: { strength, state, kinds, snoozedUntil } }: { alarm: Alarm }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const needsSomebody = state === 'open' && !snoozedUntil
  return (
    <>
      {strength === 'crisis' && <Tag tone={needsSomebody ? 'urgent' : 'neutral'}>{t('alarms.crisis')}</Tag>}
      <Tag tone={needsSomebody ? 'notice' : state === 'ended' ? 'neutral' : 'good'}>{t(`alarms.states.${state}`)}</Tag>
      {snoozedUntil && <Tag>{t('alarms.snoozedUntil', { time: formats.clock(snoozedUntil) })}</Tag>}
      {kinds.map((kind) => (
        <Tag key={kind}>{t(`alarms.kinds.${kind}`)}</Tag>
      ))}
    </>
  )
}
