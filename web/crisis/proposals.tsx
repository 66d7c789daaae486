import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
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
  const { slug } = useWorkspace()
  const [dismissed, setDismissed] = useState<string | null>(null)
  if (proposals.length === 0) return null
  return (
    <section className={styles.urgent} aria-label={t('proposal.title')}>
      {proposals.map((proposal) => (
        <div key={proposal.proposalId} className={styles.proposal}>
          <p>
            <strong>
              {proposal.topicName ? t('proposal.about', { topic: proposal.topicName }) : t('proposal.aboutWorkspace')}
            </strong>{' '}
            {proposal.posts !== null &&
              t('proposal.posts', {
                count: proposal.posts,
                posts: formats.number(proposal.posts),
                expected: formats.number(Math.round(proposal.expected ?? 0)),
              })}
            {proposal.conversationId && (
              <Link to="/w/$slug/inbox/$conversationId" params={{ slug, conversationId: proposal.conversationId }}>
                {t('proposal.byRule')}
              </Link>
            )}
          </p>
          {mayDeclare && dismissed !== proposal.proposalId && (
            <div className={styles.actions}>
              <Button variant="filled" color="red" onClick={() => onDeclare(proposal)}>
                {t('declare.action')}
              </Button>
              <Button onClick={() => setDismissed(proposal.proposalId)}>{t('proposal.dismiss')}</Button>
            </div>
          )}
          {dismissed === proposal.proposalId && (
            <Dismissal proposalId={proposal.proposalId} onDone={() => setDismissed(null)} />
          )}
        </div>
      ))}
    </section>
  )
}

function Dismissal({ proposalId, onDone }: { proposalId: string; onDone(): void }) {
  const t = useTexts('crisis')
  const [reason, setReason] = useState('')
  const dismiss = useMutation(useApi().crisis.proposals.dismiss.mutationOptions(useSaved(onDone)))
  return (
    <Form
      submit={t('proposal.dismiss')}
      busy={dismiss.isPending}
      error={dismiss.error}
      onSubmit={() => dismiss.mutate({ proposalId, reason })}
      beside={<Button onClick={onDone}>{t('ui:cancel')}</Button>}
    >
      <ReasonField label={t('reason')} value={reason} onChange={setReason} />
    </Form>
  )
}
