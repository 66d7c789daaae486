import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { ReasonField } from '../ui/reason-field.tsx'
import styles from './publishing.module.css'
import type { Delivery } from './shapes.ts'

const REASON_CHARACTERS_MIN = 3

/** Takes an own post off the network. That cannot be undone, so it asks why; the trail keeps the reason. */
export function RemoveDialog({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const { mutate, isPending, error } = useMutation(
    api.publishing.deliveries.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.publishing.deliveries.key() })
        onClose()
      },
    }),
  )
  const enough = reason.trim().length >= REASON_CHARACTERS_MIN
  const remove = (event: FormEvent) => {
    event.preventDefault()
    if (enough && !isPending) mutate({ deliveryId: delivery.deliveryId, reason })
  }
  return (
    <Modal opened onClose={onClose} title={t('remove.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form onSubmit={remove}>
        <p className={styles.lead}>{t('remove.what')}</p>
        <blockquote className={styles.quote}>{delivery.text}</blockquote>
        <ReasonField label={t('remove.reason')} value={reason} onChange={setReason} />
        <div role="alert">{error ? <p className={styles.error}>{textOfFailure(failureOf(error))}</p> : null}</div>
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" color="red" variant="filled" disabled={!enough} loading={isPending}>
            {t('remove.do')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
