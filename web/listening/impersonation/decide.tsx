import { Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { handleText, useAuthorName } from '../author-line.tsx'
import type { Decision, Flag } from './states.ts'

interface DecideProps {
  flag: Flag
  decision: Decision
  onClose(): void
}

/** A decision is for colleagues to read later, so it asks why. */
export function Decide({ flag, decision, onClose }: DecideProps) {
  const t = useTexts('listening')
  const api = useApi()
  const queries = useQueryClient()
  const nameOf = useAuthorName()
  // Its name may be ours: the handle tells the two apart.
  const name = flag.author.handle ? handleText(flag.author.handle) : nameOf(flag.author)
  const [because, setBecause] = useState('')
  const { authorId } = flag.author
  const refresh = () => queries.invalidateQueries({ queryKey: api.listening.impersonation.key() })
  const reopen = useMutation(api.listening.impersonation.reopen.mutationOptions({ onSuccess: refresh }))
  const decided = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      showUndo({
        message: t(`lookAlikes.done.${decision}`, { name }),
        undoLabel: t('undo'),
        undo: () => reopen.mutate({ authorId }),
      })
      onClose()
      await refresh()
    },
  }
  const dismiss = useMutation(api.listening.impersonation.dismiss.mutationOptions(decided))
  const confirm = useMutation(api.listening.impersonation.confirm.mutationOptions(decided))
  const act = decision === 'dismiss' ? dismiss : confirm
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`lookAlikes.${decision}`)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p>{t(`lookAlikes.what.${decision}`, { name })}</p>
      <Form
        submit={t(`lookAlikes.${decision}`)}
        busy={act.isPending}
        error={act.error}
        onSubmit={() => act.mutate({ authorId, because: because.trim() })}
      >
        <ReasonField label={t('lookAlikes.because')} value={because} onChange={setBecause} />
      </Form>
    </Modal>
  )
}
