// biome-ignore-all lint/a11y/noNoninteractiveTabindex: whatever scrolls must be reachable by keyboard.
import { Button, Select, TextInput } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQueryClient, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useId } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useNewItems } from '../platform/live.tsx'
import { useApi } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { NewItemsPill } from '../ui/new-items-pill.tsx'
import { Place } from '../ui/place.tsx'
import { Tag } from '../ui/tag.tsx'
import { groupOf, type TrailEntry } from './sentence.ts'
import styles from './trail.module.css'
import { TrailRow } from './trail-entry.tsx'
import { type TrailFilters, trailOptions } from './trail-query.ts'

/** Who did what, newest first. It is read and never counted up. */
export function TrailScreen() {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const filters: TrailFilters = useSearch({ from: '/w/$slug/activity' })
  const trail = useSuspenseInfiniteQuery(trailOptions(api, filters, formats.timeZone))
  const entries = trail.data.pages.flatMap(({ items }) => items)
  const subjectName = filters.subject && entries[0]?.names[filters.subject]
  const fresh = useNewItems('', (event) => (matches(event, filters) ? event.position : null))
  // What the reader did here has been asked for again already.
  const shown = new Set(entries.map(({ position }) => position))
  const waiting = [...fresh.ids].filter((position) => !shown.has(position)).length
  const showFresh = () => {
    fresh.show()
    void queries.resetQueries({ queryKey: api.privacy.trail.list.key() })
  }
  return (
    <Place title={t('title')} filters={<Filters filters={filters} subjectName={subjectName} />} fills>
      <NewItemsPill count={waiting} onShow={showFresh} />
      <section className={styles.scroller} aria-label={t('title')} tabIndex={0}>
        {entries.length === 0 ? (
          <Empty icon={IconHistory} title={t('empty.title')}>
            {t('empty.why')}
          </Empty>
        ) : (
          <Days entries={entries} />
        )}
        {trail.hasNextPage ? (
          <div className={styles.more}>
            <Button loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
              {t('older')}
            </Button>
          </div>
        ) : (
          entries.length > 0 && <p className={styles.end}>{t('end')}</p>
        )}
      </section>
    </Place>
  )
}

/** A subject or a day in the past admits nothing that has just happened elsewhere. */
function matches(
  event: { type: string; subjects: Record<string, string | string[]> },
  { type, subject, until }: TrailFilters,
): boolean {
  if (until || (type && groupOf(event.type) !== type)) return false
  return !subject || Object.values(event.subjects).flat().includes(subject)
}

function Filters({ filters, subjectName }: { filters: TrailFilters; subjectName: string | undefined }) {
  const t = useTexts('privacy')
  const navigate = useNavigate()
  const untilId = useId()
  const types = useSuspenseQuery(useApi().privacy.trail.types.queryOptions({ input: {} })).data.types
  const groups = [...new Set(types.map(groupOf))]
    .map((value) => ({ value, label: t(`group.${value}`, { defaultValue: value }) }))
    .sort((one, other) => one.label.localeCompare(other.label))
  const change = (changed: TrailFilters) =>
    void navigate({ to: '.', search: { ...filters, ...changed } as never, replace: true })
  return (
    <>
      <Select
        aria-label={t('filter.type')}
        placeholder={t('filter.everything')}
        data={groups}
        value={filters.type ?? null}
        onChange={(type) => change({ type: type ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.everything') }}
        w={190}
      />
      <label className={styles.until} htmlFor={untilId}>
        {t('filter.until')}
        <TextInput
          id={untilId}
          type="date"
          value={filters.until ?? ''}
          onChange={(event) => change({ until: event.currentTarget.value || undefined })}
          w={150}
        />
      </label>
      {filters.subject && (
        <Tag onRemove={() => change({ subject: undefined })}>{subjectName ?? t('filter.subject')}</Tag>
      )}
    </>
  )
}

function Days({ entries }: { entries: TrailEntry[] }) {
  const formats = useFormats()
  const days = Map.groupBy(entries, ({ at }) => formats.date(at))
  return [...days].map(([day, ofDay]) => (
    <section key={day} aria-label={day}>
      <h2 className={styles.day}>{day}</h2>
      <ul className={styles.list}>
        {ofDay.map((entry) => (
          <TrailRow key={entry.position} entry={entry} />
        ))}
      </ul>
    </section>
  ))
}
