import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import type { Looked } from './answers.ts'
import styles from './discovery.module.css'
import { RowsExpired } from './rows-expired.tsx'
import { ViewSection } from './view-section.tsx'

/** What several people pass on. */
export function SharedLinks({ looked }: { looked: Looked }) {
  const t = useTexts('listening')
  const { number } = useFormats()
  const answer = useQuery(useApi().listening.discovery.links.queryOptions({ input: looked }))
  return (
    <ViewSection
      title={t('discovery.links')}
      why={
        <>
          {t('discovery.linksWhy')}
          {answer.data && <RowsExpired expired={answer.data.expired} posts={answer.data.posts} />}
        </>
      }
      answer={answer}
      none={t('discovery.noLinks')}
      isEmpty={({ items }) => items.length === 0}
    >
      {({ items }) => (
        <ol className={styles.rows}>
          {items.map(({ link, url, posts, voices }) => (
            <li key={link} className={styles.link}>
              <Anchor href={url} target="_blank" rel="noopener noreferrer" className={styles.address}>
                {link}
              </Anchor>
              <span className={styles.quiet}>
                {t('discovery.posts', { count: posts, number: number(posts) })} ·{' '}
                {t('discovery.voicesAtLeast', { count: voices, number: number(voices) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </ViewSection>
  )
}
