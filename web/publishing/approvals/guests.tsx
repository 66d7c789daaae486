import { Button, Group, Modal, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMayAt } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from './approvals.module.css'

type Open = Awaited<ReturnType<ReturnType<typeof useApi>['publishing']['approvals']['get']['call']>>
const DAYS_MAX = 30

/** Links for people of another house: a client, a lawyer. Each opens this one text. */
export function Guests({ approval }: { approval: Open }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const may = useMayAt('answers.approve', approval.sourceId)
  const [inviting, setInviting] = useState(false)
  const revoke = useMutation(
    api.publishing.approvals.revokeGuest.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.publishing.approvals.key() }),
    }),
  )
  const open = approval.state === 'open'
  if (!may || (approval.guests.length === 0 && !(open && approval.mayApprove))) return null
  return (
    <section className={styles.part} aria-label={t('approval.guests')}>
      <h2>{t('approval.guests')}</h2>
      <ul className={styles.guests}>
        {approval.guests.map((guest) => {
          const ended = guest.revokedAt !== null || guest.expiresAt < new Date() || !open
          return (
            <li key={guest.guestId} className={styles.guest}>
              <strong>{guest.name}</strong>
              <Tag tone={ended ? 'neutral' : guest.openedAt ? 'accent' : 'notice'}>
                {ended
                  ? t('approval.guest.ended')
                  : t(guest.openedAt ? 'approval.guest.opened' : 'approval.guest.sent')}
              </Tag>
              {!ended && (
                <>
                  <span className={styles.why}>
                    {t('approval.until', { time: formats.toTheMinute(guest.expiresAt) })}
                  </span>
                  <Button
                    size="compact-xs"
                    loading={revoke.isPending}
                    onClick={() => revoke.mutate({ guestId: guest.guestId })}
                  >
                    {t('approval.guest.revoke')}
                  </Button>
                </>
              )}
            </li>
          )
        })}
      </ul>
      {open && approval.mayApprove && (
        <div>
          <Button onClick={() => setInviting(true)}>{t('approval.guest.invite')}</Button>
        </div>
      )}
      {inviting && <InviteDialog approvalId={approval.approvalId} onClose={() => setInviting(false)} />}
    </section>
  )
}

function InviteDialog({ approvalId, onClose }: { approvalId: string; onClose(): void }) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [days, setDays] = useState(3)
  const invite = useMutation(
    api.publishing.approvals.inviteGuest.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => queries.invalidateQueries({ queryKey: api.publishing.approvals.key() }),
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('approval.guest.invite')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {invite.data ? (
        <>
          <p className={styles.lead}>{t('approval.guest.linkWhy')}</p>
          <div className={styles.link}>
            <TextInput label={t('approval.guest.link')} value={invite.data.link} readOnly data-autofocus />
            <CopyButton text={invite.data.link} label={t('approval.guest.copy')} />
          </div>
          <Group justify="flex-end" mt="md">
            <Button variant="filled" onClick={onClose}>
              {t('ui:close')}
            </Button>
          </Group>
        </>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '' && !invite.isPending) invite.mutate({ approvalId, name, days })
          }}
        >
          <p className={styles.lead}>{t('approval.guest.why')}</p>
          <TextInput
            label={t('approval.guest.name')}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <NumberInput
            mt="sm"
            label={t('approval.guest.days')}
            value={days}
            onChange={(value) => setDays(Number(value) || 1)}
            min={1}
            max={DAYS_MAX}
          />
          <div role="alert">
            {invite.error && <p className={styles.error}>{textOfFailure(failureOf(invite.error))}</p>}
          </div>
          <Group justify="flex-end" mt="md" gap="sm">
            <Button onClick={onClose}>{t('ui:cancel')}</Button>
            <Button type="submit" variant="filled" disabled={name.trim() === ''} loading={invite.isPending}>
              {t('approval.guest.make')}
            </Button>
          </Group>
        </form>
      )}
    </Modal>
  )
}
