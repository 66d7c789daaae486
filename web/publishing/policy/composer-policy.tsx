import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type RefObject, useEffect, useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMayAt, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { FindingList, keyOf } from './finding-list.tsx'
import type { PolicyFinding } from './judgement.ts'
import { Marks } from './marks.tsx'
import styles from './policy.module.css'
import { type Asking, PolicyDialog } from './policy-dialog.tsx'
import type { Stopped } from './stopped.ts'

/** So long after the last letter the server is asked; it judges in a millisecond or two. */
const CHECK_AFTER_MS = 500

interface ComposerPolicyProps {
  conversationId: string
  /** Other conversations that the text answers too. */
  also: readonly string[]
  sourceId: string
  replyToPostId: string | null
  text: string
  language: string | null
  attachmentIds: readonly string[]
  /** Only the customer will read it. */
  isPrivate?: boolean
  field: RefObject<HTMLTextAreaElement | null>
  /** The send that the policy stopped. */
  stopped: Stopped | null
  busy: boolean
  onConfirm(): void
  /** Asks somebody else; resolves to whether it was asked. */
  onAsk(asking: Asking): Promise<boolean>
  onDismiss(): void
}

/** What the policy says while one writes, and the way to a second pair of eyes. The server has the last word at sending. */
export function ComposerPolicy(props: ComposerPolicyProps) {
  const { sourceId, replyToPostId, text, language, attachmentIds, isPrivate = false, field, stopped } = props
  const t = useTexts('publishing')
  const api = useApi()
  const maySpeak = useMayAt('answers.speak', sourceId)
  const [asking, setAsking] = useState(false)
  const [reported, setReported] = useState<ReadonlySet<string>>(new Set())
  const said = { sourceId, replyToPostId, language, attachmentIds: [...attachmentIds], private: isPrivate }
  const checked = useSettled(text, CHECK_AFTER_MS)
  const { data } = useQuery({
    ...api.publishing.policy.check.queryOptions({
      input: { ...said, text: checked, conversationIds: [props.conversationId, ...props.also] },
    }),
    enabled: checked.trim() !== '',
    staleTime: 30_000,
    gcTime: 60_000,
    // A line that is dead says so elsewhere; the policy is asked again at sending.
    retry: false,
  })
  const report = useMutation(api.publishing.policy.reportFalseAlarm.mutationOptions())
  const findings = checked === text && checked.trim() !== '' ? (data?.findings ?? []) : []
  const tell = (finding: PolicyFinding) => {
    setReported((before) => new Set(before).add(keyOf(finding)))
    report.mutate({ ...said, text: checked, check: finding.check, code: finding.code })
  }
  const show = ({ from, to }: { from: number; to: number }) => {
    field.current?.focus()
    field.current?.setSelectionRange(from, to)
  }
  const { fourEyesRule: rule = null } = data ?? {}
  const needsEyes = !maySpeak || data?.verdict === 'four-eyes'
  return (
    <div className={styles.here}>
      <WaitingHere conversationId={props.conversationId} />
      {findings.length > 0 && (
        <section className={styles.scrolling} aria-label={t('policy.here')}>
          <Marks field={field} text={text} findings={findings} />
          <FindingList findings={findings} text={text} onShow={show} onFalseAlarm={tell} reported={reported} />
        </section>
      )}
      {text.trim() !== '' && rule && <p className={styles.quiet}>{t('policy.rulesEyes', { rule: rule.name })}</p>}
      {text.trim() !== '' && needsEyes && (
        <Button size="compact-sm" className={styles.ask ?? ''} onClick={() => setAsking(true)}>
          {t('approval.ask')}
        </Button>
      )}
      {(stopped || asking) && (
        <PolicyDialog
          stopped={stopped}
          text={text}
          busy={props.busy}
          reported={reported}
          onFalseAlarm={tell}
          onConfirm={props.onConfirm}
          onAsk={async (given) => {
            if (!(await props.onAsk(given))) return
            setAsking(false)
            showDone(t('approval.asked'))
          }}
          onClose={() => {
            setAsking(false)
            props.onDismiss()
            // The dialog gives the focus back to a button that may be gone.
            setTimeout(() => field.current?.focus())
          }}
        />
      )}
    </div>
  )
}

/** What of this conversation waits for a colleague, so that nobody writes the same again. */
function WaitingHere({ conversationId }: { conversationId: string }) {
  const t = useTexts('publishing')
  const { slug } = useWorkspace()
  const { data } = useQuery(useApi().publishing.approvals.ofConversation.queryOptions({ input: { conversationId } }))
  const [last] = data?.items ?? []
  if (!last || !['open', 'declined', 'stale', 'expired'].includes(last.state)) return null
  return (
    <p className={styles.waiting} role="status">
      <span>{t(`approval.here.${last.state}`)}</span>
      <span className={styles.quiet}>
        <TimeAgo time={last.decidedAt ?? last.askedAt} />
      </span>
      <Link to="/w/$slug/approvals/$approvalId" params={{ slug, approvalId: last.approvalId }}>
        {t('approval.open')}
      </Link>
    </p>
  )
}

function useSettled(value: string, afterMs: number): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs)
    return () => clearTimeout(timer)
  }, [value, afterMs])
  return settled
}
