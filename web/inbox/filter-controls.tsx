import { Menu, UnstyledButton } from '@mantine/core'
import { IconArrowsSort, IconCheck, IconFilter } from '@tabler/icons-react'
import { useTexts } from '../platform/i18n.ts'
import { Tag } from '../ui/tag.tsx'
import { type FilterKind, useFilterKinds } from './filter-kinds.ts'
import styles from './list.module.css'
import { type InboxSearch, ORDERS, orderOf, plain } from './search.ts'

interface ControlsProps {
  search: InboxSearch
  onChange(search: InboxSearch): void
}

/** All filters behind one button, as a tree; what is chosen stands beside it and goes by its ×. */
export function FilterControls({ search, onChange }: ControlsProps) {
  const t = useTexts('inbox')
  const kinds = useFilterKinds()
  return (
    <>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={styles.control}>
            <IconFilter size={14} stroke={1.8} aria-hidden />
            {t('filter.title')}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {kinds.map((kind) => (
            <FilterBranch key={kind.key} kind={kind} search={search} onChange={onChange} />
          ))}
        </Menu.Dropdown>
      </Menu>
      {kinds.flatMap((kind) => {
        const value = search[kind.key]
        if (value === undefined) return []
        const option = kind.options.find((each) => each.value === value)
        return (
          <Tag key={kind.key} tone="accent" onRemove={() => onChange(without(search, kind.key))}>
            {option?.label ?? value}
          </Tag>
        )
      })}
    </>
  )
}

const without = (search: InboxSearch, key: keyof InboxSearch): InboxSearch => plain({ ...search, [key]: undefined })

function FilterBranch({ kind, search, onChange }: ControlsProps & { kind: FilterKind }) {
  const t = useTexts('inbox')
  const set = (value: string) => {
    // Somebody in particular, nobody and a team exclude each other.
    const base = kind.excludes.reduce(without, search)
    onChange(plain({ ...base, [kind.key]: search[kind.key] === value ? undefined : value }))
  }
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<kind.icon size={14} stroke={1.6} aria-hidden />}>{kind.label}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {kind.options.length === 0 && <Menu.Label>{t('filter.nothing')}</Menu.Label>}
        {kind.options.map(({ value, label }) => (
          <Menu.Item
            key={value}
            onClick={() => set(value)}
            rightSection={search[kind.key] === value ? <IconCheck size={14} aria-hidden /> : null}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}

export function OrderMenu({ search, onChange }: ControlsProps) {
  const t = useTexts('inbox')
  const order = orderOf(search)
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <UnstyledButton className={styles.control} aria-label={t('order.title', { order: t(`order.${order}`) })}>
          <IconArrowsSort size={14} stroke={1.8} aria-hidden />
          {t(`order.${order}`)}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {ORDERS.map((each) => (
          <Menu.Item
            key={each}
            onClick={() => onChange(plain({ ...search, order: each }))}
            rightSection={each === order ? <IconCheck size={14} aria-hidden /> : null}
          >
            {t(`order.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
