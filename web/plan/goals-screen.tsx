import { Button, Modal } from '@mantine/core'
import { IconTarget } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProgrammePlace } from '../guidelines/programme-place.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import { GoalForm } from './goal-form.tsx'
import styles from './plan.module.css'
import type { Goal } from './shapes.ts'

const TONES: Record<Goal['state'], Tone> = { open: 'neutral', reached: 'good', dropped: 'neutral' }

export function GoalsScreen() {
  const t = useTexts('plan')
  const goals = useSuspenseQuery(useApi().plan.goals.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('plan.manage')
  const [edited, setEdited] = useState<Goal | 'new' | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('goal.new')}
    </Button>
  )
  return (
    <ProgrammePlace title={t('goal.title')} action={mayManage && goals.length > 0 ? add : null}>
      {goals.length === 0 ? (
        <Empty icon={IconTarget} title={t('goal.empty')} action={mayManage ? add : null}>
          {t('goal.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {goals.map((goal) => (
            <GoalRow key={goal.goalId} goal={goal} {...(mayManage ? { onEdit: () => setEdited(goal) } : {})} />
          ))}
        </ul>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? t('goal.new') : t('change')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {edited && <GoalForm goal={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />}
      </Modal>
    </ProgrammePlace>
  )
}

function GoalRow({ goal, onEdit }: { goal: Goal; onEdit?: () => void }) {
  const t = useTexts('plan')
  const formats = useFormats()
  const { measure, now, met, dueOn, state, withheld } = goal
  const said = (value: number) =>
    measure?.figure === 'answered-share' ? formats.percent(value) : formats.number(value)
  const silent = t(withheld ? `goal.withheld.${withheld}` : 'goal.nothingYet')
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <strong>{goal.name}</strong>
        {goal.reason && <span className={styles.quiet}>{goal.reason}</span>}
        {measure && (
          <span className={styles.quiet}>
            {t(`goal.figure.${measure.figure}`)}:{' '}
            {t(`goal.direction.${measure.direction}`, { target: said(measure.target) })}
            {' · '}
            {now === null ? silent : t('goal.now', { value: said(now) })}
          </span>
        )}
      </span>
      {dueOn && (
        <span className={styles.quiet}>{t('goal.until', { date: formats.date(new Date(`${dueOn}T12:00`)) })}</span>
      )}
      {state === 'open' && met !== null ? (
        <Tag tone={met ? 'good' : 'notice'}>{t(met ? 'goal.met' : 'goal.notMet')}</Tag>
      ) : (
        <Tag tone={TONES[state]}>{t(`goal.state.${state}`)}</Tag>
      )}
      {onEdit && (
        <Button size="xs" onClick={onEdit} aria-label={t('changeNamed', { name: goal.name })}>
          {t('change')}
        </Button>
      )}
    </li>
  )
}
