import { Modal, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import type { LayoutChanges } from './layout-changes.ts'
import type { Layout } from './shapes.ts'

export function useGoTo() {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  return (layoutId: string) => void navigate({ to: '/w/$slug/columns/$layoutId', params: { slug, layoutId } })
}

export function NewLayout({ mayShare, onClose }: { mayShare: boolean; onClose(): void }) {
  const t = useTexts('columns')
  const api = useApi()
  const queries = useQueryClient()
  const go = useGoTo()
  const create = useMutation(
    api.columns.layouts.create.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: ({ layoutId }) => {
        void queries.invalidateQueries({ queryKey: api.columns.layouts.list.key() })
        onClose()
        go(layoutId)
      },
    }),
  )
  return (
    <NamedLayout
      title={t('layouts.new')}
      first={{ name: '', shared: false }}
      mayShare={mayShare}
      busy={create.isPending}
      error={create.error}
      onSave={(named) => create.mutate({ ...named, columns: [] })}
      onClose={onClose}
    />
  )
}

interface ChangedLayoutProps {
  layout: Layout
  changes: LayoutChanges
  onClose(): void
}

export function ChangedLayout({ layout, changes, onClose }: ChangedLayoutProps) {
  const t = useTexts('columns')
  const save = async (named: { name: string; shared: boolean }) => {
    const saved = await changes.save(named).catch(() => null)
    if (saved) onClose()
  }
  return (
    <NamedLayout
      title={t(changes.mayShare ? 'layouts.change' : 'layouts.rename')}
      first={layout}
      mayShare={changes.mayShare}
      busy={changes.busy}
      error={changes.error}
      onSave={(named) => void save(named)}
      onClose={onClose}
    />
  )
}

interface NamedLayoutProps {
  title: string
  first: { name: string; shared: boolean }
  mayShare: boolean
  busy: boolean
  error: unknown
  onSave(named: { name: string; shared: boolean }): void
  onClose(): void
}

function NamedLayout({ title, first, mayShare, busy, error, onSave, onClose }: NamedLayoutProps) {
  const t = useTexts('columns')
  const [name, setName] = useState(first.name)
  const [shared, setShared] = useState(first.shared)
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <Form
        submit={t('settings.save')}
        busy={busy}
        error={error}
        onSubmit={() => name.trim() && onSave({ name, shared })}
      >
        <TextInput
          label={t('layouts.name')}
          value={name}
          required
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {mayShare && (
          <Switch
            label={t('layouts.share')}
            description={t('layouts.shareHow')}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
      </Form>
    </Modal>
  )
}
