import { Anchor, Button, Group, Modal, Radio, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { firstFault, required, webAddress } from '../ui/fields.ts'
import styles from './publishing.module.css'
import type { Delivery } from './shapes.ts'

const DECISIONS = ['it-is-there', 'send-again', 'drop'] as const
type Decision = (typeof DECISIONS)[number]

interface DecideDialogProps {
  delivery: Delivery
  /** Where on the network it would stand: the page of what it answers. */
  lookAt: string | null
  onClose(): void
}

/** Nobody knows whether it went out, and the network cannot be asked: a person looks there and says so here. */
export function DecideDialog({ delivery, lookAt, onClose }: DecideDialogProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const [decision, setDecision] = useState<Decision>('it-is-there')
  const [url, setUrl] = useState('')
  const [tried, setTried] = useState(false)
  const { mutate, isPending, error } = useMutation(
    api.publishing.deliveries.decide.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: api.publishing.deliveries.key() })
        onClose()
      },
    }),
  )
  const fault = decision === 'it-is-there' ? firstFault(url, [required, webAddress]) : null
  const decide = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (fault || isPending) return
    const { deliveryId } = delivery
    mutate(decision === 'it-is-there' ? { deliveryId, decision, url: url.trim() } : { deliveryId, decision })
  }
  return (
    <Modal opened onClose={onClose} title={t('decide.title')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <form onSubmit={decide} noValidate>
        <p className={styles.lead}>{t('decide.why', { account: delivery.sourceName })}</p>
        <blockquote className={styles.quote}>{delivery.text}</blockquote>
        {lookAt && (
          <Anchor display="block" mb="md" href={lookAt} target="_blank" rel="noopener noreferrer">
            {t('decide.look')}
          </Anchor>
        )}
        <Radio.Group
          value={decision}
          onChange={(value) => setDecision(DECISIONS.find((each) => each === value) ?? 'it-is-there')}
          label={t('decide.question')}
        >
          <div className={styles.choices}>
            {DECISIONS.map((each) => (
              <Radio key={each} value={each} label={t(`decide.${each}`)} description={t(`decide.${each}-then`)} />
            ))}
          </div>
        </Radio.Group>
        {decision === 'it-is-there' && (
          <TextInput
            mt="sm"
            label={t('decide.address')}
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={tried && fault ? t(fault.key, fault.params ?? {}) : null}
          />
        )}
        <div role="alert">{error ? <p className={styles.error}>{textOfFailure(failureOf(error))}</p> : null}</div>
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" loading={isPending}>
            {t('decide.do')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
