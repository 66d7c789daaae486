import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import type { Link } from '../shapes.ts'
import { GraphDialog } from './graph-dialog.tsx'
import { ActPreview } from './preview-view.tsx'
import { useGraphDone } from './use-graph-done.ts'

/** Says that an identity is not that person's; it belongs to nobody then. */
export function CutDialog({ link: { author }, onClose }: { link: Pick<Link, 'author'>; onClose(): void }) {
  const t = useTexts('people')
  const api = useApi()
  const done = useGraphDone()
  const account = useAuthorName()(author)
  const [reason, setReason] = useState('')
  const { authorId } = author
  const cut = useMutation(
    api.people.graph.cut.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async ({ operationId }) => {
        onClose()
        await done(t('graph.cut.done', { account }), operationId)
      },
    }),
  )
  return (
    <GraphDialog title={t('graph.cut.title', { account })} onClose={onClose}>
      <ActPreview act={{ kind: 'cut', authorId }} />
      <Form
        submit={t('graph.cut.action')}
        busy={cut.isPending}
        error={cut.error}
        onSubmit={() => cut.mutate({ authorId, reason: reason.trim() })}
      >
        <ReasonField label={t('graph.cut.why')} value={reason} onChange={setReason} />
      </Form>
    </GraphDialog>
  )
}
