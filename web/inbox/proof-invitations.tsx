import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { showDone } from '../platform/undo.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import styles from './author.module.css'
import type { Opened } from './shapes.ts'

/** What the author was asked to prove, and what became of it. Nothing where nobody asked. */
export function ProofInvitations({ opened }: { opened: Opened }) {
  const t = useTexts('inbox')
  const api = useApi()
  const queries = useQueryClient()
  const formats = useFormats()
  const { slug } = useWorkspace()
  const mayAnswer = useMay('answers.draft')
  const { conversationId } = opened.conversation
  const { data } = useQuery(api.proofs.invitations.list.queryOptions({ input: { conversationId } }))
  const { data: waiting } = useQuery({
    ...api.proofs.questions.list.queryOptions({ input: {} }),
    enabled: (data?.items.length ?? 0) > 0,
  })
  const revoke = useMutation(
    api.proofs.invitations.revoke.mutationOptions({
      onSuccess: async () => {
        showDone(t('proof.revoked'))
        await queries.invalidateQueries({ queryKey: api.proofs.invitations.key() })
      },
    }),
  )
  if (!data || data.items.length === 0) return null
  const question = waiting?.items.some(({ author }) => author.authorId === opened.conversation.author.authorId)
  return (
    <section className={styles.section} aria-labelledby="proof-invitations">
      <h3 id="proof-invitations" className={styles.title}>
        {t('proof.invitations')}
      </h3>
      <ul className={styles.list}>
        {data.items.map(({ proofInvitationId, asked, state, createdAt, openedAt, provenAt, expiresAt }) => (
          <li key={proofInvitationId} className={styles.item}>
            <span className={styles.itemHead}>
              <span>{t(`proof.what.${asked}`)}</span>
              <span className={styles.time}>
                <TimeAgo time={provenAt ?? openedAt ?? createdAt} />
              </span>
            </span>
            <span className={styles.quiet}>{t(`proof.state.${state}`, { date: formats.date(expiresAt) })}</span>
            {mayAnswer && (state === 'sent' || state === 'opened' || state === 'part-proven') && (
              <div>
                <Button
                  size="compact-xs"
                  loading={revoke.isPending}
                  onClick={() => revoke.mutate({ proofInvitationId })}
                >
                  {t('proof.revoke')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {question && (
        <Link className={styles.all} to="/w/$slug/people/proofs" params={{ slug }}>
          {t('proof.question')}
        </Link>
      )}
    </section>
  )
}
