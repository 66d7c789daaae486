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
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { type ReactNode, useRef } from 'react'

/** A press that goes no further was none. */
const DRAG_BEGINS_PX = 6
const STRATEGIES = { across: horizontalListSortingStrategy, down: verticalListSortingStrategy }

type Id = string | number

interface OrderByHandProps<Item> {
  items: Item[]
  idOf(item: Item): string
  nameOf(item: Item): string
  direction: keyof typeof STRATEGIES
  /** How it is done by keyboard. */
  how: string
  /** What is said aloud; places are counted from 1. */
  said(what: 'taken' | 'over' | 'put' | 'left', at: { name: string; place: number; count: number }): string
  onOrder(items: Item[]): void
  children: ReactNode
}

/** Things are drawn to another place by their grip, with a pointer or with space and arrows, and it is said aloud. */
export function OrderByHand<Item>(props: OrderByHandProps<Item>) {
  const { items, idOf, direction, how, onOrder, children } = props
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_BEGINS_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const indexOf = (id: Id) => items.findIndex((item) => idOf(item) === id)
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onOrder(arrayMove(items, indexOf(active.id), indexOf(over.id)))
  }
  const announcements = useAnnouncements(props, indexOf)
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: how } }}
    >
      <SortableContext items={items.map(idOf)} strategy={STRATEGIES[direction]}>
        {children}
      </SortableContext>
    </DndContext>
  )
}

function useAnnouncements<Item>(
  { items, nameOf, said }: OrderByHandProps<Item>,
  indexOf: (id: Id) => number,
): Announcements {
  const under = useRef<Id | null>(null)
  const at = (id: Id, place = id) => {
    const item = items[indexOf(id)]
    return { name: item ? nameOf(item) : '', place: indexOf(place) + 1, count: items.length }
  }
  return {
    onDragStart: ({ active }) => {
      under.current = active.id
      return said('taken', at(active.id))
    },
    // Taken, it lies over its own place: that has just been said.
    onDragOver: ({ active, over }) => {
      if (!over || over.id === under.current) return undefined
      under.current = over.id
      return said('over', at(active.id, over.id))
    },
    onDragEnd: ({ active, over }) => said('put', at(active.id, over?.id)),
    onDragCancel: ({ active }) => said('left', at(active.id)),
  }
}
