import { Anchor, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useWorkspace } from '../../platform/session.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import type { Topic } from '../shapes.ts'
import { type Order, PERIODS_DAYS, type PeriodDays, VIEWS, type View } from './addresses.ts'
import type { Comparison, Preview } from './answers.ts'
import { ChangesView } from './changes-view.tsx'
import type { DraftAnswer, Settled } from './draft-answers.ts'
import { FeedKeys } from './feed-keys.tsx'
import { useFigureText } from './figure-text.ts'
import { PreviewView } from './preview-view.tsx'
import { QualityView } from './quality-view.tsx'
import { useSorting } from './sorting.ts'
import { VersionsView } from './versions-view.tsx'
import styles from './workbench.module.css'

interface ResultsProps {
  settled: Settled
  preview: DraftAnswer<Preview>
  days: PeriodDays
  onDays(days: PeriodDays): void
  /** Null: the topic is not made yet, so there is nothing to compare with. */
  edit: EditProps | null
}

interface EditProps {
  topic: Topic
  comparison: DraftAnswer<Comparison>
  /** The draft asks for something else than what is saved. */
  changed: boolean
  /** Anything is typed and not saved. */
  dirty: boolean
  mayManage: boolean
  view: View
  order: Order
  onOrder(order: Order): void
}

/** Beside the editor: what the draft finds, what it changes, how good it is, and what it was before. */
export function Results({ settled, preview, days, onDays, edit }: ResultsProps) {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const sorting = useSorting(edit?.topic.topicId ?? null)
  const view = edit?.view ?? 'finds'
  const toPosts = settled.readable && (
    // In a window of its own: what is typed here stays.
    <Anchor
      target="_blank"
      size="xs"
      renderRoot={(props) => (
        <Link to="/w/$slug/listening/posts" params={{ slug }} search={{ q: settled.input.query }} {...props} />
      )}
    >
      {t('query.searchAll')}
    </Anchor>
  )
  return (
    <section className={styles.results} aria-label={t('workbench.title')}>
      <div className={styles.resultsHead}>
        {edit ? (
          <Views edit={edit} preview={preview} />
        ) : (
          <h2 className={styles.resultsTitle}>{t('workbench.view.finds')}</h2>
        )}
        {view !== 'versions' && (
          <Select
            className={styles.period}
            aria-label={t('workbench.period.label')}
            data={PERIODS_DAYS.map((each) => ({
              value: each,
              label: t('workbench.period.days', { number: each }),
            }))}
            value={days}
            onChange={(chosen) => chosen && onDays(chosen as PeriodDays)}
            allowDeselect={false}
          />
        )}
      </div>
      <FeedKeys sorts={sorting.give !== undefined}>
        {view === 'finds' && (
          <Stale answer={preview} asked={settled.readable}>
            {preview.error ? (
              <QueryError error={preview.error} onRetry={preview.retry} />
            ) : (
              <PreviewView
                preview={settled.input.query.trim() === '' ? null : preview.shown}
                waiting={settled.readable && preview.faults.length === 0}
                offline={preview.offline}
                sorting={sorting}
                toPosts={toPosts}
              />
            )}
          </Stale>
        )}
        {edit && view === 'changes' && <Changes edit={edit} settled={settled} sorting={sorting} preview={preview} />}
        {edit && view === 'quality' && <QualityView settled={settled} sorting={sorting} changed={edit.changed} />}
        {edit && view === 'versions' && (
          <VersionsView topic={edit.topic} mayManage={edit.mayManage} dirty={edit.dirty} />
        )}
      </FeedKeys>
    </section>
  )
}

/** What stands here is older than what is typed: paler after a moment, and said where it will stay so. */
function Stale({ answer, asked, children }: { answer: DraftAnswer<unknown>; asked: boolean; children: ReactNode }) {
  const t = useTexts('listening')
  const unreadable = answer.shown !== null && asked && answer.faults.length > 0
  return (
    <>
      {answer.offline && answer.shown !== null && <p className={styles.stale}>{t('workbench.waitsForLine')}</p>}
      {unreadable && <p className={styles.stale}>{t('workbench.lastReadable')}</p>}
      <div data-behind={(answer.shown !== null && answer.behind) || undefined}>{children}</div>
    </>
  )
}

interface ChangesProps {
  edit: EditProps
  settled: Settled
  sorting: ReturnType<typeof useSorting>
  preview: DraftAnswer<Preview>
}

function Changes({ edit: { topic, comparison, changed, order, onOrder }, settled, sorting, preview }: ChangesProps) {
  const t = useTexts('listening')
  // The lists follow what was compared, not every letter: they stand while one types, and while it cannot be read.
  const [compared, setCompared] = useState<Settled['input'] | null>(null)
  if (comparison.shown && !comparison.behind && !sameInput(compared, settled)) setCompared(settled.input)
  if (!changed) return <p className={styles.quiet}>{t('workbench.changes.same', { version: topic.version })}</p>
  if (comparison.error) return <QueryError error={comparison.error} onRetry={comparison.retry} />
  if (!compared && preview.faults.length > 0) return <p className={styles.quiet}>{t('workbench.changes.unreadable')}</p>
  if (!compared) return <TextSkeleton lines={8} />
  return (
    <Stale answer={{ ...comparison, faults: preview.faults }} asked={settled.readable}>
      <ChangesView
        comparison={comparison.shown}
        settled={{ ...settled, topicId: topic.topicId, input: compared }}
        order={order}
        onOrder={onOrder}
        sorting={sorting}
      />
    </Stale>
  )
}

const sameInput = (compared: Settled['input'] | null, { input }: Settled): boolean =>
  JSON.stringify(compared) === JSON.stringify(input)

function Views({ edit, preview }: { edit: EditProps; preview: DraftAnswer<Preview> }) {
  const t = useTexts('listening')
  const figureText = useFigureText()
  const { slug } = useWorkspace()
  const { topic, changed, comparison } = edit
  const brief = (figure: { value: number }) => figureText({ value: figure.value, low: 0, high: 0, exact: true })
  const beside: Record<View, string | null> = {
    finds: preview.shown && brief(preview.shown.count),
    changes: changed && comparison.shown ? `+${brief(comparison.shown.gained)} −${brief(comparison.shown.lost)}` : null,
    quality: null,
    versions: String(topic.version),
  }
  return (
    <nav aria-label={t('workbench.title')} className={styles.views}>
      {VIEWS.map((each) => (
        <Link
          key={each}
          to="/w/$slug/listening/topics/$topicId"
          params={{ slug, topicId: topic.topicId }}
          search={(before) => ({ ...before, view: each === 'finds' ? undefined : each }) as never}
          className={styles.viewTab}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{ 'aria-current': 'page' }}
          resetScroll={false}
        >
          {t(`workbench.view.${each}`)}
          {beside[each] && <span className={styles.count}>{beside[each]}</span>}
        </Link>
      ))}
    </nav>
  )
}
