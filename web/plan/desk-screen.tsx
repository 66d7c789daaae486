import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ProgrammePlace } from '../guidelines/programme-place.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import styles from './plan.module.css'
import type { DeskCheck } from './shapes.ts'

/** Where each thing is set up, below the workspace. */
const WHERE: Record<DeskCheck['check'], string> = {
  brand: 'settings/workspace',
  source: 'listening/sources',
  topic: 'listening/topics',
  heard: 'listening/posts',
  team: 'settings/members',
  speaker: 'settings/members',
  account: 'listening/sources',
  macro: 'settings/macros',
  promise: 'settings/clocks',
  guideline: 'programme/guidelines',
  training: 'programme/guidelines',
  stakeholder: 'programme/stakeholders',
  goal: 'programme/goals',
  scenario: 'programme/scenarios',
  alarm: 'measure/alarms',
  mail: 'settings/mail',
}

/** What a desk needs, in the order in which it is set up; looked up from what is there, so nobody ticks anything. */
export function DeskScreen() {
  const t = useTexts('plan')
  const { slug } = useWorkspace()
  const { listenOnly, checks } = useSuspenseQuery(useApi().plan.desk.queryOptions({ input: {} })).data
  const done = checks.filter((check) => check.done).length
  return (
    <ProgrammePlace title={t('desk.title')}>
      <div className={styles.column}>
        <p>
          {t('desk.lead')} <strong>{t('desk.done', { done, count: checks.length })}</strong>
        </p>
        {listenOnly && <p className={styles.quiet}>{t('desk.listenOnly')}</p>}
        <ol className={styles.rows}>
          {checks.map(({ check, done: there, count }) => (
            <li key={check} className={styles.row}>
              <span className={styles.mark} data-done={there || undefined}>
                {there ? <IconCircleCheckFilled size={18} aria-hidden /> : <IconCircle size={18} aria-hidden />}
              </span>
              <span className={styles.main}>
                <Link to={`/w/${slug}/${WHERE[check]}` as '/'}>{t(`desk.check.${check}.name`)}</Link>
                <span className={styles.quiet}> · {t(there ? 'desk.there' : 'desk.missing')}</span>
                <br />
                <span className={styles.quiet}>{t(`desk.check.${check}.why`)}</span>
              </span>
              {count !== null && <span className={styles.quiet}>{t('desk.count', { count })}</span>}
            </li>
          ))}
        </ol>
      </div>
    </ProgrammePlace>
  )
}
