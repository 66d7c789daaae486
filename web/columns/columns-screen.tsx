import { arrayMove } from '@dnd-kit/sortable'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { showUndo } from '../platform/undo.tsx'
import { OrderByHand } from '../ui/order-by-hand.tsx'
import { Place } from '../ui/place.tsx'
import { AddColumn } from './add-column.tsx'
import { useArrivals } from './arrivals.ts'
import { Beside } from './beside.tsx'
import { Column } from './column.tsx'
import { useColumnName } from './column-name.ts'
import { ColumnSettings } from './column-settings.tsx'
import styles from './columns.module.css'
import { useColumnKeys } from './columns-keys.ts'
import { Feeds, FeedsProvider } from './feeds.ts'
import { type Handles, useHandles } from './handles.ts'
import { type LayoutChanges, useLayoutChanges } from './layout-changes.ts'
import { LayoutMenu } from './layout-menu.tsx'
import { NoColumns } from './no-columns.tsx'
import { PhonePicker, useShownOnPhone } from './phone-picker.tsx'
import type { Column as ColumnOf, Item, Layout, OpenBeside } from './shapes.ts'
import { chime } from './sound.ts'

/** A flowing column that is read anew each time would be a poll. */
const FLOW_EVERY_MS = 1_500

/** Many live lists side by side. */
export function ColumnsScreen() {
  const { layoutId } = useParams({ from: '/w/$slug/columns/$layoutId' })
  const { workspaceId } = useWorkspace()
  const { data: layout } = useSuspenseQuery(useApi().columns.layouts.get.queryOptions({ input: { layoutId } }))
  useEffect(() => localStorage.setItem(`rapport.layout.${workspaceId}`, layoutId), [workspaceId, layoutId])
  return <Columns key={layoutId} layout={layout} />
}

function Columns({ layout }: { layout: Layout }) {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  const [feeds] = useState(() => new Feeds())
  const handles = useHandles()
  const changes = useLayoutChanges(layout)
  const [settings, setSettings] = useState<string | null>(null)
  const place = useColumnsPlace(layout, handles)
  const onNew = useOnNew(handles)
  useArrivals({ layout, feeds, onNew })
  const byKeys = { layout, handles, changes, place, onNew, onSettings: setSettings }
  useColumnKeys(byKeys)
  const row = useRef<HTMLDivElement>(null)
  const phone = useShownOnPhone(row, layout.columns)
  const edited = layout.columns.find(({ columnId }) => columnId === settings)
  return (
    <FeedsProvider value={feeds}>
      <Place
        title={t('title')}
        fills
        filters={<LayoutMenu layout={layout} changes={changes} />}
        action={changes.mayChange && <AddColumn layout={layout} changes={changes} onAdded={place.toLast} />}
      >
        <div className={styles.place}>
          {layout.columns.length === 0 ? (
            <NoColumns mayChange={changes.mayChange} />
          ) : (
            <div className={styles.side}>
              <PhonePicker columns={layout.columns} shown={phone.shown} onPick={phone.pick} />
              <OrderByHand
                items={layout.columns}
                idOf={({ columnId }) => columnId}
                nameOf={nameOf}
                direction="across"
                how={t('drag.how')}
                said={(what, at) => t(`drag.${what}`, at)}
                onOrder={changes.arrange}
              >
                <div ref={row} className={styles.row} onScroll={phone.onScroll}>
                  {layout.columns.map((column, index) => (
                    <PlacedColumn key={column.columnId} {...byKeys} column={column} index={index} />
                  ))}
                </div>
              </OrderByHand>
            </div>
          )}
          <Beside open={place.open} onOpen={place.openItem} onClose={place.close} />
        </div>
      </Place>
      {edited && <ColumnSettings column={edited} layout={layout} changes={changes} onClose={() => setSettings(null)} />}
    </FeedsProvider>
  )
}

interface PlacedColumnProps {
  column: ColumnOf
  index: number
  layout: Layout
  handles: Handles
  changes: LayoutChanges
  place: ReturnType<typeof useColumnsPlace>
  onNew(column: ColumnOf): void
  onSettings(columnId: string): void
}

function PlacedColumn({ column, index, layout, handles, changes, place, onNew, onSettings }: PlacedColumnProps) {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  const { columns } = layout
  const remove = () => {
    changes.arrange(columns.filter((one) => one !== column))
    const undo = () =>
      changes.save({ columns: columns.map((one) => (one === column ? { ...one, columnId: null } : one)) })
    showUndo({ message: t('removed', { name: nameOf(column) }), undoLabel: t('undo'), undo })
  }
  return (
    <Column
      ref={handles.refOf(column.columnId)}
      column={column}
      name={nameOf(column)}
      mayMove={changes.mayChange}
      first={index === 0}
      last={index === columns.length - 1}
      active={place.active === column.columnId}
      openId={place.open?.id ?? null}
      onOpen={(item) => place.openItem(item, column.columnId)}
      onActive={() => place.activate(column.columnId)}
      onNew={() => onNew(column)}
      onSide={(by) => place.toSide(column.columnId, by)}
      onLook={(change) => changes.look(column.columnId, change)}
      onSettings={() => onSettings(column.columnId)}
      onMove={(by) => changes.arrange(arrayMove(columns, index, index + by))}
      onRemove={remove}
    />
  )
}

/** Which column has the keyboard, and what is open beside: that stands in the address. */
function useColumnsPlace(layout: Layout, handles: Handles) {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { layoutId, columns } = layout
  const search = useSearch({ from: '/w/$slug/columns/$layoutId' })
  const [active, setActive] = useState<string | null>(search.column ?? null)
  const go = (next: { column?: string; post?: string; conversation?: string }) =>
    void navigate({ to: '/w/$slug/columns/$layoutId', params: { slug, layoutId }, search: next, replace: true })
  const open: OpenBeside | null = search.conversation
    ? { kind: 'conversation', id: search.conversation }
    : search.post
      ? { kind: 'post', id: search.post }
      : null
  const activate = (columnId: string) => {
    setActive(columnId)
    handles.of(columnId)?.focus()
  }
  return {
    active,
    open,
    activate: setActive,
    openItem(item: Item | OpenBeside, column = active) {
      if ('approval' in item) {
        void navigate({ to: '/w/$slug/approvals/$approvalId', params: { slug, approvalId: item.id } })
        return
      }
      const kind = 'kind' in item ? item.kind : 'post' in item ? 'post' : 'conversation'
      go({ ...(column ? { column } : {}), [kind]: item.id })
    },
    close() {
      go(active ? { column: active } : {})
      if (active) handles.of(active)?.focus()
    },
    toSide(from: string | null, by: 1 | -1) {
      const at = columns.findIndex(({ columnId }) => columnId === from)
      const next = columns[at < 0 ? 0 : at + by]
      if (next) activate(next.columnId)
    },
    /** Of the columns that there are when it is drawn. */
    toLast: (columnId: string) => requestAnimationFrame(() => activate(columnId)),
  }
}

/** What new posts do beside being counted: flow in where nobody reads, and sound where somebody wants it. */
function useOnNew(handles: Handles) {
  const flowed = useRef(new Map<string, number>())
  return ({ columnId, look }: ColumnOf) => {
    if (look.sound && !look.muted) chime()
    const handle = handles.of(columnId)
    const last = flowed.current.get(columnId) ?? Number.NEGATIVE_INFINITY
    if (!look.flows || !handle?.isIdle() || performance.now() - last < FLOW_EVERY_MS) return
    flowed.current.set(columnId, performance.now())
    handle.showNew()
  }
}
