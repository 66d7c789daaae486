import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  horizontalListSortingStrategy,
  SortableContext,
  sortableKeyboardCoordinates,
} from '@dnd-kit/sortable'
import { type ReactNode, useRef } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useColumnName } from './column-name.ts'
import type { Column } from './shapes.ts'

/** A press that goes no further was none. */
const DRAG_BEGINS_PX = 6

export const moved = (columns: Column[], from: number, to: number): Column[] => arrayMove(columns, from, to)

interface OrderByHandProps {
  columns: Column[]
  onOrder(columns: Column[]): void
  children: ReactNode
}

/** Columns are drawn to another place by their grip, with a pointer or with space and arrows, and it is said aloud. */
export function OrderByHand({ columns, onOrder, children }: OrderByHandProps) {
  const t = useTexts('columns')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_BEGINS_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const indexOf = (id: string | number) => columns.findIndex(({ columnId }) => columnId === id)
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onOrder(moved(columns, indexOf(active.id), indexOf(over.id)))
  }
  const announcements = useAnnouncements(columns, indexOf)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('drag.how') } }}
    >
      <SortableContext items={columns.map(({ columnId }) => columnId)} strategy={horizontalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  )
}

function useAnnouncements(columns: Column[], indexOf: (id: string | number) => number): Announcements {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  const over = useRef<string | number | null>(null)
  const at = (id: string | number, place = id) => {
    const column = columns[indexOf(id)]
    return { name: column ? nameOf(column) : '', place: indexOf(place) + 1, count: columns.length }
  }
  return {
    onDragStart: ({ active }) => {
      over.current = active.id
      return t('drag.taken', at(active.id))
    },
    // Taken, it lies over its own place: that has just been said.
    onDragOver: ({ active, over: under }) => {
      if (!under || under.id === over.current) return undefined
      over.current = under.id
      return t('drag.over', at(active.id, under.id))
    },
    onDragEnd: ({ active, over: under }) => t('drag.put', at(active.id, under?.id)),
    onDragCancel: ({ active }) => t('drag.left', at(active.id)),
  }
}
