import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { endOfDay } from '../platform/days.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import styles from './measurement.module.css'

const DAY_MS = 86_400_000

export interface ChosenPosts {
  topicId: string | null
  /** Calendar days, the last one included; '' for no bound. */
  from: string
  until: string
}

/** What the server is asked for: from the first day's beginning to the last day's end, in a time zone. */
export function periodOf({ topicId, from, until }: ChosenPosts, timeZone: string) {
  return {
    ...(topicId ? { topicId } : {}),
    ...bound('from', from && dayBefore(from), timeZone),
    ...bound('until', until, timeZone),
  }
}

/** Both bounds are the first moment after a day. */
function bound<Name extends 'from' | 'until'>(name: Name, day: string, timeZone: string) {
  const end = endOfDay(day, timeZone)
  return (end ? { [name]: new Date(end.getTime() + 1) } : {}) as Partial<Record<Name, Date>>
}

const dayBefore = (day: string): string => {
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(midnight) ? '' : new Date(midnight - DAY_MS).toISOString().slice(0, 10)
}

export function StoredChoice({ posts, onChange }: { posts: ChosenPosts; onChange(posts: ChosenPosts): void }) {
  const t = useTexts('measurement')
  const topics = useQuery(useApi().listening.topics.list.queryOptions({ input: {} }))
  return (
    <div className={styles.choice}>
      <Select
        label={t('new.topic')}
        description={t('new.topicWhy')}
        placeholder={t('new.everyPost')}
        data={(topics.data?.items ?? []).map(({ topicId, name }) => ({ value: topicId, label: name }))}
        value={posts.topicId}
        onChange={(topicId) => onChange({ ...posts, topicId })}
        clearable
        clearButtonProps={{ 'aria-label': t('new.clear') }}
      />
      <div className={styles.period}>
        <TextInput
          type="date"
          label={t('new.from')}
          value={posts.from}
          onChange={(event) => onChange({ ...posts, from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('new.until')}
          value={posts.until}
          onChange={(event) => onChange({ ...posts, until: event.currentTarget.value })}
        />
      </div>
    </div>
  )
}
