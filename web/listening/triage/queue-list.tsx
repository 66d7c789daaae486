import { UnstyledButton } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { FilterChoice } from '../../ui/filter-bar.tsx'
import { useAuthorName } from '../author-line.tsx'
import { ORDERS, type QueueOrder } from './answers.ts'
import type { QueueItem, QueueState } from './queue-state.ts'
import styles from './triage.module.css'

interface QueueListProps {
  queue: QueueState
  order: QueueOrder
  onOrder(order: QueueOrder): void
  onOpen(index: number): void
}

/** What was sorted here and what comes next; every post stays in its place. */
export function QueueList({ queue, order, onOrder, onOpen }: QueueListProps) {
  const t = useTexts('listening')
  const current = useRef<HTMLLIElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is read comes into sight when another is.
  useEffect(() => {
    void current.current?.scrollIntoView({ block: 'nearest' })
  }, [queue.index])
  return (
    <div className={styles.queue}>
      <div className={styles.queueHead}>
        <FilterChoice
          label={t('sort.order.title')}
          options={ORDERS.map((value) => ({ value, label: t(`sort.order.${value}`) }))}
          value={order}
          onChange={(value) => onOrder((value ?? 'unsure') as QueueOrder)}
        />
      </div>
      <ol className={styles.rows} aria-label={t('sort.queue')}>
        {queue.items.map((item, index) => (
          <li key={item.post.postId} ref={index === queue.index ? current : undefined}>
            <UnstyledButton
              className={styles.row}
              aria-current={index === queue.index || undefined}
              data-sorted={item.sorted?.side}
              onClick={() => onOpen(index)}
            >
              <Row item={item} />
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </div>
  )
}

function Row({ item: { post, sorted } }: { item: QueueItem }) {
  const t = useTexts('listening')
  const formats = useFormats()
  const nameOf = useAuthorName()
  const Icon = sorted?.side === 'for-us' ? IconThumbUp : IconThumbDown
  return (
    <>
      <span className={styles.rowHead}>
        <span className={styles.rowName}>{nameOf(post.author)}</span>
        {sorted ? (
          <span className={styles.rowMark}>
            <Icon size={14} stroke={1.8} aria-hidden />
            {t(`sort.side.${sorted.side}`)}
          </span>
        ) : (
          post.judgement && (
            <span className={styles.rowMark} data-side={post.judgement.side}>
              {t(`sort.short.${post.judgement.side}`, { percent: formats.percent(post.judgement.probability) })}
            </span>
          )
        )}
      </span>
      <span className={styles.rowText}>{post.title ?? post.text}</span>
    </>
  )
}
