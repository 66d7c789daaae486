import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAuthorName } from '../listening/author-line.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { Form } from '../ui/form.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import type { Link } from './shapes.ts'

/** Takes a link back, with the reason that the next reader will want to know. */
export function WithdrawLink({ link, onClose }: { link: Link; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const queries = useQueryClient()
  const nameOf = useAuthorName()
  const [reason, setReason] = useState('')
  const said = { account: nameOf(link.author), person: link.person.name }
  const withdraw = useMutation(
    api.people.persons.withdraw.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        showDone(t('links.withdrawnDone', said))
        onClose()
        await Promise.all(
          [api.people.key(), api.listening.timelines.key()].map((queryKey) => queries.invalidateQueries({ queryKey })),
        )
      },
    }),
  )
  return (
    <Modal opened onClose={onClose} title={t('links.withdrawTitle')} closeButtonProps={{ 'aria-label': t('ui:close') }}>
      <p>{t('links.withdrawWhat', said)}</p>
      <Form
        submit={t('links.withdraw')}
        busy={withdraw.isPending}
        error={withdraw.error}
        onSubmit={() => withdraw.mutate({ linkId: link.linkId, reason: reason.trim() })}
      >
        <ReasonField label={t('links.reason')} value={reason} onChange={setReason} />
      </Form>
    </Modal>
  )
}
