import { useState } from 'react'
import { CLOCKS } from '../../../../contract/clock-words.ts'
import { useFormats } from '../../../platform/formats.ts'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi } from '../../../platform/session.ts'
import styles from '../settings.module.css'
import type { Calendar, Promised, PromiseRules } from './clock-shapes.ts'
import own from './clocks.module.css'
import { PromiseDialog } from './promise-dialog.tsx'
import { RulesRow } from './rules-row.tsx'
import { shownUnit } from './shown-unit.ts'

export function Promises({ promises, calendars }: { promises: Promised[]; calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const [edited, setEdited] = useState<Promised | null>(null)
  return (
    <section className={own.part}>
      <h2 className={styles.strong}>{t('clocks.promises')}</h2>
      <p className={styles.note}>{t('clocks.promisesWhy')}</p>
      {promises.length === 0 && <p className={styles.muted}>{t('clocks.noPromises')}</p>}
      <ul className={styles.rows}>
        {promises.map((promised) => (
          <RulesRow
            key={promised.clockPolicyId}
            name={promised.name}
            versions={promised.versions}
            onEdit={() => setEdited(promised)}
            removable
            removal={{
              action: t('clocks.removePromise'),
              what: t('clocks.removePromiseWhat'),
              remove: () => clocks.policies.remove.call({ clockPolicyId: promised.clockPolicyId }),
            }}
          >
            <Summary rules={promised.versions[0]?.rules} calendars={calendars} />
          </RulesRow>
        ))}
      </ul>
      {edited && <PromiseDialog promised={edited} calendars={calendars} onClose={() => setEdited(null)} />}
    </section>
  )
}

function Summary({ rules, calendars }: { rules: PromiseRules | undefined; calendars: Calendar[] }) {
  const t = useTexts('accounts')
  const formats = useFormats()
  if (!rules) return null
  // Never days: one of service time is three of a desk that works eight hours.
  const serviceTime = (minutes: number) => {
    const unit = shownUnit(minutes, null)
    const count = minutes / unit
    return t(unit === 1 ? 'clocks.serviceMinutes' : 'clocks.serviceHours', { count, number: formats.number(count) })
  }
  const targets = CLOCKS.flatMap((clock) => {
    const general = rules.targets.findLast((target) => target.clock === clock && target.minutes !== null)
    return general?.minutes
      ? [t('clocks.promisedIn', { clock: t(`clocks.clock.${clock}`), time: serviceTime(general.minutes) })]
      : []
  })
  const calendar = calendars.find(({ calendarId }) => calendarId === rules.calendarId)
  return (
    <>
      <span className={styles.muted}>{targets.length > 0 ? targets.join(' · ') : t('clocks.noTargets')}</span>
      <span className={styles.muted}>{t('clocks.countsBy', { name: calendar?.name ?? '–' })}</span>
    </>
  )
}
