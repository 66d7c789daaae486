import { Combobox, type ComboboxStore, useCombobox } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import styles from './picker.module.css'

export interface PickerOption {
  value: string
  label: string
  /** Beside the label, quieter. */
  hint?: string
  icon?: ReactNode
  checked?: boolean
}

export interface PickerGroup {
  label?: string
  options: PickerOption[]
}

interface PickerProps {
  /** From usePicker(); `picker.openDropdown()` opens it from a shortcut. */
  picker: ComboboxStore
  /** What is picked: "Assign to". Name of the list and of its search field. */
  label: string
  groups: PickerGroup[]
  onPick(value: string): void
  /** Said where nothing fits what was typed. */
  nothing: string
  /** Stays open, so that several can be picked. */
  several?: boolean
  width?: number
  /** The button. */
  children: ReactNode
}

export function usePicker(): ComboboxStore {
  const picker = useCombobox({
    onDropdownOpen: () => {
      // The field is drawn with the list; before that there is nothing to focus.
      requestAnimationFrame(() => {
        picker.focusSearchInput()
        picker.selectFirstOption()
      })
    },
    onDropdownClose: () => {
      picker.resetSelectedOption()
      picker.focusTarget()
    },
  })
  return picker
}

/** A button with a searched list: type, arrows, Enter. Focus comes back to the button. */
export function Picker({
  picker,
  label,
  groups,
  onPick,
  nothing,
  several = false,
  width = 260,
  children,
}: PickerProps) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = groups
    .map((group) => ({
      ...group,
      options: group.options.filter((option) => `${option.label} ${option.hint ?? ''}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ options }) => options.length > 0)
  const pick = (value: string) => {
    onPick(value)
    setText('')
    if (!several) picker.closeDropdown()
  }
  return (
    <Combobox store={picker} width={width} position="bottom-end" withinPortal onOptionSubmit={pick} shadow="md">
      <Combobox.Target targetType="button">{children}</Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          classNames={{ input: styles.search ?? '' }}
          value={text}
          aria-label={label}
          placeholder={label}
          onChange={(event) => {
            setText(event.currentTarget.value)
            requestAnimationFrame(() => picker.selectFirstOption())
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.stopPropagation()
          }}
        />
        <Combobox.Options mah={300} style={{ overflowY: 'auto' }} aria-label={label} tabIndex={0}>
          {found.length === 0 && <Combobox.Empty>{nothing}</Combobox.Empty>}
          {found.map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups never change places.
            <Combobox.Group key={index} label={group.label}>
              {group.options.map((option) => (
                <Combobox.Option
                  key={option.value}
                  value={option.value}
                  active={option.checked ?? false}
                  className={styles.choice ?? ''}
                >
                  <span className={styles.option}>
                    {option.icon}
                    <span className={styles.label}>{option.label}</span>
                    {option.hint && <span className={styles.hint}>{option.hint}</span>}
                    {option.checked && <IconCheck size={14} aria-hidden />}
                  </span>
                </Combobox.Option>
              ))}
            </Combobox.Group>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
