import { Button } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Tag } from '../../ui/tag.tsx'
import styles from '../settings/settings.module.css'
import { type Agreement, atNoon } from './agreement-shapes.ts'

/** What was agreed, in words; the paper itself; and what the reader's side of the table may do with it. */
export function AgreementRow({ agreement, onUse }: { agreement: Agreement; onUse?: () => void }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const nameOf = useMemberName()
  const { workspaceId } = useWorkspace()
  const teams = useSuspenseQuery(useApi().accounts.teams.list.queryOptions({ input: {} })).data.items
  const team = teams.find(({ teamId }) => teamId === agreement.teamId)?.name
  const day = (text: string) => formats.date(atNoon(text))
  return (
    <li className={styles.row}>
      <span className={`${styles.main} ${styles.long}`}>
        <span className={styles.strong}>
          {agreement.title}{' '}
          <Tag tone={agreement.state === 'valid' ? 'good' : 'neutral'}>{t(`staff.state.${agreement.state}`)}</Tag>
        </span>
        <span>{agreement.purpose}</span>
        <span className={styles.muted}>
          {formats.list(agreement.figures.map((figure) => t(`staff.figure.${figure}`)))}
        </span>
        <span className={styles.muted}>
          {team ? t('staff.ofTeam', { team }) : t('staff.ofAll')} ·{' '}
          {t('staff.period', { from: day(agreement.validFrom), until: day(agreement.expiresOn) })}
        </span>
        <span className={styles.muted}>
          {t('staff.recordedBy', { name: nameOf(agreement.recordedBy), date: formats.date(agreement.recordedAt) })}
          {agreement.releasedBy && agreement.releasedAt && (
            <>
              {' '}
              ·{' '}
              {t('staff.releasedBy', { name: nameOf(agreement.releasedBy), date: formats.date(agreement.releasedAt) })}
            </>
          )}
          {agreement.endedBy && agreement.endedAt && (
            <> · {t('staff.endedBy', { name: nameOf(agreement.endedBy), date: formats.date(agreement.endedAt) })}</>
          )}
        </span>
        <a
          className={styles.paper}
          href={`/files/staff-documents/${agreement.document.documentId}?${new URLSearchParams({ workspace: workspaceId })}`}
          download
        >
          {agreement.document.name}
        </a>
      </span>
      <AgreementActions agreement={agreement} {...(onUse ? { onUse } : {})} />
    </li>
  )
}

function AgreementActions({ agreement, onUse }: { agreement: Agreement; onUse?: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const isCouncil = useMay('staff.council')
  const isOtherSide = useMay('staff.analyse')
  const managesMembers = useMay('members.manage')
  const done = (message: string) => ({
    meta: { shownInPlace: true },
    onSuccess: () => {
      showDone(message)
      return queries.invalidateQueries({ queryKey: api.accounts.agreements.key() })
    },
  })
  const release = useMutation(api.accounts.agreements.release.mutationOptions(done(t('staff.released'))))
  const end = useMutation(api.accounts.agreements.end.mutationOptions(done(t('staff.ended'))))
  const { agreementId, state, title, document } = agreement
  const [ending, setEnding] = useState(false)
  const isOver = state === 'ended' || state === 'expired'
  return (
    <span className={styles.rowActions}>
      {onUse && (
        <Button onClick={onUse} aria-label={t('staff.useOf', { title })}>
          {t('staff.use')}
        </Button>
      )}
      {state === 'awaiting-release' && isCouncil && !isOtherSide && !managesMembers && (
        <Button
          variant="filled"
          loading={release.isPending}
          onClick={() => release.mutate({ agreementId, hash: document.hash })}
          aria-label={t('staff.releaseOf', { title })}
        >
          {t('staff.release')}
        </Button>
      )}
      {!isOver && (isCouncil || isOtherSide) && (
        <Button onClick={() => setEnding(true)} aria-label={t('staff.endOf', { title })}>
          {t('staff.end')}
        </Button>
      )}
      <ConfirmByName
        opened={ending}
        onClose={() => setEnding(false)}
        title={t('staff.endOf', { title })}
        name={title}
        action={t('staff.end')}
        onConfirm={() => end.mutateAsync({ agreementId })}
      >
        <p>{t('staff.endWhat')}</p>
      </ConfirmByName>
      <span role="alert">
        {release.error && <span className={styles.wrong}>{textOfFailure(failureOf(release.error))}</span>}
      </span>
    </span>
  )
}

export function useMemberName(): (memberId: string) => string {
  const t = useTexts('accounts')
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  return (memberId) => members.find((one) => one.memberId === memberId)?.name ?? t('staff.formerMember')
}
