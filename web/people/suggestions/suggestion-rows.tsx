import { Button, UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { NetworkMark } from '../../ui/network-mark.tsx'
import type { Suggestion } from './shapes.ts'
import { useSideName } from './side-card.tsx'
import styles from './suggestions.module.css'
import { shownProbability } from './sureness.ts'

interface SuggestionRowsProps {
  items: readonly Suggestion[]
  current: Suggestion | null
  onOpen(suggestionId: string): void
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown }
}

/** What comes next, the most likely first. */
export function SuggestionRows({ items, current, onOpen, list }: SuggestionRowsProps) {
  const t = useTexts('people')
  const formats = useFormats()
  const sideName = useSideName()
  const shown = useRef<HTMLLIElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is read comes into sight when another is.
  useEffect(() => {
    void shown.current?.scrollIntoView({ block: 'nearest' })
  }, [current?.suggestionId])
  return (
    <ol className={styles.rows} aria-label={t('suggestions.queue')}>
      {items.map((item) => {
        const { suggestionId, one, other, probability } = item
        const isCurrent = suggestionId === current?.suggestionId
        return (
          <li key={suggestionId} ref={isCurrent ? shown : undefined}>
            <UnstyledButton
              className={styles.row}
              aria-current={isCurrent || undefined}
              onClick={() => onOpen(suggestionId)}
            >
              <span className={styles.rowNames}>
                <span className={styles.rowName}>
                  <NetworkMark network={one.author.network} size={12} /> <bdi>{sideName(one)}</bdi>
                </span>
                <span className={styles.rowName}>
                  <NetworkMark network={other.author.network} size={12} /> <bdi>{sideName(other)}</bdi>
                </span>
              </span>
              <span className={styles.percent}>{formats.percent(shownProbability(probability))}</span>
            </UnstyledButton>
          </li>
        )
      })}
      {list.hasNextPage && (
        <li className={styles.more}>
          <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('suggestions.more')}
          </Button>
        </li>
      )}
    </ol>
  )
}
