import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconChevronDown, IconCopy, IconPencil, IconPlus, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import styles from './columns.module.css'
import type { LayoutChanges } from './layout-changes.ts'
import { ChangedLayout, NewLayout, useGoTo } from './layout-forms.tsx'
import type { Layout } from './shapes.ts'

interface LayoutMenuProps {
  layout: Layout
  changes: LayoutChanges
}

/** Which columns one has before oneself: own layouts, and those that the workspace shares. */
export function LayoutMenu({ layout, changes }: LayoutMenuProps) {
  const t = useTexts('columns')
  const api = useApi()
  const { data } = useQuery(api.columns.layouts.list.queryOptions({ input: {} }))
  const [asking, setAsking] = useState<'new' | 'change' | 'remove' | null>(null)
  const go = useGoTo()
  const { copy, remove } = useMakings(layout)
  const close = () => setAsking(null)
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <UnstyledButton className={styles.layout} aria-label={t('layouts.choose', { name: layout.name })}>
            {layout.shared && <IconUsers size={14} stroke={1.8} aria-label={t('layouts.shared')} role="img" />}
            <span className={styles.layoutName}>{layout.name}</span>
            <IconChevronDown size={14} stroke={1.8} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {(data?.items ?? []).map(({ layoutId, name, shared }) => (
            <Menu.Item
              key={layoutId}
              leftSection={
                shared ? <IconUsers size={14} aria-label={t('layouts.shared')} /> : <span className={styles.gap} />
              }
              rightSection={layoutId === layout.layoutId ? <IconCheck size={14} aria-hidden /> : null}
              onClick={() => go(layoutId)}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAsking('new')}>
            {t('layouts.new')}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
            {t('layouts.copy')}
          </Menu.Item>
          {changes.mayChange && (
            <>
              <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setAsking('change')}>
                {t(changes.mayShare ? 'layouts.change' : 'layouts.rename')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => setAsking('remove')}>
                {t('layouts.remove')}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'new' && <NewLayout mayShare={changes.mayShare} onClose={close} />}
      {asking === 'change' && <ChangedLayout layout={layout} changes={changes} onClose={close} />}
      <ConfirmByName
        opened={asking === 'remove'}
        onClose={close}
        title={t('layouts.removeTitle')}
        name={layout.name}
        action={t('layouts.remove')}
        onConfirm={remove}
      >
        {t(layout.shared ? 'layouts.removeShared' : 'layouts.removeOwn')}
      </ConfirmByName>
    </>
  )
}

function useMakings({ layoutId, name, columns }: Layout) {
  const t = useTexts('columns')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const go = useGoTo()
  const again = () => queries.invalidateQueries({ queryKey: api.columns.layouts.list.key() })
  const create = useMutation(
    api.columns.layouts.create.mutationOptions({
      onSuccess: (made) => {
        void again()
        go(made.layoutId)
      },
    }),
  )
  return {
    copy: () =>
      create.mutate({
        name: t('layouts.copyOf', { name }).slice(0, 100),
        shared: false,
        columns: columns.map((column) => ({ ...column, columnId: null })),
      }),
    remove: async () => {
      await api.columns.layouts.remove.call({ layoutId })
      await again()
      await navigate({ to: '/w/$slug/columns', params: { slug } })
    },
  }
}
