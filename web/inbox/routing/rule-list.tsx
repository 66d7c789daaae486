import { useSortable } from '@dnd-kit/sortable'
import { Switch } from '@mantine/core'
import { IconAlertTriangle, IconGripVertical } from '@tabler/icons-react'
import { useTexts } from '../../platform/i18n.ts'
import { OrderByHand } from '../../ui/order-by-hand.tsx'
import styles from './routing.module.css'
import { useRuleWords } from './sentences.ts'
import type { Rule } from './shapes.ts'

interface ListProps {
  rules: Rule[]
  chosen: string | null
  /** Rules that cannot be saved as they are. */
  faulty: ReadonlySet<string>
  onChoose(ruleId: string): void
  onChange(rules: Rule[]): void
}

/** In the order in which they are asked. */
export function RuleList({ rules, chosen, faulty, onChoose, onChange }: ListProps) {
  const t = useTexts('inbox')
  return (
    <OrderByHand
      items={rules}
      idOf={({ ruleId }) => ruleId}
      nameOf={({ name }) => name}
      direction="down"
      how={t('routing.drag.how')}
      said={(what, at) => t(`routing.drag.${what}`, at)}
      onOrder={onChange}
    >
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
    </OrderByHand>
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
