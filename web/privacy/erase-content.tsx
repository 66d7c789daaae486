import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Form } from '../ui/form.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import type { TrailEntry } from './sentence.ts'
import styles from './trail.module.css'

/** Erases what was said in an event. It shows exactly what goes, and asks why: that stays. */
export function EraseContent({ entry, onClose }: { entry: TrailEntry; onClose(): void }) {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const erase = useMutation(
    api.privacy.trail.erase.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.privacy.trail.list.key() })
        showDone(t('erase.done'))
        onClose()
      },
    }),
  )
  return (
    <Modal opened onClose={onClose} title={t('erase.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p>{t('erase.what')}</p>
      <blockquote className={styles.goes} dir="auto">
        {entry.said ?? t('erase.hidden')}
      </blockquote>
      <p>{t('erase.stays')}</p>
      <Form
        submit={t('erase.submit')}
        danger
        busy={erase.isPending}
        error={erase.error}
        onSubmit={() => erase.mutate({ eventIds: [entry.eventId], reason: reason.trim() })}
      >
        <ReasonField label={t('erase.reason')} description={t('erase.reasonWhy')} value={reason} onChange={setReason} />
      </Form>
    </Modal>
  )
}
