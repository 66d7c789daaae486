import { Switch, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import styles from './alarms.module.css'
import type { AlarmRule } from './alarms-query.ts'

type QuietHours = AlarmRule['quietHours']
const NIGHT = { from: 22 * 60, until: 7 * 60 }

/** When mail and webhook wait, by the workspace's clock. */
export function QuietHoursFields({
  quietHours,
  onChange,
}: {
  quietHours: QuietHours
  onChange(quietHours: QuietHours): void
}) {
  const t = useTexts('measurement')
  const { timeZone } = useSuspenseQuery(useApi().accounts.workspaces.get.queryOptions({ input: {} })).data
  const field = (part: 'from' | 'until', hours: NonNullable<QuietHours>) => (
    <TextInput
      type="time"
      label={t(`alarms.rule.quiet.${part}`)}
      value={clockOf(hours[part])}
      onChange={(event) => {
        const minutes = minutesOf(event.currentTarget.value)
        if (minutes !== null) onChange({ ...hours, [part]: minutes })
      }}
    />
  )
  return (
    <div className={styles.part}>
      <Switch
        label={t('alarms.rule.quiet.on')}
        description={t('alarms.rule.quiet.why', { timeZone })}
        checked={quietHours !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? NIGHT : null)}
      />
      {quietHours && (
        <div className={styles.buttons}>
          {field('from', quietHours)}
          {field('until', quietHours)}
        </div>
      )}
    </div>
  )
}

const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

function minutesOf(clock: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? []
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null
}
