import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './routing.module.css'
import type { Rule } from './shapes.ts'

interface SaveBarProps {
  rules: Rule[]
  against: number
  /** Somebody saved another version since. */
  isBehind: boolean
  /** Rules that cannot be saved as they are. */
  faulty: number
  onSaved(): void
  onDiscard(): void
}

/** Stands while something is changed: what is in the way, and the two ways out. */
export function SaveBar({ rules, against, isBehind, faulty, onSaved, onDiscard }: SaveBarProps) {
  const t = useTexts('inbox')
  const [asking, setAsking] = useState(false)
  return (
    <div className={styles.bar} role="status">
      <Tag tone="notice">{t('routing.unsaved')}</Tag>
      {isBehind && <span>{t('routing.changed')}</span>}
      {faulty > 0 && <span>{t('routing.problems', { count: faulty })}</span>}
      <span className={styles.barButtons}>
        <Button size="compact-sm" onClick={onDiscard}>
          {t('routing.discard')}
        </Button>
        <Button size="compact-sm" variant="filled" disabled={faulty > 0 || isBehind} onClick={() => setAsking(true)}>
          {t('routing.save')}
        </Button>
      </span>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('routing.saveTitle', { version: against + 1 })}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <SaveForm
          rules={rules}
          against={against}
          onSaved={() => {
            setAsking(false)
            onSaved()
          }}
        />
      </Modal>
    </div>
  )
}

function SaveForm({ rules, against, onSaved }: Pick<SaveBarProps, 'rules' | 'against' | 'onSaved'>) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const save = useMutation(
    api.inbox.routing.save.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ version }) => {
        await queries.invalidateQueries({ queryKey: api.inbox.routing.key() })
        onSaved()
        showDone(t('routing.saved', { version }))
      },
    }),
  )
  return (
    <Form
      submit={t('routing.save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ againstVersion: against, rules, note })}
    >
      <TextInput
        label={t('routing.note')}
        value={note}
        maxLength={500}
        data-autofocus
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Form>
  )
}
