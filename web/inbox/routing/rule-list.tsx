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
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { Switch } from '@mantine/core'
import { IconAlertTriangle, IconGripVertical } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import styles from './routing.module.css'
import { useRuleWords } from './sentences.ts'
import type { Rule } from './shapes.ts'

/** A press that goes no further was none. */
const DRAG_BEGINS_PX = 6

interface ListProps {
  rules: Rule[]
  chosen: string | null
  /** Rules that cannot be saved as they are. */
  faulty: ReadonlySet<string>
  onChoose(ruleId: string): void
  onChange(rules: Rule[]): void
}

/** In the order in which they are asked: moved by the grip, with a pointer or with space and arrows, and it is said aloud. */
export function RuleList({ rules, chosen, faulty, onChoose, onChange }: ListProps) {
  const t = useTexts('inbox')
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_BEGINS_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const placeOf = (id: string | number) => rules.findIndex(({ ruleId }) => ruleId === id)
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onChange(arrayMove(rules, placeOf(active.id), placeOf(over.id)))
  }
  const said = (id: string | number, at: string | number = id) => ({
    name: rules[placeOf(id)]?.name ?? '',
    place: placeOf(at) + 1,
    count: rules.length,
  })
  const under = useRef<string | number | null>(null)
  const announcements: Announcements = {
    onDragStart: ({ active }) => {
      under.current = active.id
      return t('routing.drag.taken', said(active.id))
    },
    // Taken, it lies over its own place: that has just been said.
    onDragOver: ({ active, over }) => {
      if (!over || over.id === under.current) return undefined
      under.current = over.id
      return t('routing.drag.over', said(active.id, over.id))
    },
    onDragEnd: ({ active, over }) => t('routing.drag.put', said(active.id, over?.id)),
    onDragCancel: ({ active }) => t('routing.drag.left', said(active.id)),
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{ announcements, screenReaderInstructions: { draggable: t('routing.drag.how') } }}
    >
      <SortableContext items={rules.map(({ ruleId }) => ruleId)} strategy={verticalListSortingStrategy}>
        <ol className={styles.list} aria-label={t('routing.list')}>
          {rules.map((rule) => (
            <Row
              key={rule.ruleId}
              rule={rule}
              isChosen={rule.ruleId === chosen}
              isFaulty={faulty.has(rule.ruleId)}
              onChoose={() => onChoose(rule.ruleId)}
              onSwitch={(on) => onChange(rules.map((each) => (each === rule ? { ...rule, on } : each)))}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

interface RowProps {
  rule: Rule
  isChosen: boolean
  isFaulty: boolean
  onChoose(): void
  onSwitch(on: boolean): void
}

function Row({ rule, isChosen, isFaulty, onChoose, onSwitch }: RowProps) {
  const t = useTexts('inbox')
  const { ruleText } = useRuleWords()
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: rule.ruleId,
  })
  const { name, on } = rule
  return (
    <li
      ref={setNodeRef}
      className={styles.row}
      data-chosen={isChosen || undefined}
      data-off={!on || undefined}
      data-dragged={isDragging || undefined}
      style={{ transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined, transition }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={styles.grip}
        {...attributes}
        {...listeners}
        aria-label={t('routing.drag.grip', { name })}
      >
        <IconGripVertical size={16} stroke={1.6} aria-hidden />
      </button>
      <button type="button" className={styles.choose} aria-current={isChosen || undefined} onClick={onChoose}>
        <span className={styles.name}>
          {isFaulty && <IconAlertTriangle size={14} className={styles.faulty} aria-hidden />}
          {name || '…'}
        </span>
        <span className={styles.sentence}>{ruleText(rule)}</span>
      </button>
      <Switch
        size="xs"
        aria-label={t('routing.switch', { name })}
        checked={on}
        onChange={(event) => onSwitch(event.currentTarget.checked)}
      />
    </li>
  )
}
