import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Tag } from '../../ui/tag.tsx'
import { AuthorAvatar, AuthorLine } from '../author-line.tsx'
import type { Looked, Voice } from './answers.ts'
import styles from './discovery.module.css'
import { ViewSection } from './view-section.tsx'
import { shownVoices, VOICE_ORDERS, type VoiceOrder } from './voice-order.ts'

/** Who speaks most, who is heard furthest, and who is new. Counts, no marks for people. */
export function Voices({ looked }: { looked: Looked }) {
  const t = useTexts('listening')
  const [order, setOrder] = useState<VoiceOrder>('posts')
  const answer = useQuery(useApi().listening.discovery.voices.queryOptions({ input: looked }))
  return (
    <ViewSection
      title={t('discovery.voices')}
      why={t('discovery.voicesWhy')}
      answer={answer}
      none={t('discovery.noVoices')}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <>
          <FilterBar
            label={t('discovery.order')}
            options={VOICE_ORDERS.map((value) => ({ value, label: t(`discovery.orders.${value}`) }))}
            value={order}
            onChange={(value) => setOrder(value as VoiceOrder)}
          />
          {shownVoices(items, order).length === 0 && <p className={styles.none}>{t('discovery.noNewVoices')}</p>}
          <ol className={styles.rows}>
            {shownVoices(items, order).map((voice) => (
              <VoiceRow key={voice.author.authorId} voice={voice} />
            ))}
          </ol>
        </>
      )}
    </ViewSection>
  )
}

function VoiceRow({ voice: { author, posts, followers, isNew } }: { voice: Voice }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.voice}>
      <AuthorAvatar author={author} />
      <div className={styles.who}>
        <AuthorLine
          author={author}
          link={(name) => (
            <Link
              to="/w/$slug/people/authors/$authorId"
              params={{ slug, authorId: author.authorId }}
              className={styles.name}
            >
              {name}
            </Link>
          )}
        >
          {isNew && <Tag tone="accent">{t('discovery.new')}</Tag>}
        </AuthorLine>
        <span
          className={styles.quiet}
          title={
            followers === null ? undefined : t('discovery.followers', { number: formats.number(Number(followers)) })
          }
        >
          {t('discovery.posts', { count: posts, number: formats.number(posts) })}
          {followers !== null && ` · ${t('discovery.followers', { number: formats.compact(Number(followers)) })}`}
        </span>
      </div>
    </li>
  )
}
