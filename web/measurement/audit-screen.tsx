import { Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useProblemText } from '../listening/import-problem.tsx'
import { useFormats } from '../platform/formats.ts'
import { useLanguage, useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import { Place } from '../ui/place.tsx'
import { type Audit, auditOptions, isUnderWay } from './audit-query.ts'
import { AuditStateTag } from './audit-state.tsx'
import styles from './measurement.module.css'

/** One audit: followed while it runs, then read as the page that one can keep. */
export function AuditScreen() {
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const { auditId } = useParams({ from: '/w/$slug/measure/audits/$auditId' })
  const { data: audit } = useSuspenseQuery(auditOptions(useApi(), auditId, useLanguage()))
  const back = () => void navigate({ to: '/w/$slug/measure/audits', params: { slug } })
  const done = audit.state === 'done'
  return (
    <Place
      title={audit.brand}
      beside={done ? undefined : <AuditStateTag state={audit.state} />}
      action={<Actions audit={audit} onRemoved={back} />}
      onBack={back}
      fills={done}
    >
      {isUnderWay(audit) && <Underway audit={audit} />}
      {audit.state === 'failed' && <Failed audit={audit} />}
      {audit.state === 'cancelled' && <Cancelled audit={audit} />}
      {done && <Report audit={audit} />}
    </Place>
  )
}

/** The report may run nothing and sees nothing of the app: neither cookies nor pages. */
function Report({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  const address = useReportAddress(audit)
  return (
    <iframe
      className={styles.report}
      src={address()}
      title={t('reportOf', { brand: audit.brand })}
      sandbox="allow-popups allow-downloads"
      referrerPolicy="no-referrer"
    />
  )
}

function useReportAddress({ auditId }: Audit) {
  const { workspaceId } = useWorkspace()
  const language = useLanguage()
  return (more: Record<string, string> = {}) =>
    `/files/audits/${auditId}.html?${new URLSearchParams({ workspace: workspaceId, language, ...more })}`
}

function Actions({ audit, onRemoved }: { audit: Audit; onRemoved(): void }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const mayRun = useMay('audits.run')
  const address = useReportAddress(audit)
  const [asking, setAsking] = useState(false)
  const remove = useMutation(api.measurement.audits.remove.mutationOptions({ meta: { shownInPlace: true } }))
  const confirm = async () => {
    await remove.mutateAsync({ auditId: audit.auditId })
    onRemoved()
    await queries.invalidateQueries({ queryKey: api.measurement.audits.list.key() })
  }
  return (
    <div className={styles.actions}>
      {mayRun && !isUnderWay(audit) && <Button onClick={() => setAsking(true)}>{t('remove')}</Button>}
      {audit.state === 'done' && (
        <>
          <Button component="a" href={address()} target="_blank" rel="noopener">
            {t('print')}
          </Button>
          <Button component="a" variant="filled" href={address({ download: '1' })} download>
            {t('download')}
          </Button>
        </>
      )}
      <ConfirmByName
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('removeTitle')}
        name={audit.brand}
        action={t('remove')}
        onConfirm={confirm}
      >
        {t('removeWhat', { date: formats.date(audit.expiresAt) })}
      </ConfirmByName>
    </div>
  )
}

/** Goes on whether one looks or not. */
function Underway({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const mayRun = useMay('audits.run')
  const { reading, rows, rowsExpected } = audit.progress
  const cancel = useMutation(
    api.measurement.audits.cancel.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.measurement.key() }),
    }),
  )
  const share = rowsExpected ? (reading - 1 + Math.min(1, rows / rowsExpected)) / 3 : (reading - 1) / 3
  const said =
    audit.state === 'queued' ? t('waiting') : t('progress', { reading, rows: formats.number(rows), count: rows })
  return (
    <div className={styles.underway}>
      <Progress value={share * 100} aria-label={said} />
      <p>{said}</p>
      <p className={styles.quiet}>{t('goesOn')}</p>
      {mayRun && (
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ auditId: audit.auditId })}>
          {t('ui:cancel')}
        </Button>
      )}
    </div>
  )
}

function Failed({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  const problemText = useProblemText()
  const { code = '', message = '', params = {} } = audit.failure ?? {}
  return (
    <div className={styles.underway} role="status">
      <p>{t(`failure.${code}`, { ...params, defaultValue: message })}</p>
      {params.mentioned && <p className={styles.quiet}>{t('mentioned', { accounts: params.mentioned })}</p>}
      {code === 'file-refused' && (
        <p className={styles.quiet}>{problemText({ code: String(params.problem), params, message })}</p>
      )}
      <Again audit={audit} />
    </div>
  )
}

function Cancelled({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  return (
    <div className={styles.underway}>
      <p>{t('cancelled')}</p>
      <Again audit={audit} />
    </div>
  )
}

/** What was wrong with the choices is not mended by running them again: then a new audit is offered first. */
function Again({ audit }: { audit: Audit }) {
  const t = useTexts('measurement')
  const api = useApi()
  const queries = useQueryClient()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const restart = useMutation(
    api.measurement.audits.restart.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.measurement.key() }),
    }),
  )
  if (!useMay('audits.run')) return null
  const asItWas = audit.state === 'cancelled' || audit.failure?.code === 'broke-off'
  return (
    <div className={styles.buttons}>
      <Button
        variant={asItWas ? 'filled' : 'default'}
        loading={restart.isPending}
        onClick={() => restart.mutate({ auditId: audit.auditId })}
      >
        {t('again')}
      </Button>
      <Button
        variant={asItWas ? 'default' : 'filled'}
        onClick={() => void navigate({ to: '/w/$slug/measure/audits/new', params: { slug } })}
      >
        {t('new.title')}
      </Button>
    </div>
  )
}
