import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { POLICY_VERDICTS } from '../../../contract/policy-words.ts'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { FormSection } from '../../ui/form.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './policy.module.css'
import type { Document } from './policy-state.ts'
import { told } from './tried.ts'

/** What this would have said of what we said before, beside what holds now, or what holds as it is; nothing changes by it. */
export function DryRun({ document, inForce }: { document: Document; inForce: Document }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  const api = useApi()
  const run = useMutation(api.publishing.policy.dryRun.mutationOptions({ meta: { shownInPlace: true } }))
  const { data, variables } = run
  const changed = JSON.stringify(variables?.document) !== JSON.stringify(inForce)
  const list = (checks: readonly string[]) => formats.list(checks.map((check) => t(`policy.check.${check}`)))
  return (
    <FormSection title={t('policy.dryRun.title')} why={t('policy.dryRun.why')}>
      <div>
        <Button loading={run.isPending} onClick={() => run.mutate({ document })}>
          {t('policy.dryRun.do')}
        </Button>
      </div>
      <div role="status">
        {run.error && <p className={styles.error}>{textOfFailure(failureOf(run.error))}</p>}
        {data && (
          <>
            <p className={styles.counts}>
              <span>{t('policy.dryRun.texts', { count: data.texts, number: formats.number(data.texts) })}</span>
              {changed ? (
                <>
                  <span>
                    {t('policy.dryRun.stricter', { count: data.stricter, number: formats.number(data.stricter) })}
                  </span>
                  <span>{t('policy.dryRun.looser', { count: data.looser, number: formats.number(data.looser) })}</span>
                </>
              ) : (
                POLICY_VERDICTS.map((verdict) => (
                  <span key={verdict}>
                    {t(`policy.verdict.${verdict}`)}: {formats.number(data.after[verdict])}
                  </span>
                ))
              )}
            </p>
            {told(data.byCheck, changed).map(({ check, before, after }) => (
              <p key={check} className={styles.rate}>
                {changed
                  ? t('policy.dryRun.check', {
                      check: t(`policy.check.${check}`),
                      before: formats.number(before),
                      after: formats.number(after),
                    })
                  : t('policy.dryRun.met', {
                      check: t(`policy.check.${check}`),
                      count: after,
                      number: formats.number(after),
                    })}
              </p>
            ))}
          </>
        )}
      </div>
      {data && data.changes.length > 0 && (
        <div>
          {data.changes.map((change) => (
            <div key={change.postId} className={styles.change}>
              <span className={styles.rate}>
                {change.sourceName} · <TimeAgo time={change.publishedAt} /> ·{' '}
                {t(change.checks.length > 0 ? 'policy.dryRun.change' : 'policy.dryRun.changeOfAll', {
                  before: t(`policy.verdict.${change.before}`),
                  after: t(`policy.verdict.${change.after}`),
                  checks: list(change.checks),
                })}
              </span>
              <p dir="auto">{change.text}</p>
            </div>
          ))}
        </div>
      )}
    </FormSection>
  )
}
