import { Button, Modal, NumberInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { useFocusBack } from '../../ui/focus-back.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import styles from './protection.module.css'
import type { Rule } from './shapes.ts'

const TYPING_PAUSE_MS = 350

/** How long each kind of data is kept, and why so long. */
export function Retention() {
  const t = useTexts('privacy')
  const formats = useFormats()
  const [changing, setChanging] = useState<Rule | null>(null)
  const { data, error, refetch } = useQuery(useApi().privacy.retention.list.queryOptions({ input: {} }))
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={8} />
  return (
    <>
      <p className={styles.lead}>{t('protection.retention.why')}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('protection.retention.data')}</th>
            <th scope="col">{t('protection.retention.kept')}</th>
            <th scope="col">{t('protection.retention.because')}</th>
            <th scope="col" aria-label={t('protection.retention.change')} />
          </tr>
        </thead>
        <tbody>
          {data.items.map((rule) => (
            <tr key={rule.kind}>
              <th scope="row">{t(`protection.retention.kind.${rule.kind}`)}</th>
              <td className={styles.days} data-header={t('protection.retention.kept')}>
                {t('protection.retention.days', { count: rule.days, days: formats.number(rule.days) })}
              </td>
              <td data-header={t('protection.retention.because')}>
                <span>
                  {t(`protection.retention.reason.${rule.because}`)}
                  {rule.reason && <q dir="auto"> {rule.reason}</q>}
                  {rule.kind === 'suggestions' && `. ${t('protection.retention.also.suggestions')}`}
                </span>
              </td>
              <td className={styles.act}>
                <Button
                  size="compact-sm"
                  aria-label={t('protection.retention.changeOf', { what: t(`protection.retention.kind.${rule.kind}`) })}
                  onClick={() => setChanging(rule)}
                >
                  {t('protection.retention.change')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changing && <ChangeRule rule={changing} onClose={() => setChanging(null)} />}
    </>
  )
}

function ChangeRule({ rule, onClose }: { rule: Rule; onClose(): void }) {
  const t = useTexts('privacy')
  useFocusBack()
  const formats = useFormats()
  const api = useApi()
  const queries = useQueryClient()
  const { kind, minDays, maxDays, defaultDays } = rule
  const [days, setDays] = useState(rule.days)
  const [reason, setReason] = useState('')
  const save = useMutation(
    api.privacy.retention.change.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.privacy.retention.key() })
        showDone(t('protection.retention.changed'))
        onClose()
      },
    }),
  )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`protection.retention.kind.${kind}`)}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('protection.retention.save')}
        busy={save.isPending}
        error={save.error}
        onSubmit={() => save.mutate({ kind, days, reason: reason.trim() })}
      >
        <NumberInput
          label={t('protection.retention.keptDays')}
          description={t('protection.retention.limits', {
            min: formats.number(minDays),
            max: formats.number(maxDays),
            standard: formats.number(defaultDays),
          })}
          value={days}
          min={minDays}
          max={maxDays}
          clampBehavior="strict"
          allowDecimal={false}
          required
          data-autofocus
          onChange={(value) => setDays(Number(value) || minDays)}
        />
        <DryRun kind={kind} days={days} />
        <ReasonField
          label={t('protection.retention.reasonLabel')}
          description={t('protection.personMayRead')}
          value={reason}
          onChange={setReason}
        />
      </Form>
    </Modal>
  )
}

/** What would go the next time, before anything is saved. */
function DryRun({ kind, days }: { kind: string; days: number }) {
  const t = useTexts('privacy')
  const formats = useFormats()
  const [asked] = useDebouncedValue(days, TYPING_PAUSE_MS)
  const { data, error, refetch } = useQuery({
    ...useApi().privacy.retention.preview.queryOptions({ input: { kind, days: asked } }),
    placeholderData: keepPreviousData,
  })
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={1} />
  return (
    <div role="status" className={styles.preview}>
      <p>
        {data.rows === 0
          ? t('protection.retention.nothing')
          : t('protection.retention.wouldGo', {
              count: data.rows,
              rows: formats.number(data.rows),
              oldest: data.oldest ? formats.date(data.oldest) : '–',
            })}
      </p>
      {data.sample.length > 0 && (
        <ul className={styles.sample}>
          {[...new Set(data.sample)].map((shown) => (
            <li key={shown} dir="auto">
              {shown}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
