import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import styles from './approvals.module.css'

const DAY_MS = 86_400_000

/** Who is asked while one is away. */
export function StandInButton() {
  const t = useTexts('publishing')
  const formats = useFormats()
  const api = useApi()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(api.publishing.approvals.standIn.queryOptions({ input: {} }))
  const members = useQuery(api.accounts.members.list.queryOptions({ input: {} })).data?.items ?? []
  const standIn = data?.standIn
  const name = members.find(({ memberId }) => memberId === standIn?.memberId)?.name
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {standIn && name
          ? t('approval.standIn.now', { name, time: formats.date(standIn.until) })
          : t('approval.standIn.open')}
      </Button>
      {open && data && <StandInDialog present={data.standIn} members={members} onClose={() => setOpen(false)} />}
    </>
  )
}

interface StandInDialogProps {
  present: { memberId: string; until: Date } | null
  members: readonly { memberId: string; name: string; state: string }[]
  onClose(): void
}

function StandInDialog({ present, members, onClose }: StandInDialogProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const [memberId, setMemberId] = useState(present?.memberId ?? null)
  const [until, setUntil] = useState((present?.until ?? new Date(Date.now() + 14 * DAY_MS)).toISOString().slice(0, 10))
  const save = useMutation(
    api.publishing.approvals.setStandIn.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.publishing.approvals.key() })
        onClose()
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('approval.standIn.title')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles.lead}>{t('approval.standIn.why')}</p>
      <Select
        label={t('approval.standIn.who')}
        data={members
          .filter(({ state }) => state === 'active')
          .map(({ memberId: value, name }) => ({ value, label: name }))}
        value={memberId}
        onChange={setMemberId}
        searchable
        data-autofocus
      />
      <TextInput
        mt="sm"
        type="date"
        label={t('approval.standIn.until')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <div role="alert">{save.error && <p className={styles.error}>{textOfFailure(failureOf(save.error))}</p>}</div>
      <Group justify="flex-end" mt="md" gap="sm">
        {present && (
          <Button loading={save.isPending} onClick={() => save.mutate({ standIn: null })}>
            {t('approval.standIn.end')}
          </Button>
        )}
        <Button
          variant="filled"
          loading={save.isPending}
          disabled={!memberId || until === ''}
          onClick={() => memberId && save.mutate({ standIn: { memberId, until: new Date(`${until}T23:59:59`) } })}
        >
          {t('approval.standIn.save')}
        </Button>
      </Group>
    </Modal>
  )
}
