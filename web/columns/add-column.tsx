import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { COLUMNS_MAX } from '../../contract/column-limits.ts'
import { useTexts } from '../platform/i18n.ts'
import { Picker, usePicker } from '../ui/picker.tsx'
import { KIND_ICONS } from './column-head.tsx'
import styles from './columns.module.css'
import type { LayoutChanges } from './layout-changes.ts'
import { NewPerson, NewSearch } from './new-column-forms.tsx'
import { useOffered } from './new-columns.ts'
import type { ColumnInput, Layout } from './shapes.ts'

interface AddColumnProps {
  layout: Layout
  changes: LayoutChanges
  onAdded(columnId: string): void
}

/** One list of everything that a column can show; a search and a person are named in a second step. */
export function AddColumn({ layout, changes, onAdded }: AddColumnProps) {
  const t = useTexts('columns')
  const picker = usePicker()
  const offered = useOffered()
  const [asking, setAsking] = useState<'search' | 'person' | null>(null)
  const add = async (column: ColumnInput) => {
    const { columns } = await changes.save({ columns: [...layout.columns, column] })
    const added = columns.at(-1)
    if (added) onAdded(added.columnId)
  }
  const pick = (value: string) => {
    const one = offered.flatMap(({ options }) => options).find((option) => option.value === value)
    if (one?.column) void add(one.column).catch(() => undefined)
    else if (value === 'search' || value === 'person') setAsking(value)
  }
  const groups = offered.map(({ label, options }) => ({
    label,
    options: options.map((option) => {
      const Icon = KIND_ICONS[option.kind]
      return { value: option.value, label: option.label, icon: <Icon size={14} stroke={1.8} aria-hidden /> }
    }),
  }))
  const close = () => setAsking(null)
  return (
    <>
      <Picker
        picker={picker}
        label={t('add.what')}
        groups={groups}
        onPick={pick}
        nothing={t('add.nothing')}
        width={300}
      >
        <Button
          variant="filled"
          className={styles.add ?? ''}
          leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
          disabled={layout.columns.length >= COLUMNS_MAX}
          onClick={() => picker.toggleDropdown()}
        >
          {t('add.title')}
        </Button>
      </Picker>
      {asking === 'search' && <NewSearch onAdd={add} onClose={close} />}
      {asking === 'person' && <NewPerson onAdd={add} onClose={close} />}
    </>
  )
}
