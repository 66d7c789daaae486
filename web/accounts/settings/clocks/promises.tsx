import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CLOCKS } from '../../../../contract/clock-words.ts'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx'
import styles from '../settings.module.css'
import type { Calendar, Promised, PromiseRules } from './clock-shapes.ts'
import own from './clocks.module.css'
import { PromiseDialog } from './promise-dialog.tsx'
import { Versions } from './versions.tsx'

export function Promises({ promises, calendars }: { promises: Promised[]; calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const mayManage = useMay('clocks.manage')
  const [edited, setEdited] = useState<Promised | null>(null)
  const [removed, setRemoved] = useState<Promised | null>(null)
  return (
    <section className={own.part}>
      <h2 className={styles.strong}>{t('clocks.promises')}</h2>
      <p className={styles.note}>{t('clocks.promisesWhy')}</p>
      {promises.length === 0 && <p className={styles.muted}>{t('clocks.noPromises')}</p>}
      <ul className={styles.rows}>
        {promises.map((promised) => (
          <li key={promised.clockPolicyId} className={styles.row}>
            <span className={styles.main}>
              <span className={styles.strong}>{promised.name}</span>
              <Summary rules={promised.versions[0]?.rules} calendars={calendars} />
              <Versions versions={promised.versions} />
            </span>
            {mayManage && (
              <span className={styles.rowActions}>
                <Button onClick={() => setEdited(promised)} aria-label={t('edit', { name: promised.name })}>
                  {t('change')}
                </Button>
                <Button onClick={() => setRemoved(promised)} aria-label={t('removeNamed', { name: promised.name })}>
                  {t('remove')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {edited && <PromiseDialog promised={edited} calendars={calendars} onClose={() => setEdited(null)} />}
      {removed && <RemovePromise promised={removed} onClose={() => setRemoved(null)} />}
    </section>
  )
}

function Summary({ rules, calendars }: { rules: PromiseRules | undefined; calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  if (!rules) return null
  const targets = CLOCKS.flatMap((clock) => {
    const general = rules.targets.findLast((target) => target.clock === clock && target.minutes !== null)
    return general?.minutes
      ? [
          t('clocks.promisedIn', {
            clock: t(`clocks.clock.${clock}`),
            time: formats.duration(general.minutes * 60_000),
          }),
        ]
      : []
  })
  const calendar = calendars.find(({ calendarId }) => calendarId === rules.calendarId)
  return (
    <>
      <span className={styles.muted}>{targets.length > 0 ? formats.list(targets) : t('clocks.noTargets')}</span>
      <span className={styles.muted}>{t('clocks.countsBy', { name: calendar?.name ?? '–' })}</span>
    </>
  )
}

function RemovePromise({ promised, onClose }: { promised: Promised; onClose: () => void }) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const queries = useQueryClient()
  const remove = useMutation(
    clocks.policies.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: clocks.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: promised.name })}
      name={promised.name}
      action={t('clocks.removePromise')}
      onConfirm={() => remove.mutateAsync({ clockPolicyId: promised.clockPolicyId })}
    >
      {t('clocks.removePromiseWhat')}
    </ConfirmByName>
  )
}
