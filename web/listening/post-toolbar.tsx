import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { dayAt } from '../platform/days.ts'
import { failureOf } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { FilterChoice } from '../ui/filter-bar.tsx'
import { LISTENED_LANGUAGES } from './languages.ts'
import styles from './listening.module.css'
import { KNOWN_NETWORKS, useNetworkName } from './network-names.ts'
import { DIRECTIONS, exportAddress, PERIODS, type PostFilters, type PostSearch } from './post-search.ts'
import { useQueryCheck } from './query-check.ts'
import { QueryFaults } from './query-faults.tsx'
import { QueryField } from './query-field.tsx'
import { QueryHelp } from './query-help.tsx'

const TYPING_PAUSE_MS = 400

interface PostToolbarProps {
  search: PostSearch
  /** Of the workspace: days are its days. */
  timeZone: string
  filters: PostFilters
  /** Why the search did not work. */
  fault: unknown
  /** Filters of other parts. */
  more?: ReactNode
  onChange(changed: Partial<PostSearch>): void
}

/** The search and its filters; everything here stands in the address. */
export function PostToolbar({ search, timeZone, filters, fault, more, onChange }: PostToolbarProps) {
  return (
    <search className={styles.toolbar} data-reading={search.post ? true : undefined}>
      <SearchLine query={search.q ?? ''} fault={fault} onChange={(q) => onChange({ q } as Partial<PostSearch>)} />
      <FoldedOnPhones chosen={chosenCount(search)}>
        <Filters search={search} timeZone={timeZone} filters={filters} more={more} onChange={onChange} />
      </FoldedOnPhones>
    </search>
  )
}

/** Nine filters take four rows of a phone: there they wait behind one button, which says how many are chosen. */
function FoldedOnPhones({ chosen, children }: { chosen: number; children: ReactNode }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const [open, { toggle }] = useDisclosure(false)
  const id = useId()
  return (
    <>
      <Button
        className={styles.unfold}
        variant={chosen > 0 ? 'light' : 'default'}
        size="compact-sm"
        aria-expanded={open}
        aria-controls={id}
        leftSection={<IconAdjustmentsHorizontal size={14} stroke={1.8} aria-hidden />}
        onClick={toggle}
      >
        {chosen > 0 ? t('filters.chosen', { number: formats.number(chosen) }) : t('filters.show')}
      </Button>
      <div id={id} className={styles.filters} data-open={open || undefined}>
        {children}
      </div>
    </>
  )
}

/** What is asked for beside the words. */
function chosenCount({ q: _words, post: _open, order: _order, from, until, ...filters }: PostSearch): number {
  const others = Object.values(filters).filter((value) => value !== undefined).length
  return others + (from || until ? 1 : 0)
}

function SearchLine({ query, fault, onChange }: { query: string; fault: unknown; onChange(query: string): void }) {
  const t = useTexts('listening')
  const saidId = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [typed, setTyped] = useTyped(query, onChange)
  useShortcuts(t('posts.search'), [{ keys: '/', label: t('posts.search'), run: () => field.current?.select() }])
  const faulty = fault !== null && failureOf(fault).code === 'query-invalid'
  const check = useQueryCheck(query, { enabled: faulty })
  const faults = faulty && check.data?.ok === false && !check.behind ? check.data.faults : []
  const say = (text: string) => {
    setTyped(text)
    onChange(text)
  }
  return (
    <>
      <div className={styles.searchLine}>
        <div className={styles.searchField}>
          <QueryField
            ref={field}
            label={t('posts.search')}
            placeholder={t('posts.searchExample')}
            value={typed}
            faults={typed === query ? faults : []}
            describedBy={saidId}
            onChange={setTyped}
            onEnter={() => onChange(typed)}
            onEscape={() => (typed ? say('') : field.current?.blur())}
          />
          {typed && (
            <CloseButton className={styles.clear} size="sm" aria-label={t('ui:search.clear')} onClick={() => say('')} />
          )}
        </div>
        <QueryHelp />
      </div>
      <div id={saidId} role="status">
        {typed === query && <QueryFaults faults={faults} tone="urgent" onMend={say} />}
      </div>
    </>
  )
}

/** Says what was typed after a pause, and follows the address when that changes by itself. */
function useTyped(given: string, onChange: (text: string) => void) {
  const [typed, setTyped] = useState(given)
  const [known, setKnown] = useState(given)
  if (known !== given) {
    setKnown(given)
    setTyped(given)
  }
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => {
    if (typed === given) return
    const timer = setTimeout(() => latest.current(typed), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, given])
  return [typed, setTyped] as const
}

function Filters({ search, timeZone, filters, more, onChange }: Omit<PostToolbarProps, 'fault'>) {
  const t = useTexts('listening')
  const formats = useFormats()
  const networkName = useNetworkName()
  const { workspaceId } = useWorkspace()
  const mayExport = useMay('posts.export')
  const { data: topics } = useQuery(useApi().listening.topics.list.queryOptions({ input: {} }))
  const mayReadPeople = useMay('people.read')
  const { data: segments } = useQuery({
    ...useApi().people.segments.list.queryOptions({ input: { counts: 'false' } }),
    enabled: mayReadPeople,
  })
  const set = (name: keyof PostSearch) => (value: string | null) =>
    onChange({ [name]: value ?? undefined } as Partial<PostSearch>)
  const optionsOf = (values: readonly string[], label: (value: string) => string) =>
    values.map((value) => ({ value, label: label(value) }))
  const ownDays = search.from !== undefined || search.until !== undefined
  return (
    <>
      <FilterChoice
        label={t('filter.topic')}
        options={(topics?.items ?? []).map(({ topicId, name }) => ({ value: topicId, label: name }))}
        value={search.topic ?? null}
        onChange={set('topic')}
      />
      <FilterChoice
        label={t('filter.network')}
        options={optionsOf(withChosen(KNOWN_NETWORKS, search.network), networkName)}
        value={search.network ?? null}
        onChange={set('network')}
      />
      <FilterChoice
        label={t('filter.language')}
        options={optionsOf(withChosen(LISTENED_LANGUAGES, search.lang), formats.languageName)}
        value={search.lang ?? null}
        onChange={set('lang')}
      />
      <FilterChoice
        label={t('filter.direction')}
        options={optionsOf(DIRECTIONS, (direction) => t(`filter.directions.${direction}`))}
        value={search.direction ?? null}
        onChange={set('direction')}
      />
      {(segments?.items.length ?? 0) > 0 && (
        <FilterChoice
          label={t('filter.segment')}
          options={(segments?.items ?? []).map(({ segmentId, name }) => ({ value: segmentId, label: name }))}
          value={search.segment ?? null}
          onChange={set('segment')}
        />
      )}
      <FilterChoice
        label={t('filter.period')}
        options={[
          ...optionsOf(PERIODS, (period) => t(`filter.periods.${period}`)),
          { value: 'own', label: t('filter.periods.own') },
        ]}
        value={ownDays ? 'own' : (search.period ?? null)}
        onChange={(value) => onChange(periodOf(value, timeZone))}
      />
      {ownDays && (
        <>
          <DayField label={t('filter.from')} value={search.from ?? ''} onChange={set('from')} />
          <DayField label={t('filter.until')} value={search.until ?? ''} onChange={set('until')} />
        </>
      )}
      {more}
      {mayExport && (
        <Button
          component="a"
          className={styles.export}
          variant="subtle"
          color="gray"
          href={exportAddress(filters, workspaceId)}
          download
          leftSection={<IconDownload size={14} stroke={1.8} aria-hidden />}
        >
          {t('posts.export')}
        </Button>
      )}
    </>
  )
}

/** Days of one's own begin with today, so that there is something to change. */
function periodOf(value: string | null, timeZone: string): Partial<PostSearch> {
  const own = value === 'own' ? dayAt(new Date(), timeZone) : undefined
  const period = value === 'own' ? undefined : (value ?? undefined)
  return { period, from: own, until: undefined } as Partial<PostSearch>
}

const withChosen = (values: readonly string[], chosen: string | undefined): readonly string[] =>
  chosen && !values.includes(chosen) ? [...values, chosen] : values

function DayField({ label, value, onChange }: { label: string; value: string; onChange(day: string | null): void }) {
  return (
    <TextInput
      type="date"
      aria-label={label}
      title={label}
      w={132}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value || null)}
    />
  )
}
