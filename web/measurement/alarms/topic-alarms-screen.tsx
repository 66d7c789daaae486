import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { TopicPlace } from '../../listening/topic-place.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { AlarmRow } from './alarm-row.tsx'
import styles from './alarms.module.css'
import { AlarmsChart } from './alarms-chart.tsx'
import { type Alarm, alarmsOptions } from './alarms-query.ts'
import { LearningLine } from './learning-line.tsx'
import { RuleForm } from './rule-form.tsx'

const ENDED_SHOWN = 10
const TRIES_MS = 3_000

/** A topic's alarms: what is usual and what was not, and the rule. */
export function TopicAlarmsScreen() {
  const api = useApi()
  const { topicId } = useParams({ from: '/w/$slug/listening/topics/$topicId/alarms' })
  const topic = useSuspenseQuery(api.listening.topics.get.queryOptions({ input: { topicId } })).data
  const rule = useSuspenseQuery({
    ...api.measurement.alarms.rule.queryOptions({ input: { topicId } }),
    // What became of a message to the webhook is seen without asking.
    refetchInterval: ({ state }) =>
      state.data?.webhookTries.some((one) => one.state === 'waiting') ? TRIES_MS : false,
  }).data
  const [secret, setSecret] = useState<string | null>(null)
  const open = useSuspenseInfiniteQuery(alarmsOptions(api, 'open', topicId)).data.pages.flatMap(({ items }) => items)
  const ended = useSuspenseInfiniteQuery(alarmsOptions(api, 'ended', topicId)).data.pages.flatMap(({ items }) => items)
  return (
    <TopicPlace topic={topic}>
      <div className={styles.topic}>
        <LearningLine rule={rule} />
        <AlarmsChart topicId={topicId} />
        <TopicAlarms alarms={[...open, ...ended.slice(0, ENDED_SHOWN)]} />
        <RuleForm
          key={JSON.stringify([rule.on, rule.kinds, rule.sensitivity, rule.quietHours, rule.memberIds, rule.webhook])}
          rule={rule}
          secret={secret}
          onSecret={setSecret}
        />
      </div>
    </TopicPlace>
  )
}

function TopicAlarms({ alarms }: { alarms: readonly Alarm[] }) {
  const t = useTexts('measurement')
  const { slug } = useWorkspace()
  if (alarms.length === 0) return null
  return (
    <section>
      <h2 className={styles.heading}>{t('alarms.title')}</h2>
      <ul className={styles.list}>
        {alarms.map((alarm) => (
          <li key={alarm.alarmId}>
            <Link
              to="/w/$slug/measure/alarms"
              params={{ slug }}
              search={{ alarm: alarm.alarmId }}
              className={styles.open}
            >
              <AlarmRow alarm={alarm} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
