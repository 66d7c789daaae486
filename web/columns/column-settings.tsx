import { Modal, SegmentedControl, Select, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ORDERS as QUEUE_ORDERS } from '../inbox/search.ts'
import { useTexts } from '../platform/i18n.ts'
import { Form } from '../ui/form.tsx'
import { ColumnFilters } from './column-filters.tsx'
import { useColumnName } from './column-name.ts'
import styles from './columns.module.css'
import type { LayoutChanges } from './layout-changes.ts'
import { SearchWords } from './new-column-forms.tsx'
import type { Column, ColumnLook, Layout } from './shapes.ts'

const ORDERS: Record<Column['kind'], readonly Column['order'][]> = {
  topic: ['newest', 'useful'],
  search: ['newest'],
  mentions: ['newest'],
  person: ['newest'],
  queue: QUEUE_ORDERS,
  approvals: ['due'],
}

interface ColumnSettingsProps {
  column: Column
  layout: Layout
  changes: LayoutChanges
  onClose(): void
}

/** What it shows, for everybody who has the layout; and how one looks at it oneself, which counts at once. */
export function ColumnSettings({ column, layout, changes, onClose }: ColumnSettingsProps) {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.title', { name: nameOf(column) })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {changes.mayChange && <What column={column} layout={layout} changes={changes} onClose={onClose} />}
      <Look look={column.look} onLook={(change) => changes.look(column.columnId, change)} />
    </Modal>
  )
}

function What({ column, layout, changes, onClose }: ColumnSettingsProps) {
  const t = useTexts('columns')
  const nameOf = useColumnName()
  const [draft, setDraft] = useState(column)
  const orders = ORDERS[column.kind]
  const save = async () => {
    const columns = layout.columns.map((one) => (one.columnId === column.columnId ? draft : one))
    // What was wrong is said in the form.
    const saved = await changes.save({ columns }).catch(() => null)
    if (saved) onClose()
  }
  return (
    <Form submit={t('settings.save')} busy={changes.busy} error={changes.error} onSubmit={() => void save()}>
      <TextInput
        label={t('settings.name')}
        placeholder={nameOf({ ...draft, name: null })}
        value={draft.name ?? ''}
        maxLength={100}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value || null })}
        data-autofocus
      />
      {draft.kind === 'search' && (
        <SearchWords query={draft.query} onChange={(query) => setDraft({ ...draft, query })} />
      )}
      <div className={styles.filters}>
        <ColumnFilters column={draft} onChange={setDraft} />
      </div>
      {orders.length > 1 && (
        <Select
          label={t('settings.order')}
          data={orders.map((order) => ({ value: order, label: t(`orders.${order}`) }))}
          value={draft.order}
          allowDeselect={false}
          onChange={(order) => order && setDraft({ ...draft, order } as Column)}
        />
      )}
    </Form>
  )
}

function Look({ look, onLook }: { look: ColumnLook; onLook(change: Partial<ColumnLook>): void }) {
  const t = useTexts('columns')
  return (
    <fieldset className={styles.look}>
      <legend>{t('look.title')}</legend>
      <SegmentedControl
        aria-label={t('look.density')}
        data={(['comfortable', 'compact'] as const).map((density) => ({
          value: density,
          label: t(`look.densities.${density}`),
        }))}
        value={look.density}
        onChange={(density) => onLook({ density: density as ColumnLook['density'] })}
      />
      <Switch
        label={t('look.flows')}
        description={t('look.flowsHow')}
        checked={look.flows}
        onChange={(event) => onLook({ flows: event.currentTarget.checked })}
      />
      <Switch
        label={t('look.sound')}
        checked={look.sound}
        onChange={(event) => onLook({ sound: event.currentTarget.checked })}
      />
      <Switch
        label={t('look.muted')}
        description={t('look.mutedHow')}
        checked={look.muted}
        onChange={(event) => onLook({ muted: event.currentTarget.checked })}
      />
      <Switch
        label={t('look.paused')}
        description={t('look.pausedHow')}
        checked={look.paused}
        onChange={(event) => onLook({ paused: event.currentTarget.checked })}
      />
    </fieldset>
  )
}
