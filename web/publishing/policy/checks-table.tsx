import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { POLICY_ACTIONS, POLICY_RISKS, type PolicyCheck } from '../../../contract/policy-words.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { AlarmsDialog } from './alarms-dialog.tsx'
import { CHECK_GROUPS } from './check-groups.ts'
import styles from './policy.module.css'
import type { Document, PolicyState } from './policy-state.ts'

type Measured = Awaited<
  ReturnType<ReturnType<typeof useApi>['publishing']['policy']['measure']['call']>
>['checks'][number]

/** Of fewer texts an interval says nothing. */
const TEXTS_MIN = 200

interface ChecksTableProps {
  policy: PolicyState
  document: Document
  onChange(changes: Partial<Document>): void
}

/** Every check with what it does, and beside the switch how often it was wrong: the reason why it may refuse, or may not. */
export function ChecksTable({ policy, document, onChange }: ChecksTableProps) {
  const t = useTexts('publishing')
  const api = useApi()
  const may = useMay('policy.manage')
  const [reading, setReading] = useState<PolicyCheck | null>(null)
  const { data } = useQuery({
    ...api.publishing.policy.measure.queryOptions({ input: { document: policy.document } }),
    enabled: may,
    staleTime: 60_000,
  })
  const measured = new Map(data?.checks.map((one) => [one.check, one]))
  const preset = policy.preset[document.preset]
  return (
    <section className={styles.wide} aria-label={t('policy.checks.title')}>
      <h2>{t('policy.checks.title')}</h2>
      <p className={styles.rate}>{t('policy.checks.why')}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('policy.checks.what')}</th>
              <th scope="col">{t('policy.checks.then')}</th>
              <th scope="col">{t('policy.checks.wrong')}</th>
            </tr>
          </thead>
          <tbody>
            {CHECK_GROUPS.map(({ group, checks }) => (
              <Fragment key={group}>
                <tr className={styles.group}>
                  <th colSpan={3} scope="rowgroup">
                    {t(`policy.group.${group}`)}
                  </th>
                </tr>
                {checks.map((check) => {
                  const rule = { ...preset[check], ...document.checks[check] }
                  const set = (next: Partial<typeof rule>) =>
                    onChange({ checks: { ...document.checks, [check]: { ...rule, ...next } } })
                  const name = t(`policy.check.${check}`)
                  return (
                    <tr key={check}>
                      <td>
                        <span className={styles.name}>{name}</span>
                        <div className={styles.rate}>{t(`policy.looks.${check}`)}</div>
                      </td>
                      <td>
                        <div className={styles.choice}>
                          <Select
                            aria-label={t('policy.checks.thenOf', { check: name })}
                            data={POLICY_ACTIONS.map((value) => ({ value, label: t(`policy.action.${value}`) }))}
                            value={rule.action}
                            onChange={(value) => {
                              const action = POLICY_ACTIONS.find((one) => one === value)
                              if (action) set({ action })
                            }}
                            allowDeselect={false}
                            w={200}
                          />
                          <Select
                            aria-label={t('policy.checks.fromOf', { check: name })}
                            data={POLICY_RISKS.map((value) => ({ value, label: t(`policy.risk.${value}`) }))}
                            value={rule.from}
                            onChange={(value) => {
                              const from = POLICY_RISKS.find((one) => one === value)
                              if (from) set({ from })
                            }}
                            allowDeselect={false}
                            w={200}
                          />
                        </div>
                      </td>
                      <td>
                        <Rate measured={measured.get(check)} onRead={may ? () => setReading(check) : null} />
                      </td>
                    </tr>
                  )
                })}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {reading && <AlarmsDialog check={reading} document={document} onClose={() => setReading(null)} />}
    </section>
  )
}

/** Wrong stops of a thousand texts, here and on public texts. */
function Rate({ measured, onRead }: { measured: Measured | undefined; onRead: (() => void) | null }) {
  const t = useTexts('publishing')
  const formats = useFormats()
  if (!measured) return <span className={styles.rate}>–</span>
  const { own, shipped, reported } = measured
  const per = (value: number) => formats.number(Math.round(value * 10) / 10)
  return (
    <div className={styles.rate}>
      <div>
        {own.answers > 0 && own.answers < TEXTS_MIN && own.alarms === own.judged
          ? t('policy.rate.few', { texts: formats.number(own.answers) })
          : own.wrongPer1000 !== null && own.wrongPer1000AtMost !== null
            ? t('policy.rate.own', {
                value: per(own.wrongPer1000),
                most: per(own.wrongPer1000AtMost),
                texts: formats.number(own.answers),
              })
            : own.answers === 0
              ? t('policy.rate.nothing')
              : t('policy.rate.unread', { count: own.alarms - own.judged })}
      </div>
      <div>
        {shipped?.wrongPer1000 !== null && shipped?.wrongPer1000AtMost !== null && shipped
          ? t('policy.rate.shipped', {
              value: per(shipped.wrongPer1000 ?? 0),
              most: per(shipped.wrongPer1000AtMost ?? 0),
            })
          : t('policy.rate.lists')}
      </div>
      {reported > 0 && <div>{t('policy.rate.reported', { count: reported })}</div>}
      <div>{t(measured.mayRefuse ? 'policy.rate.mayRefuse' : 'policy.rate.mayNot')}</div>
      {onRead && own.alarms > 0 && (
        <Button size="compact-xs" onClick={onRead}>
          {t('policy.rate.read', { count: own.alarms })}
        </Button>
      )}
    </div>
  )
}
