import { Checkbox, Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './filter-bar.module.css'

export interface FilterOption {
  value: string
  label: string
  /** How many there are; absent while it is counted. */
  count?: number | undefined
  /** There are more than that; nobody counted how many. */
  more?: boolean | undefined
}

interface FilterBarProps {
  /** What is chosen between: "State". */
  label: string
  options: FilterOption[]
  value: string
  onChange(value: string): void
}

/** One of a few, with counts: open · snoozed · closed. */
export function FilterBar({ label, options, value, onChange }: FilterBarProps) {
  return (
    <fieldset className={styles.bar} aria-label={label}>
      {options.map((option) => (
        <UnstyledButton
          key={option.value}
          className={styles.choice}
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
          <Count of={option} />
        </UnstyledButton>
      ))}
    </fieldset>
  )
}

interface FilterMenuProps {
  label: string
  options: FilterOption[]
  values: readonly string[]
  onChange(values: string[]): void
}

/** Any of many: tags, networks, languages, people. The button says what is chosen. */
export function FilterMenu({ label, options, values, onChange }: FilterMenuProps) {
  const t = useTexts('ui')
  const chosen = options.filter(({ value }) => values.includes(value))
  const flip = (value: string) =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value])
  const said = chosen.length === 1 ? chosen[0]?.label : t('filter.chosen', { count: chosen.length })
  return (
    <Menu closeOnItemClick={false} position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={styles.choice} data-active={chosen.length > 0 || undefined}>
          <span className={styles.said}>{chosen.length === 0 ? label : `${label}: ${said}`}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            role="menuitemcheckbox"
            aria-checked={values.includes(option.value)}
            leftSection={<Checkbox.Indicator size="xs" checked={values.includes(option.value)} aria-hidden />}
            rightSection={<Count of={option} />}
            onClick={() => flip(option.value)}
          >
            {option.label}
          </Menu.Item>
        ))}
        {chosen.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick onClick={() => onChange([])}>
              {t('filter.clear')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

interface FilterChoiceProps {
  label: string
  options: FilterOption[]
  /** Null: all. */
  value: string | null
  onChange(value: string | null): void
}

/** One of many or all: a topic, a network, a period. Pressed again, the chosen one is let go. */
export function FilterChoice({ label, options, value, onChange }: FilterChoiceProps) {
  const t = useTexts('ui')
  const chosen = options.find((option) => option.value === value)
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <UnstyledButton className={styles.choice} data-active={chosen !== undefined || undefined}>
          <span className={styles.said}>{chosen ? `${label}: ${chosen.label}` : label}</span>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            role="menuitemradio"
            aria-checked={option.value === value}
            leftSection={
              <IconCheck
                size={14}
                stroke={2}
                aria-hidden
                style={{ visibility: option.value === value ? 'visible' : 'hidden' }}
              />
            }
            rightSection={<Count of={option} />}
            onClick={() => onChange(option.value === value ? null : option.value)}
          >
            {option.label}
          </Menu.Item>
        ))}
        {chosen && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange(null)}>{t('filter.clear')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function Count({ of: { count, more } }: { of: FilterOption }) {
  const formats = useFormats()
  if (count === undefined) return null
  return (
    <span className={styles.count}>
      {formats.compact(count)}
      {more && '+'}
    </span>
  )
}
