import { Menu, UnstyledButton } from '@mantine/core'
import { IconArrowsSort, IconCheck, IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useAuthorName } from '../listening/author-line.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { useShortcuts } from '../platform/shortcuts.ts'
import { Picker, usePicker } from '../ui/picker.tsx'
import { Tag } from '../ui/tag.tsx'
import { useFilterKinds } from './filter-kinds.ts'
import styles from './list.module.css'
import { type InboxSearch, ORDERS, orderOf, plain } from './search.ts'

interface ControlsProps {
  search: InboxSearch
  onChange(search: InboxSearch): void
}

/** All filters in one searched list. */
export function FilterButton({ search, onChange }: ControlsProps) {
  const t = useTexts('inbox')
  const kinds = useFilterKinds()
  const picker = usePicker()
  useShortcuts(t('list.label'), [{ keys: 'f', label: t('filter.title'), run: () => picker.openDropdown() }])
  const pick = (picked: string) => {
    const [key, value] = splitOnce(picked)
    const kind = kinds.find((each) => each.key === key)
    if (!kind) return
    // Somebody in particular, nobody and a team exclude each other.
    const base = kind.excludes.reduce(without, search)
    onChange(plain({ ...base, [kind.key]: search[kind.key] === value ? undefined : value }))
  }
  return (
    <Picker
      picker={picker}
      label={t('filter.search')}
      nothing={t('filter.nothing')}
      onPick={pick}
      several
      width={280}
      groups={kinds.map((kind) => ({
        label: kind.label,
        options: kind.options.map(({ value, label }) => ({
          value: `${kind.key} ${value}`,
          label,
          icon: <kind.icon size={14} stroke={1.6} aria-hidden />,
          checked: search[kind.key] === value,
        })),
      }))}
    >
      <UnstyledButton className={styles.control} onClick={() => picker.toggleDropdown()}>
        <IconFilter size={14} stroke={1.8} aria-hidden />
        <span className={styles.controlText}>{t('filter.title')}</span>
      </UnstyledButton>
    </Picker>
  )
}

/** What the list is narrowed to; each goes by its ×. */
export function FilterChips({ search, onChange }: ControlsProps) {
  return (
    <>
      <WhoChip search={search} onChange={onChange} />
      {useFilterKinds().flatMap(({ key, options }) => {
        const value = search[key]
        if (value === undefined) return []
        const option = options.find((each) => each.value === value)
        return (
          <Tag key={key} tone="accent" onRemove={() => onChange(without(search, key))}>
            {option?.label ?? value}
          </Tag>
        )
      })}
    </>
  )
}

/** Chosen on the page of a person or an account, not from a list: there are too many. */
function WhoChip({ search, onChange }: ControlsProps) {
  const t = useTexts('inbox')
  const { people } = useApi()
  const nameOf = useAuthorName()
  const { author: authorId = '', person: personId = '' } = search
  const author = useQuery({ ...people.authors.get.queryOptions({ input: { authorId } }), enabled: authorId !== '' })
  const person = useQuery({ ...people.persons.get.queryOptions({ input: { personId } }), enabled: personId !== '' })
  if (!authorId && !personId) return null
  const name = personId ? person.data?.name : author.data && nameOf(author.data)
  return (
    <Tag tone="accent" onRemove={() => onChange(without(without(search, 'author'), 'person'))}>
      {name ?? t(personId ? 'filter.onePerson' : 'filter.oneAccount')}
    </Tag>
  )
}

const without = (search: InboxSearch, key: keyof InboxSearch): InboxSearch => plain({ ...search, [key]: undefined })

const splitOnce = (picked: string): [string, string] => {
  const at = picked.indexOf(' ')
  return [picked.slice(0, at), picked.slice(at + 1)]
}

export function OrderMenu({ search, onChange }: ControlsProps) {
  const t = useTexts('inbox')
  const order = orderOf(search)
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <UnstyledButton className={styles.control} aria-label={t('order.title', { order: t(`order.${order}`) })}>
          <IconArrowsSort size={14} stroke={1.8} aria-hidden />
          <span className={styles.controlText}>{t(`order.${order}`)}</span>
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
