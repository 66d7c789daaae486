import { Anchor, SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { TextSkeleton } from '../../ui/skeletons.tsx'
import type { Preview } from './answers.ts'
import { useFigureText } from './figure-text.ts'
import { MatchesADay } from './matches-a-day.tsx'
import { PostFeed } from './post-feed.tsx'
import { RestsOn, UnstoredMatches } from './rests-on.tsx'
import type { Sorting } from './sorting.ts'
import styles from './workbench.module.css'

interface PreviewViewProps {
  /** Null: nothing was answered yet. */
  preview: Preview | null
  /** Something was asked and is on its way. */
  waiting: boolean
  offline: boolean
  sorting: Sorting
  /** To all stored posts that the query finds. */
  toPosts: ReactNode
}

/** What the query finds among what is stored: how many, when, which, and what it only just misses. */
export function PreviewView({ preview, waiting, offline, sorting, toPosts }: PreviewViewProps) {
  const t = useTexts('listening')
  const formats = useFormats()
  const figureText = useFigureText()
  if (!preview && waiting && !offline) return <TextSkeleton lines={8} />
  if (!preview) return <p className={styles.quiet}>{offline ? t('workbench.waitsForLine') : t('query.noSamples')}</p>
  const { count, period, restsOn, nearMisses, unstored } = preview
  const said = { count: Math.round(count.value), number: figureText(count), date: formats.date(period.from) }
  return (
    <div className={styles.view}>
      <section className={styles.finding}>
        <p className={styles.headline} role="status">
          {count.value === 0 ? t('workbench.finds.none', said) : t('workbench.finds.some', said)}
        </p>
        {restsOn.candidates === 0 ? <NothingStored /> : <RestsOn restsOn={restsOn} period={period} />}
        <UnstoredMatches unstored={unstored} />
      </section>
      {count.value > 0 && <MatchesADay preview={preview} />}
      {count.value > 0 && <Matches preview={preview} sorting={sorting} toPosts={toPosts} />}
      {nearMisses.length > 0 && (
        <section>
          <h3 className={styles.listTitle}>{t('workbench.nearMisses.title')}</h3>
          <p className={styles.quiet}>{t('workbench.nearMisses.why')}</p>
          <PostFeed
            label={t('workbench.nearMisses.title')}
            posts={sorting.sorted(nearMisses)}
            holds={false}
            onVerdict={sorting.give && ((post, verdict) => sorting.give?.(post, verdict))}
          />
        </section>
      )}
    </div>
  )
}

/** Nothing could match: because nothing is stored at all, or because nothing stored has such a word. */
function NothingStored() {
  const t = useTexts('listening')
  const { slug } = useWorkspace()
  const mayAddSource = useMay('sources.manage')
  const { data } = useQuery(useApi().listening.posts.search.queryOptions({ input: { limit: 1 } }))
  if (data?.items.length !== 0) return <p className={styles.quiet}>{t('workbench.restsOn.nothing')}</p>
  return (
    <p className={styles.quiet}>
      {t('workbench.nothingStored')}{' '}
      {mayAddSource && (
        <Anchor
          size="sm"
          underline="always"
          renderRoot={(props) => <Link to="/w/$slug/listening/sources/new" params={{ slug }} {...props} />}
        >
          {t('workbench.toSources')}
        </Anchor>
      )}
    </p>
  )
}

function Matches({ preview, sorting, toPosts }: { preview: Preview; sorting: Sorting; toPosts: ReactNode }) {
  const t = useTexts('listening')
  const [drawn, setDrawn] = useState<'newest' | 'random'>('newest')
  // A handful of matches is shown whole either way.
  const choice = preview.random.length > 0 && preview.count.value > preview.newest.length
  return (
    <section>
      <div className={styles.listHead}>
        <h3 className={styles.listTitle}>{t('workbench.matches.title')}</h3>
        {choice && (
          <SegmentedControl
            size="xs"
            aria-label={t('workbench.matches.which')}
            value={drawn}
            onChange={setDrawn}
            data={[
              { value: 'newest', label: t('workbench.matches.newest') },
              { value: 'random', label: t('workbench.matches.random') },
            ]}
          />
        )}
        <span className={styles.aside}>{toPosts}</span>
      </div>
      <PostFeed
        label={t('workbench.matches.title')}
        posts={sorting.sorted(choice && drawn === 'random' ? preview.random : preview.newest)}
        holds
        onVerdict={sorting.give && ((post, verdict) => sorting.give?.(post, verdict))}
      />
    </section>
  )
}
