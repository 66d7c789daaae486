import { Button, VisuallyHidden } from '@mantine/core'
import { IconAffiliate, IconChecks } from '@tabler/icons-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { Empty } from '../../ui/empty.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Panes } from '../../ui/panes.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { PeoplePlace } from '../people-place.tsx'
import { AnswerActions } from './answer-actions.tsx'
import { Inference } from './inference.tsx'
import { PolicyDialog } from './policy-dialog.tsx'
import { RunLine } from './run-line.tsx'
import type { Policy } from './shapes.ts'
import { useSideName } from './side-card.tsx'
import { SUGGESTION_VIEWS, type SuggestionView } from './states.ts'
import { SuggestionCard } from './suggestion-card.tsx'
import { SuggestionRows } from './suggestion-rows.tsx'
import styles from './suggestions.module.css'
import { useSuggestions } from './use-suggestions.ts'

/** While everything is compared, figures follow so often. */
const RUN_REFRESH_MS = 2_000
const COUNTED_MAX = 100

/** Identities that are perhaps one person’s: one pair at a time, one key each. */
export function SuggestionsScreen() {
  const t = useTexts('people')
  const api = useApi()
  const navigate = useNavigate({ from: '/w/$slug/people/suggestions' })
  const { view = 'open' } = useSearch({ from: '/w/$slug/people/suggestions' })
  const mayDecide = useMay('privacy.manage')
  const [changing, setChanging] = useState(false)
  const policy = useSuspenseQuery({
    ...api.people.suggestions.policy.queryOptions({ input: {} }),
    refetchInterval: ({ state }) => (state.data?.run?.state === 'running' ? RUN_REFRESH_MS : false),
  }).data
  const count = useQuery(api.people.suggestions.count.queryOptions({ input: {} })).data?.open
  const isOff = policy.mode === 'none'
  return (
    <PeoplePlace
      tab="suggestions"
      title={t('suggestions.title')}
      fills
      filters={
        !isOff && (
          <FilterBar
            label={t('suggestions.state')}
            options={SUGGESTION_VIEWS.map((value) => ({
              value,
              label: t(`suggestions.view.${value}`),
              ...(value === 'open' && count !== undefined ? { count, more: count >= COUNTED_MAX } : {}),
            }))}
            value={view}
            onChange={(chosen) =>
              void navigate({
                search: { view: chosen === 'open' ? undefined : (chosen as SuggestionView) },
                replace: true,
              })
            }
          />
        )
      }
      action={
        mayDecide &&
        !isOff && (
          <Button variant="default" onClick={() => setChanging(true)}>
            {t('suggestions.policy.action')}
          </Button>
        )
      }
    >
      {isOff ? (
        <Inference onChange={mayDecide ? () => setChanging(true) : null} />
      ) : (
        <>
          <RunLine policy={policy} />
          <Work key={view} view={view} policy={policy} />
        </>
      )}
      {changing && <PolicyDialog policy={policy} onClose={() => setChanging(false)} />}
    </PeoplePlace>
  )
}

function Work({ view, policy }: { view: SuggestionView; policy: Policy }) {
  const t = useTexts('people')
  const mayLink = useMay('people.link')
  const { open: opened } = useSearch({ from: '/w/$slug/people/suggestions' })
  const { list, items, current, open, move, said, answer, undo, takeBack, settledElsewhere, refresh } = useSuggestions(
    view,
    opened ?? null,
  )
  const sideName = useSideName()
  const elsewhere =
    settledElsewhere &&
    t(current ? 'suggestions.elsewhere.next' : 'suggestions.elsewhere.last', {
      one: sideName(settledElsewhere.one),
      other: sideName(settledElsewhere.other),
    })
  useShortcuts(t('suggestions.title'), [
    ...(mayLink
      ? [
          { keys: 'y', label: t('suggestions.yes'), run: () => void answer('confirm') },
          { keys: 'n', label: t('suggestions.no'), run: () => void answer('refuse') },
          { keys: 'l', label: t('suggestions.later'), run: () => void answer('putOff') },
          { keys: 'u', label: t('suggestions.undo'), run: undo },
          { keys: 'mod+z', label: t('suggestions.undo'), run: undo },
        ]
      : []),
    { keys: 'j', label: t('suggestions.next'), run: () => move(1) },
    { keys: 'k', label: t('suggestions.previous'), run: () => move(-1) },
  ])
  const detail = current ? (
    <div className={styles.work}>
      <div className={styles.read} key={current.suggestionId}>
        {elsewhere && <p className={styles.elsewhere}>{elsewhere}</p>}
        <SuggestionCard suggestion={current} onOvertaken={refresh} />
      </div>
      {mayLink && <AnswerActions suggestion={current} onAnswer={answer} onUndo={undo} onTakeBack={takeBack} />}
    </div>
  ) : list.error ? (
    <QueryError error={list.error} onRetry={() => void list.refetch()} />
  ) : list.isPending ? (
    <RowSkeletons rows={4} />
  ) : (
    <Nothing view={view} isRunning={policy.run?.state === 'running'} onUndo={said && mayLink ? undo : null} />
  )
  const status = <VisuallyHidden role="status">{elsewhere ?? said}</VisuallyHidden>
  if (!current)
    return (
      <>
        {status}
        {elsewhere && <p className={styles.elsewhere}>{elsewhere}</p>}
        {detail}
      </>
    )
  return (
    <>
      {status}
      <Panes
        name="people.suggestions"
        shown="detail"
        labels={{ list: t('suggestions.queue'), detail: t('suggestions.title'), side: '' }}
        list={<SuggestionRows items={items} current={current} onOpen={open} list={list} />}
        detail={detail}
      />
    </>
  )
}

function Nothing({
  view,
  isRunning,
  onUndo,
}: {
  view: SuggestionView
  isRunning: boolean
  onUndo: (() => void) | null
}) {
  const t = useTexts('people')
  const which = view === 'open' && isRunning ? 'running' : view
  return (
    <Empty
      icon={view === 'open' ? IconChecks : IconAffiliate}
      title={t(`suggestions.none.${which}`)}
      action={
        onUndo && (
          <Button variant="default" onClick={onUndo}>
            {t('suggestions.undo')}
          </Button>
        )
      }
    >
      {t(`suggestions.noneHow.${which}`)}
    </Empty>
  )
}
