import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import styles from './crisis.module.css'
import { useSaved } from './saved.ts'
import type { Proposal } from './shapes.ts'

interface ProposalsProps {
  proposals: Proposal[]
  mayDeclare: boolean
  onDeclare(proposal: Proposal): void
}

/** One click declares; no crisis needs a reason. */
export function Proposals({ proposals, mayDeclare, onDeclare }: ProposalsProps) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (proposals.length === 0) return null
  return (
    <section className={styles.urgent} aria-label={t('proposal.title')}>
      {proposals.map((proposal) => (
        <div key={proposal.alarmId} className={styles.proposal}>
          <p>
            <strong>{t('proposal.about', { topic: proposal.topicName })}</strong>{' '}
            {t('proposal.posts', {
              count: proposal.posts,
              posts: formats.number(proposal.posts),
              expected: formats.number(Math.round(proposal.expected)),
            })}
          </p>
          {mayDeclare && dismissed !== proposal.alarmId && (
            <div className={styles.actions}>
              <Button variant="filled" color="red" onClick={() => onDeclare(proposal)}>
                {t('declare.action')}
              </Button>
              <Button onClick={() => setDismissed(proposal.alarmId)}>{t('proposal.dismiss')}</Button>
            </div>
          )}
          {dismissed === proposal.alarmId && <Dismissal alarmId={proposal.alarmId} onDone={() => setDismissed(null)} />}
        </div>
      ))}
    </section>
  )
}

function Dismissal({ alarmId, onDone }: { alarmId: string; onDone(): void }) {
  const t = useTexts('crisis')
  const [reason, setReason] = useState('')
  const dismiss = useMutation(useApi().crisis.proposals.dismiss.mutationOptions(useSaved(onDone)))
  return (
    <Form
      submit={t('proposal.dismiss')}
      busy={dismiss.isPending}
      error={dismiss.error}
      onSubmit={() => dismiss.mutate({ alarmId, reason })}
      beside={<Button onClick={onDone}>{t('ui:cancel')}</Button>}
    >
      <ReasonField label={t('reason')} value={reason} onChange={setReason} />
    </Form>
  )
}
