import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { GraphDialog } from './graph-dialog.tsx'
import { OperationLine } from './operation-line.tsx'
import { ActPreview } from './preview-view.tsx'
import type { Operation } from './shapes.ts'
import { useRefreshPeople } from './use-graph-done.ts'

/** Takes one act back, whenever it was: first what comes of it, then why. */
export function UndoDialog({ operation, onClose }: { operation: Operation; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const refresh = useRefreshPeople()
  const [reason, setReason] = useState('')
  const { operationId } = operation
  const undo = useMutation(
    api.people.graph.undo.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        onClose()
        showDone(t('graph.undone'))
        await refresh()
      },
    }),
  )
  return (
    <GraphDialog title={t('graph.undo.title')} onClose={onClose}>
      <OperationLine operation={operation} />
      <ActPreview act={{ kind: 'undo', operationId }} />
      <Form
        submit={t('graph.undo.submit')}
        busy={undo.isPending}
        error={undo.error}
        onSubmit={() => undo.mutate({ operationId, reason: reason.trim() })}
      >
        <ReasonField label={t('graph.undo.reason')} value={reason} onChange={setReason} />
      </Form>
    </GraphDialog>
  )
}
