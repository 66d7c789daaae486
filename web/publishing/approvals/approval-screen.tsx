import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useNetworkName } from '../../listening/network-names.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { useShortcuts } from '../../platform/shortcuts.ts'
import { showDone } from '../../platform/undo.tsx'
import { NetworkMark } from '../../ui/network-mark.tsx'
import { Place } from '../../ui/place.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { FindingList } from '../policy/finding-list.tsx'
import { stoppedBy } from '../policy/stopped.ts'
import outbox from '../publishing.module.css'
import styles from './approvals.module.css'
import { AuthorName, TONES } from './approvals-screen.tsx'
import { Guests } from './guests.tsx'
import { Remarks } from './remarks.tsx'

type Open = Awaited<ReturnType<ReturnType<typeof useApi>['publishing']['approvals']['get']['call']>>

/** One text: what it answers beside what is to be said, what the policy found, and what colleagues say of it. */
export function ApprovalScreen() {
  const t = useTexts('publishing')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { approvalId } = useParams({ from: '/w/$slug/approvals/$approvalId' })
  const approval = useSuspenseQuery(api.publishing.approvals.get.queryOptions({ input: { approvalId } })).data
  return (
    <Place
      title={t('approval.title', { account: approval.sourceName })}
      onBack={() => void navigate({ to: '/w/$slug/approvals', params: { slug } })}
    >
      <div className={styles.open}>
        <Facts approval={approval} />
        <Text key={approvalId} approval={approval} />
        {approval.judgement.findings.length > 0 && (
          <section className={styles.part} aria-label={t('policy.here')}>
            <h2>{t('policy.here')}</h2>
            <FindingList findings={approval.judgement.findings} text={approval.text} />
          </section>
        )}
        <Remarks approval={approval} />
        <Guests approval={approval} />
      </div>
    </Place>
  )
}

function Facts({ approval }: { approval: Open }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const networkName = useNetworkName()
  const [conversationId] = approval.conversationIds
  const { state, decidedBy, decidedAt } = approval
  return (
    <p className={styles.facts}>
      <Tag tone={TONES[state]}>{t(`approval.state.${state}`)}</Tag>
      <NetworkMark network={approval.network} name={networkName(approval.network)} />
      <span>
        <AuthorName author={approval.author} />
      </span>
      <TimeAgo time={approval.askedAt} />
      {state === 'open' && <span>{t('approval.until', { time: formats.toTheMinute(approval.expiresAt) })}</span>}
      {decidedAt && decidedBy && (
        <span>
          {t(`approval.by.${decidedBy.kind}`, { name: decidedBy.name ?? '–', time: formats.toTheMinute(decidedAt) })}
        </span>
      )}
      {conversationId && (
        <Link
          className={outbox.conversation}
          to="/w/$slug/inbox/$conversationId"
          params={{ slug, conversationId }}
          search={{ state: 'all' }}
        >
          {t('conversation')}
        </Link>
      )}
    </p>
  )
}

/** What is said to us on the left, what we are about to say on the right; editing happens beside both. */
function Text({ approval }: { approval: Open }) {
  const t = useTexts('publishing')
  const [editing, setEditing] = useState<string | null>(null)
  const { workspaceId } = useWorkspace()
  return (
    <>
      <div className={styles.beside}>
        {approval.replyTo && (
          <section className={styles.pane} aria-label={t('approval.theirs')}>
            <h2>{t('approval.theirsOf', { name: approval.replyTo.author ?? '–' })}</h2>
            <p className={styles.said} lang={approval.replyTo.language ?? undefined} dir="auto">
              {approval.replyTo.text}
            </p>
          </section>
        )}
        {approval.before !== null && (
          <section className={styles.pane} aria-label={t('approval.before')}>
            <h2>{t('approval.before')}</h2>
            <p className={styles.said} dir="auto">
              {approval.before}
            </p>
          </section>
        )}
        <section className={styles.pane} aria-label={t('approval.ours')}>
          <h2>{t('approval.ours')}</h2>
          {editing === null ? (
            <p className={styles.said} lang={approval.language ?? undefined} dir="auto">
              {approval.text}
            </p>
          ) : (
            <Textarea
              aria-label={t('approval.ours')}
              description={t('approval.editWhy')}
              value={editing}
              onChange={(event) => setEditing(event.currentTarget.value)}
              autosize
              minRows={4}
              maxRows={16}
              data-autofocus
            />
          )}
          {approval.attachments.length > 0 && (
            <div className={styles.pictures}>
              {approval.attachments.map(({ attachmentId, alt }) => (
                <img key={attachmentId} src={`/files/attachments/${attachmentId}?workspace=${workspaceId}`} alt={alt} />
              ))}
            </div>
          )}
        </section>
      </div>
      <Actions approval={approval} editing={editing} onEdit={setEditing} />
    </>
  )
}

interface ActionsProps {
  approval: Open
  editing: string | null
  onEdit(text: string | null): void
}

function Actions({ approval, editing, onEdit }: ActionsProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { slug } = useWorkspace()
  const [reason, setReason] = useState<string | null>(null)
  const done = async () => {
    setReason(null)
    onEdit(null)
    await queries.invalidateQueries({ queryKey: api.publishing.approvals.key() })
  }
  const options = { meta: { shownInPlace: true }, onSuccess: done }
  const approve = useMutation(api.publishing.approvals.approve.mutationOptions(options))
  const decline = useMutation(api.publishing.approvals.decline.mutationOptions(options))
  const withdraw = useMutation(api.publishing.approvals.withdraw.mutationOptions(options))
  const edit = useMutation(api.publishing.approvals.edit.mutationOptions(options))
  const { approvalId } = approval
  const give = async () => {
    const decided = await approve.mutateAsync({ approvalId }).catch(() => null)
    if (decided) showDone(t(decided.state === 'approved' ? 'approval.done.approved' : 'approval.done.back'))
  }
  const save = async () => {
    const edited = await edit.mutateAsync({ approvalId, text: editing ?? '' }).catch(() => null)
    if (edited)
      void navigate({
        to: '/w/$slug/approvals/$approvalId',
        params: { slug, approvalId: edited.approvalId },
        replace: true,
      })
  }
  const ready = approval.mayApprove && editing === null && reason === null
  // Not while typing: whoever ends a remark with it does not mean to let the text go.
  useShortcuts(t('approvals'), [
    { keys: 'mod+enter', label: t('approval.approve'), run: () => void (ready && give()), whileTyping: false },
  ])
  const error = approve.error ?? decline.error ?? withdraw.error ?? edit.error
  const stopped = stoppedBy(error)
  if (approval.state !== 'open') return null
  return (
    <div className={styles.part}>
      {!approval.mayApprove && approval.mayEdit && <p className={styles.why}>{t('approval.ownText')}</p>}
      {reason !== null && (
        <Textarea
          label={t('approval.reason')}
          description={t('approval.reasonWhy')}
          value={reason}
          maxLength={2_000}
          autosize
          minRows={2}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <div className={`${styles.actions} ${styles.decide}`}>
        {editing !== null ? (
          <>
            <Button
              variant="filled"
              loading={edit.isPending}
              disabled={editing.trim() === ''}
              onClick={() => void save()}
            >
              {t('approval.saveEdit')}
            </Button>
            <Button onClick={() => onEdit(null)}>{t('ui:cancel')}</Button>
          </>
        ) : reason !== null ? (
          <>
            <Button
              variant="filled"
              loading={decline.isPending}
              disabled={reason.trim() === ''}
              onClick={() => decline.mutate({ approvalId, remark: reason })}
            >
              {t('approval.decline')}
            </Button>
            <Button onClick={() => setReason(null)}>{t('ui:cancel')}</Button>
          </>
        ) : (
          <>
            {approval.mayApprove && (
              <Button variant="filled" loading={approve.isPending} onClick={() => void give()}>
                {t('approval.approve')}
              </Button>
            )}
            {approval.mayEdit && <Button onClick={() => onEdit(approval.written)}>{t('approval.edit')}</Button>}
            {approval.mayEdit && !approval.mayWithdraw && (
              <Button onClick={() => setReason('')}>{t('approval.decline')}</Button>
            )}
            {approval.mayWithdraw && (
              <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ approvalId })}>
                {t('approval.withdraw')}
              </Button>
            )}
          </>
        )}
      </div>
      <div role="alert">
        {error && !stopped && <p className={styles.error}>{textOfFailure(failureOf(error))}</p>}
        {stopped && (
          <>
            <p className={styles.error}>{t(`policy.stoppedWhy.${stopped.code}`)}</p>
            <FindingList findings={stopped.judgement.findings} text={editing ?? approval.text} />
          </>
        )}
      </div>
    </div>
  )
}
