import { Button } from '@mantine/core'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { QueryError } from '../../ui/query-error.tsx'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import { type Estimates, type FigureRange, shownId } from './answers.ts'
import { type Settled, useEstimates } from './draft-answers.ts'
import { useShareText } from './figure-text.ts'
import { IntervalBar } from './interval-bar.tsx'
import { PostFeed } from './post-feed.tsx'
import type { Sorting } from './sorting.ts'
import styles from './workbench.module.css'

const QUESTIONS = 6

/** How much of what is found is for us, how much of what there is is found: estimated, with what would make it surer. */
export function QualityView({ settled, sorting, changed }: { settled: Settled; sorting: Sorting; changed: boolean }) {
  const t = useTexts('listening')
  const { shown, behind, error, retry } = useEstimates(settled, QUESTIONS)
  const asked = useHeldQuestions(JSON.stringify(settled.input), behind ? null : shown)
  if (error) return <QueryError error={error} onRetry={retry} />
  if (!shown) return <TextSkeleton lines={8} />
  return (
    <div className={styles.view} data-behind={behind || undefined}>
      <Precision estimates={shown} changed={changed} />
      <Recall estimates={shown} changed={changed} />
      {sorting.give && <Questions next={shown.next} {...asked} sorting={sorting} />}
      <p className={styles.quiet}>{t('workbench.quality.how')}</p>
    </div>
  )
}

interface PartProps {
  estimates: Estimates
  /** The draft says something else than what is saved. */
  changed: boolean
}

function Precision({ estimates: { precision, strata }, changed }: PartProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const sorted = strata.reduce((sum, each) => sum + each.sorted, 0)
  return (
    <section className={styles.quality}>
      <h3 className={styles.listTitle}>{t('workbench.quality.precision')}</h3>
      <p className={styles.quiet}>
        {t('workbench.quality.precisionWhat')}{' '}
        {sorted > 0
          ? t('workbench.quality.sorted', { count: sorted, number: formats.number(sorted) })
          : t('workbench.quality.nothingSorted')}
      </p>
      <ul className={styles.shares} hidden={sorted === 0}>
        {changed && <Share part="precision" of="draft" share={precision.draft} />}
        <Share part="precision" of="saved" share={changed ? precision.saved : (precision.saved ?? precision.draft)} />
        {changed && precision.gained && <Share part="precision" of="gained" share={precision.gained} />}
        {changed && precision.lost && <Share part="precision" of="lost" share={precision.lost} />}
      </ul>
    </section>
  )
}

function Recall({ estimates: { recall }, changed }: PartProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const known = recall.draft !== null || recall.saved !== null
  return (
    <section className={styles.quality}>
      <h3 className={styles.listTitle}>{t('workbench.quality.recall')}</h3>
      <p className={styles.quiet}>
        {t('workbench.quality.recallWhat')}{' '}
        {recall.net > 0 && t('workbench.quality.net', { number: formats.number(Math.round(recall.net)) })}
      </p>
      <ul className={styles.shares}>
        {changed && known && <Share part="recall" of="draft" share={recall.draft} />}
        <Share part="recall" of="saved" share={changed ? recall.saved : (recall.saved ?? recall.draft)} />
      </ul>
    </section>
  )
}

interface ShareProps {
  part: 'precision' | 'recall'
  of: 'draft' | 'saved' | 'gained' | 'lost'
  share: FigureRange | null
}

/** A sentence, and where it lies between none and all. */
function Share({ part, of, share }: ShareProps) {
  const t = useTexts('listening')
  const shareText = useShareText()
  return (
    <li className={styles.share}>
      {share ? (
        <>
          {t(`workbench.quality.${part}Of.${of}`, { share: shareText(share) })}
          <IntervalBar share={share} />
        </>
      ) : (
        <span className={styles.quiet}>{t(`workbench.quality.unknown.${of}`)}</span>
      )}
    </li>
  )
}

/** Every answer changes what is best asked next; what one is sorting stays until it is sorted. */
function useHeldQuestions(draft: string, estimates: Estimates | null) {
  const [held, setHeld] = useState<{ draft: string; questions: Estimates['questions'] } | null>(null)
  const fresh = estimates && { draft, questions: estimates.questions }
  if (fresh && held?.draft !== draft) setHeld(fresh)
  return {
    questions: held?.questions ?? [],
    /** Null: there is nothing else to ask yet. */
    further: fresh && fresh.questions.length > 0 ? () => setHeld(fresh) : null,
  }
}

interface QuestionsProps extends ReturnType<typeof useHeldQuestions> {
  next: Estimates['next']
  sorting: Sorting
}

function Questions({ next, questions, further, sorting }: QuestionsProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  if (questions.length === 0) return <p className={styles.quiet}>{t('workbench.quality.nothingToAsk')}</p>
  const posts = sorting.sorted(questions)
  const strata = new Map(questions.map((post) => [shownId(post), post.stratum]))
  const points = (width: number) => formats.number(Math.round(width * 100))
  return (
    <section>
      <h3 className={styles.listTitle}>{t('workbench.quality.ask', { count: questions.length })}</h3>
      {next && (
        <p className={styles.quiet}>
          {t(`workbench.quality.narrows.${next.of}`, { now: points(next.width), after: points(next.widthAfter) })}{' '}
          {t(`workbench.stratum.${next.stratum}`)}
        </p>
      )}
      <PostFeed
        label={t('workbench.quality.ask', { count: questions.length })}
        posts={posts}
        holds={(post) => post.because.length > 0 && post.because.every(({ holds }) => holds)}
        onVerdict={(post, verdict) => sorting.give?.(post, verdict, strata.get(shownId(post)) ?? null)}
      />
      {further && posts.every(({ verdict }) => verdict !== null) && (
        <Button mt="sm" onClick={further}>
          {t('workbench.quality.further')}
        </Button>
      )}
    </section>
  )
}
