import { useSortable } from '@dnd-kit/sortable'
import { UnstyledButton } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { type CSSProperties, type Ref, useImperativeHandle, useRef } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useMay } from '../platform/session.ts'
import { QueryError } from '../ui/query-error.tsx'
import { RowSkeletons } from '../ui/skeletons.tsx'
import { useColumnFeed } from './column-feed.ts'
import { ColumnHead, type Grip, KIND_ICONS } from './column-head.tsx'
import { ColumnList, type ColumnListHandle } from './column-list.tsx'
import styles from './columns.module.css'
import { COUNTED_MAX, type Feed } from './feed.ts'
import type { ColumnLook, Column as ColumnOf, Item } from './shapes.ts'
import { WidthLine } from './width-line.tsx'

export interface ColumnHandle {
  focus(): void
  step(by: 1 | -1): void
  openCursor(): void
  showNew(): void
  /** Whether new posts may come in by themselves: nobody reads it, points at it or has it in hand. */
  isIdle(): boolean
}

interface ColumnProps {
  column: ColumnOf
  name: string
  mayMove: boolean
  first: boolean
  last: boolean
  active: boolean
  openId: string | null
  onOpen(item: Item): void
  onActive(): void
  /** Something waits that did not before. */
  onNew(): void
  onSide(by: 1 | -1): void
  onLook(change: Partial<ColumnLook>): void
  onSettings(): void
  onMove(by: 1 | -1): void
  onRemove(): void
  ref: Ref<ColumnHandle>
}

export function Column(props: ColumnProps) {
  const { column, name, mayMove, active, onActive, onLook, onNew, ref } = props
  const section = useRef<HTMLElement>(null)
  const list = useRef<ColumnListHandle>(null)
  const { width, collapsed } = column.look
  const shown = useColumnFeed(column, onNew)
  const t = useTexts('columns')
  const sortable = useSortable({
    id: column.columnId,
    disabled: !mayMove,
    attributes: { roleDescription: t('drag.role') },
  })
  const showNew = async () => {
    list.current?.toTop()
    await shown.showNew()
    list.current?.toTop()
  }
  useImperativeHandle(ref, () => ({
    focus() {
      if (list.current) list.current.focus()
      else section.current?.querySelector('button')?.focus()
      section.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
    },
    step: (by) => list.current?.step(by),
    openCursor: () => list.current?.openCursor(),
    showNew: () => void showNew(),
    isIdle: () =>
      document.visibilityState === 'visible' &&
      (list.current?.isAtTop() ?? false) &&
      !section.current?.matches(':hover') &&
      !section.current?.contains(document.activeElement),
  }))
  const { transform, transition, isDragging } = sortable
  const moved: CSSProperties = transform
    ? { transform: `translate3d(${transform.x}px, 0, 0)`, ...(transition ? { transition } : {}) }
    : {}
  const grip: Grip | null = mayMove
    ? { ...sortable.attributes, ...sortable.listeners, ref: sortable.setActivatorNodeRef }
    : null
  return (
    <section
      ref={(element) => {
        section.current = element
        sortable.setNodeRef(element)
      }}
      className={styles.column}
      aria-label={name}
      data-column={column.columnId}
      data-active={active || undefined}
      data-collapsed={collapsed || undefined}
      data-dragging={isDragging || undefined}
      style={{ '--width': `${width}px`, ...moved } as CSSProperties}
      onFocus={onActive}
    >
      {collapsed ? (
        <Collapsed column={column} name={name} feed={shown.feed} onOpen={() => onLook({ collapsed: false })} />
      ) : (
        <>
          <ColumnHead {...props} grip={grip} />
          <ColumnBody {...props} shown={shown} list={list} onShowNew={() => void showNew()} />
          <WidthLine
            name={name}
            width={width}
            onMove={(next) => section.current?.style.setProperty('--width', `${next}px`)}
            onChange={(next) => onLook({ width: next })}
          />
        </>
      )}
    </section>
  )
}

const isOfInbox = ({ kind }: ColumnOf): boolean => kind === 'queue' || kind === 'approvals'

interface ColumnBodyProps extends ColumnProps {
  shown: ReturnType<typeof useColumnFeed>
  list: Ref<ColumnListHandle>
  onShowNew(): void
}

function ColumnBody({ column, name, openId, onOpen, onSide, shown, list, onShowNew }: ColumnBodyProps) {
  const t = useTexts('columns')
  const mayReadInbox = useMay('inbox.read')
  const { feed, error, retry } = shown
  if (isOfInbox(column) && !mayReadInbox) return <p className={styles.said}>{t('queueClosed')}</p>
  if (error) return <QueryError error={error} onRetry={retry} />
  if (!feed) return <RowSkeletons rows={4} />
  return (
    <div className={styles.body}>
      <Waiting column={column} feed={feed} onShow={onShowNew} />
      {feed.items.length === 0 ? (
        <p className={styles.said}>{t(`empty.${column.kind}`)}</p>
      ) : (
        <ColumnList
          ref={list}
          column={column}
          label={name}
          feed={feed}
          openId={openId}
          onOpen={onOpen}
          onMore={() => void shown.showOlder().catch(() => undefined)}
          onSide={onSide}
        />
      )}
    </div>
  )
}

/** "12 new" at the edge; read out only where the column may ask for attention. */
function Waiting({ column, feed, onShow }: { column: ColumnOf; feed: Feed; onShow(): void }) {
  const t = useTexts('columns')
  const count = useCountText(feed)
  const { muted } = column.look
  return (
    <div className={styles.edge} role="status" aria-live={muted ? 'off' : 'polite'}>
      {count !== null && (
        <UnstyledButton className={styles.pill} data-muted={muted || undefined} onClick={onShow}>
          <IconArrowUp size={13} stroke={2} aria-hidden />
          {t('new', { count: feed.waitingIds.size, number: count })}
        </UnstyledButton>
      )}
    </div>
  )
}

/** Null: nothing waits. */
function useCountText(feed: Feed | undefined): string | null {
  const formats = useFormats()
  const count = feed?.waitingIds.size ?? 0
  if (count === 0) return null
  return count < COUNTED_MAX ? formats.number(count) : `${formats.number(COUNTED_MAX)}+`
}

interface CollapsedProps {
  column: ColumnOf
  name: string
  feed: Feed | undefined
  onOpen(): void
}

/** A strip with its name and count; it goes on all the same. */
function Collapsed({ column, name, feed, onOpen }: CollapsedProps) {
  const t = useTexts('columns')
  const KindIcon = KIND_ICONS[column.kind]
  const count = useCountText(feed)
  return (
    <UnstyledButton className={styles.strip} onClick={onOpen} aria-label={t('expand', { name })}>
      <KindIcon size={15} stroke={1.8} aria-hidden />
      {count !== null && (
        <span className={styles.stripCount} data-muted={column.look.muted || undefined}>
          {count}
        </span>
      )}
      <span className={styles.stripName}>{name}</span>
    </UnstyledButton>
  )
}
