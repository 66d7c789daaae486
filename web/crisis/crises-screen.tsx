import { Button, Modal } from '@mantine/core'
import { IconFlame } from '@tabler/icons-react'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../platform/session.ts'
import { Empty } from '../ui/empty.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import { CrisisPlace } from './crisis-place.tsx'
import { DeclareForm } from './declare-form.tsx'
import { Proposals } from './proposals.tsx'
import type { CrisisSummary, Proposal } from './shapes.ts'

/** Alarms that look like a crisis first, then what goes on, then what is over. */
export function CrisesScreen() {
  const t = useTexts('crisis')
  const api = useApi()
  const crises = useSuspenseQuery(api.crisis.list.queryOptions({ input: {} })).data.items
  const proposals =
    useQuery({ ...api.crisis.proposals.list.queryOptions({ input: {} }), enabled: useMay('topics.read') }).data
      ?.items ?? []
  const mayDeclare = useMay('crisis.declare')
  const [declaring, setDeclaring] = useState<Proposal | 'new' | null>(null)
  const declare = (
    <Button variant="filled" color="red" onClick={() => setDeclaring('new')}>
      {t('declare.action')}
    </Button>
  )
  return (
    <CrisisPlace title={t('tab.crises')} action={mayDeclare && crises.length > 0 ? declare : null}>
      <div className={styles.column}>
        <Proposals proposals={proposals} mayDeclare={mayDeclare} onDeclare={setDeclaring} />
        {crises.length === 0 ? (
          <Empty icon={IconFlame} title={t('empty.crises')} action={mayDeclare ? declare : null}>
            {t('empty.crisesWhy')}
          </Empty>
        ) : (
          <ul className={styles.rows}>
            {crises.map((crisis) => (
              <CrisisRow key={crisis.crisisId} crisis={crisis} />
            ))}
          </ul>
        )}
      </div>
      <Modal
        opened={declaring !== null}
        onClose={() => setDeclaring(null)}
        title={t('declare.action')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        {declaring && (
          <DeclareForm proposal={declaring === 'new' ? null : declaring} onDone={() => setDeclaring(null)} />
        )}
      </Modal>
    </CrisisPlace>
  )
}

function CrisisRow({ crisis }: { crisis: CrisisSummary }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const { slug } = useWorkspace()
  const { crisisId, name, topicName, teamName, declaredAt, endedAt, stepsDone, stepCount } = crisis
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <Link to="/w/$slug/crisis/$crisisId" params={{ slug, crisisId }}>
          {name}
        </Link>
        <span className={styles.quiet}>
          {topicName ? t('scope.topic', { topic: topicName }) : t('scope.workspace')}
          {teamName && ` · ${t('scope.group', { group: teamName })}`}
        </span>
      </span>
      <span className={styles.quiet}>
        {endedAt ? formats.dateRange(declaredAt, endedAt) : t('since', { time: formats.toTheMinute(declaredAt) })}
        {stepCount > 0 && ` · ${t('steps.done', { done: stepsDone, count: stepCount })}`}
      </span>
      {endedAt ? <Tag>{t('state.over')}</Tag> : <Tag tone="urgent">{t('state.open')}</Tag>}
    </li>
  )
}
