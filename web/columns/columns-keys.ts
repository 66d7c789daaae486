import { arrayMove } from '@dnd-kit/sortable'
import { useTexts } from '../platform/i18n.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import type { Handles } from './handles.ts'
import type { LayoutChanges } from './layout-changes.ts'
import type { Layout, OpenBeside } from './shapes.ts'

interface ColumnKeys {
  layout: Layout
  handles: Handles
  changes: LayoutChanges
  place: {
    active: string | null
    open: OpenBeside | null
    close(): void
    toSide(from: string | null, by: 1 | -1): void
  }
  onSettings(columnId: string): void
}

/** h and l go between columns, j and k within one; with shift a column goes along. */
export function useColumnKeys({ layout: { columns }, handles, changes, place, onSettings }: ColumnKeys): void {
  const t = useTexts('columns')
  const { active } = place
  const index = columns.findIndex(({ columnId }) => columnId === active)
  const column = columns[index]
  const handle = () => (column ? handles.of(column.columnId) : undefined)
  const step = (by: 1 | -1) => (column ? handle()?.step(by) : place.toSide(null, 1))
  const move = (by: 1 | -1) => {
    if (column && changes.mayChange && columns[index + by]) changes.arrange(arrayMove(columns, index, index + by))
  }
  const look = (name: 'muted' | 'paused' | 'collapsed') => {
    if (column) changes.look(column.columnId, { [name]: !column.look[name] })
  }
  useShortcuts(t('title'), [
    { keys: 'h', label: t('keys.left'), run: () => place.toSide(active, -1) },
    { keys: 'l', label: t('keys.right'), run: () => place.toSide(active, 1) },
    { keys: 'j', label: t('ui:list.next'), run: () => step(1) },
    { keys: 'k', label: t('ui:list.previous'), run: () => step(-1) },
    { keys: 'o', label: t('ui:list.open'), run: () => handle()?.openCursor() },
    { keys: '.', label: t('keys.showNew'), run: () => handle()?.showNew() },
    { keys: 'shift+h', label: t('moveLeft'), run: () => move(-1) },
    { keys: 'shift+l', label: t('moveRight'), run: () => move(1) },
    { keys: 'u', label: t('keys.mute'), run: () => look('muted') },
    { keys: 'p', label: t('keys.pause'), run: () => look('paused') },
    { keys: 'c', label: t('collapse'), run: () => look('collapsed') },
    { keys: ',', label: t('settings.open'), run: () => column && onSettings(column.columnId) },
    ...(place.open ? [{ keys: 'escape', label: t('keys.close'), run: place.close }] : []),
  ])
}
