import { Button, Modal } from '@mantine/core'
import { IconTornado } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Tag, type Tone } from '../ui/tag.tsx'
import { BeginForm } from './begin-form.tsx'
import styles from './crisis.module.css'
import { CrisisPlace } from './crisis-place.tsx'
import type { Drill } from './shapes.ts'

export const DRILL_TONES: Record<Drill['state'], Tone> = {
  preparing: 'accent',
  running: 'accent',
  ending: 'accent',
  over: 'neutral',
  failed: 'notice',
}

/** Rehearsals, newest first. */
export function DrillsScreen() {
  const t = useTexts('crisis')
  const { items, possible } = useSuspenseQuery(useApi().crisis.drills.list.queryOptions({ input: {} })).data
  const mayBegin = useMay('crisis.manage') && possible
  const isRunning = items.some(({ state }) => state !== 'over' && state !== 'failed')
  const [beginning, setBeginning] = useState(false)
  const begin = (
    <Button variant="filled" disabled={isRunning} onClick={() => setBeginning(true)}>
      {t('drill.begin')}
    </Button>
  )
  return (
    <CrisisPlace title={t('tab.drills')} action={mayBegin && items.length > 0 ? begin : null}>
      <div className={styles.column}>
        {!possible && <p className={styles.quiet}>{t('drill.impossible')}</p>}
        {items.length === 0 && possible && (
          <Empty icon={IconTornado} title={t('drill.empty')} action={mayBegin ? begin : null}>
            {t('drill.emptyWhy')}
          </Empty>
        )}
        <ul className={styles.rows}>
          {items.map((drill) => (
            <DrillRow key={drill.drillId} drill={drill} />
          ))}
        </ul>
      </div>
      <Modal
        opened={beginning}
        onClose={() => setBeginning(false)}
        title={t('drill.begin')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {beginning && <BeginForm onDone={() => setBeginning(false)} />}
      </Modal>
    </CrisisPlace>
  )
}

function DrillRow({ drill }: { drill: Drill }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const { slug } = useWorkspace()
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <Link to="/w/$slug/crisis/drills/$drillId" params={{ slug, drillId: drill.drillId }}>
          {t(`storm.${drill.storm}`)}
        </Link>
        <span className={styles.quiet}>
          {formats.date(drill.createdAt)} · {t('drill.posts', { count: drill.planned })} ·{' '}
          {formats.list(drill.languages.map(formats.languageName))}
        </span>
      </span>
      {drill.card && <strong className={styles.score}>{t('card.scoreOf', { score: drill.card.score })}</strong>}
      <Tag tone={DRILL_TONES[drill.state]}>{t(`drill.state.${drill.state}`)}</Tag>
    </li>
  )
}
