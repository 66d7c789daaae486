import { Button, Checkbox, Group, Menu, Modal, TextInput, UnstyledButton } from '@mantine/core'
import { IconBookmark, IconCheck, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { showUndo } from '../platform/undo.tsx'
import styles from './list.module.css'
import { filtersOf, type InboxSearch, orderOf, plain, sameSearch, searchOfFilters } from './search.ts'
import type { SavedView } from './shapes.ts'

interface SavedViewsProps {
  search: InboxSearch
  onChange(search: InboxSearch): void
}

/** Filters under a name: one's own and those that the team shares. */
export function SavedViews({ search, onChange }: SavedViewsProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const mayWork = useMay('inbox.work')
  const mayManage = useMay('inbox.manage')
  const queries = useQueryClient()
  const { data } = useQuery(api.inbox.views.list.queryOptions({ input: {} }))
  const [naming, setNaming] = useState<SavedView | 'new' | null>(null)
  const again = () => queries.invalidateQueries({ queryKey: api.inbox.views.key() })
  const create = useMutation(api.inbox.views.create.mutationOptions({ onSuccess: again }))
  const remove = useMutation(api.inbox.views.remove.mutationOptions({ onSuccess: again }))

  const views = data?.items ?? []
  const shown = views.find((view) => sameSearch(searchOfFilters(view.filters), search))
  const mayChange = (view: SavedView) => mayWork && (view.shared ? mayManage : view.mine)
  const removeView = (view: SavedView) => {
    const { savedViewId, mine: _, ...rest } = view
    remove.mutate({ savedViewId })
    showUndo({ message: t('view.removed', { name: view.name }), undoLabel: t('undo'), undo: () => create.mutate(rest) })
  }
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <UnstyledButton className={styles.control} data-active={shown ? true : undefined}>
            <IconBookmark size={14} stroke={1.8} aria-hidden />
            <span className={styles.controlText}>{shown?.name ?? t('view.title')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {views.length === 0 && <Menu.Label>{t('view.none')}</Menu.Label>}
          {views.map((view) => (
            <Menu.Item
              key={view.savedViewId}
              leftSection={
                view.shared ? <IconUsers size={14} aria-label={t('view.shared')} /> : <span className={styles.gap} />
              }
              rightSection={view === shown ? <IconCheck size={14} aria-hidden /> : null}
              onClick={() => onChange(plain(searchOfFilters(view.filters)))}
            >
              {view.name}
            </Menu.Item>
          ))}
          {mayWork && <Menu.Divider />}
          {shown && mayChange(shown) && (
            <>
              <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={() => setNaming(shown)}>
                {t('view.rename', { name: shown.name })}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => removeView(shown)}>
                {t('view.remove', { name: shown.name })}
              </Menu.Item>
            </>
          )}
          {mayWork && !shown && (
            <Menu.Item leftSection={<IconBookmark size={14} aria-hidden />} onClick={() => setNaming('new')}>
              {t('view.save')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {naming && <NameView view={naming} search={search} mayShare={mayManage} onClose={() => setNaming(null)} />}
    </>
  )
}

interface NameViewProps {
  view: SavedView | 'new'
  search: InboxSearch
  mayShare: boolean
  onClose(): void
}

function NameView({ view, search, mayShare, onClose }: NameViewProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const isNew = view === 'new'
  const [name, setName] = useState(isNew ? '' : view.name)
  const [shared, setShared] = useState(isNew ? false : view.shared)
  const done = {
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: api.inbox.views.key() })
      onClose()
    },
    meta: { shownInPlace: true },
  }
  const create = useMutation(api.inbox.views.create.mutationOptions(done))
  const update = useMutation(api.inbox.views.update.mutationOptions(done))
  const { error, isPending } = isNew ? create : update
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '' || isPending) return
    if (isNew) create.mutate({ name, shared, filters: { ...filtersOf(search), order: orderOf(search) } })
    else update.mutate({ savedViewId: view.savedViewId, name, shared, filters: view.filters })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={isNew ? t('view.saveTitle') : t('view.renameTitle')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form onSubmit={save}>
        <TextInput
          label={t('view.name')}
          placeholder={t('view.example')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={error ? textOfFailure(failureOf(error)) : null}
          data-autofocus
        />
        {mayShare && (
          <Checkbox
            mt="md"
            label={t('view.share')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={isPending}>
            {t('view.saveIt')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
