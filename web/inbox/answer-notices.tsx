import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import styles from './composer.module.css'
import type { LeaseHere } from './lease.ts'
import { usePeopleHere } from './people-here.ts'
import type { Opened } from './shapes.ts'

const REASON_CHARACTERS_MIN = 3

interface AnswerNoticesProps {
  opened: Opened
  lease: LeaseHere
  newsCount: number
  onRead(): void
  /** The lease was taken over: one goes on writing. */
  onTaken(): void
}

/** What one has to know before one sends: a colleague is at it, or the customer wrote again. */
export function AnswerNotices({ opened, lease, newsCount, onRead, onTaken }: AnswerNoticesProps) {
  const t = useTexts('inbox')
  const formats = useFormats()
  const mayManage = useMay('inbox.manage')
  const [taking, setTaking] = useState(false)
  const takenOver = useTakenOver(opened, lease)
  return (
    <div role="status">
      {lease.heldBy && (
        <p className={styles.notice}>
          <span>
            {takenOver && `${t('lease.takenOver', takenOver)} `}
            {t('lease.held', { name: lease.heldBy.holder.name, time: formats.clock(lease.heldBy.expiresAt) })}
          </span>
          {mayManage && (
            <Button size="compact-xs" onClick={() => setTaking(true)}>
              {t('lease.takeOver')}
            </Button>
          )}
        </p>
      )}
      {lease.mine && <p className={styles.mine}>{t('lease.mine', { time: formats.clock(lease.mine.expiresAt) })}</p>}
      {newsCount > 0 && (
        <p className={styles.notice} data-tone="news">
          <span>{t('news.banner', { count: newsCount })}</span>
          <Button size="compact-xs" onClick={onRead}>
            {t('news.read')}
          </Button>
        </p>
      )}
      {taking && lease.heldBy && (
        <TakeOver
          conversationId={opened.conversation.conversationId}
          name={lease.heldBy.holder.name}
          lease={lease}
          onClose={() => setTaking(false)}
          onTaken={() => {
            setTaking(false)
            onTaken()
          }}
        />
      )}
    </div>
  )
}

/** From whom it was taken, where one wrote oneself: who did, and why. */
function useTakenOver({ timeline }: Opened, { heldBy }: LeaseHere): { name: string; reason: string } | null {
  const { me } = usePeopleHere()
  const last = timeline.findLast((entry) => entry.kind === 'event' && entry.type === 'conversation.taken-over')
  if (!heldBy || last?.kind !== 'event') return null
  const mine = last.subjects.memberId === me && last.actor.id === heldBy.holder.id
  return mine ? { name: heldBy.holder.name, reason: last.reason ?? '–' } : null
}

interface TakeOverProps {
  conversationId: string
  name: string
  lease: LeaseHere
  onClose(): void
  onTaken(): void
}

/** From a colleague only with a reason, which both read in the conversation. */
function TakeOver({ conversationId, name, lease, onClose, onTaken }: TakeOverProps) {
  const t = useTexts('inbox')
  const api = useApi()
  const [reason, setReason] = useState('')
  const { mutate, isPending, error } = useMutation(
    api.inbox.leases.takeOver.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: (taken) => {
        lease.show(taken)
        onTaken()
      },
    }),
  )
  const enough = reason.trim().length >= REASON_CHARACTERS_MIN
  const take = (event: FormEvent) => {
    event.preventDefault()
    if (enough && !isPending) mutate({ conversationId, reason })
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('lease.takeOverFrom', { name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <form onSubmit={take}>
        <p className={styles.lead}>{t('lease.takeOverWhy', { name })}</p>
        <Textarea
          label={t('lease.reason')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <div role="alert">{error ? <p className={styles.error}>{textOfFailure(failureOf(error))}</p> : null}</div>
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={onClose}>{t('ui:cancel')}</Button>
          <Button type="submit" variant="filled" disabled={!enough} loading={isPending}>
            {t('lease.takeOverDo')}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
