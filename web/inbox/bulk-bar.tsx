import { ActionIcon, Button, Tooltip, UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconMoon, IconTag, IconUserPlus, IconX } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { keyCaps, useShortcuts } from '../platform/shortcuts.ts'
import { laterTexts } from '../platform/texts.ts'
import { usePicker } from '../ui/picker.tsx'
import { AssignPicker } from './assign-picker.tsx'
import styles from './list.module.css'
import type { StateChoice } from './search.ts'
import type { Change } from './shapes.ts'
import { SnoozePicker } from './snooze-picker.tsx'
import { TagPicker } from './tag-picker.tsx'

const BulkModerate = lazy(async () => {
  await laterTexts()
  return { default: (await import('./moderation/bulk-moderate.tsx')).BulkModerate }
})

interface BulkBarProps {
  /** Of the list that they were chosen from. */
  state: StateChoice
  count: number
  chosenIds: readonly string[]
  /** How many the filter matches beyond those chosen; null: all are chosen or it is not known. */
  all: { count: number; more: boolean } | null
  allChosen: boolean
  onAll(): void
  onClear(): void
  onChange(change: Change): void
}

/** What can be done with those that are chosen, in reach of the hand that chose them. */
export function BulkBar({ state, count, chosenIds, all, allChosen, onAll, onClear, onChange }: BulkBarProps) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const assign = usePicker()
  const tag = usePicker()
  const snooze = usePicker()
  const mayClose = state !== 'closed'
  const mayReopen = state !== 'open'
  useShortcuts(t('bulk.place'), [
    { keys: 'a', label: t('bulk.assign'), run: () => assign.openDropdown() },
    { keys: 't', label: t('bulk.tag'), run: () => tag.openDropdown() },
    { keys: 's', label: t('bulk.snooze'), run: () => snooze.openDropdown() },
    ...(mayClose ? [{ keys: 'e', label: t('bulk.close'), run: () => onChange({ change: 'close' }) }] : []),
    ...(mayReopen ? [{ keys: 'shift+e', label: t('bulk.reopen'), run: () => onChange({ change: 'reopen' }) }] : []),
    { keys: 'escape', label: t('bulk.clear'), run: onClear },
  ])
  const total = all ? `${formats.number(all.count)}${all.more ? '+' : ''}` : ''
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('bulk.place')}>
      <BulkButton label={t('bulk.clear')} keys="escape" onClick={onClear}>
        <IconX size={16} stroke={1.7} />
      </BulkButton>
      <span className={styles.bulkCount} role="status">
        {allChosen ? t('bulk.allChosen', { total }) : t('bulk.chosen', { count })}
      </span>
      {all && !allChosen && all.count > count && (
        <UnstyledButton className={styles.bulkAll} onClick={onAll}>
          {t('bulk.all', { total })}
        </UnstyledButton>
      )}
      <span className={styles.spring} />
      <AssignPicker picker={assign} onAssign={onChange}>
        <BulkButton label={t('bulk.assign')} keys="a" onClick={() => assign.toggleDropdown()}>
          <IconUserPlus size={16} stroke={1.7} />
        </BulkButton>
      </AssignPicker>
      <TagPicker picker={tag} tagged={[]} onTag={onChange}>
        <BulkButton label={t('bulk.tag')} keys="t" onClick={() => tag.toggleDropdown()}>
          <IconTag size={16} stroke={1.7} />
        </BulkButton>
      </TagPicker>
      <SnoozePicker picker={snooze} onSnooze={onChange}>
        <BulkButton label={t('bulk.snooze')} keys="s" onClick={() => snooze.toggleDropdown()}>
          <IconMoon size={16} stroke={1.7} />
        </BulkButton>
      </SnoozePicker>
      {!allChosen && (
        <Suspense>
          <BulkModerate conversationIds={chosenIds} />
        </Suspense>
      )}
      {mayReopen && mayClose && (
        <BulkButton label={t('bulk.reopen')} keys="shift+e" onClick={() => onChange({ change: 'reopen' })}>
          <IconArrowBackUp size={16} stroke={1.7} />
        </BulkButton>
      )}
      <Button
        className={styles.bulkMain}
        variant="filled"
        onClick={() => onChange({ change: mayClose ? 'close' : 'reopen' })}
      >
        {t(mayClose ? 'bulk.close' : 'bulk.reopen')}
      </Button>
    </div>
  )
}

interface BulkButtonProps {
  label: string
  keys: string
  onClick(): void
  children: ReactNode
}

/** The combobox hands its own attributes and ref to the button. */
function BulkButton({ label, keys, onClick, children, ...rest }: BulkButtonProps) {
  return (
    <Tooltip label={`${label} · ${keyCaps(keys).join(' ')}`}>
      <ActionIcon aria-label={label} onClick={onClick} {...rest}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
