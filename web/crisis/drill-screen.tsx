import { Button, Modal, Progress, Textarea } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { Place } from '../ui/place.tsx'
import { Tag } from '../ui/tag.tsx'
import styles from './crisis.module.css'
import { DRILL_TONES } from './drills-screen.tsx'
import { EndDrill } from './end-drill.tsx'
import { useSaved } from './saved.ts'
import { ScoreCard } from './score-card.tsx'
import type { DrillWithBefore } from './shapes.ts'

const LOOK_MS = 3_000

/** While it runs: how far the storm is, and the way in. Afterwards: the score card. */
export function DrillScreen() {
  const t = useTexts('crisis')
  const formats = useFormats()
  const { slug, drillId } = useParams({ from: '/w/$slug/crisis/drills/$drillId' })
  const navigate = useNavigate()
  const api = useApi()
  const mayManage = useMay('crisis.manage')
  const drill = useSuspenseQuery({
    ...api.crisis.drills.get.queryOptions({ input: { drillId } }),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? LOOK_MS : false),
  }).data
  const [ending, setEnding] = useState(false)
  const running = isRunning(drill)
  const action = running
    ? mayManage && (
        <Button loading={drill.state === 'ending'} onClick={() => setEnding(true)}>
          {t('drill.end')}
        </Button>
      )
    : drill.card && (
        <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          {t('report.print')}
        </Button>
      )
  return (
    <Place
      title={t(`storm.${drill.storm}`)}
      beside={<Tag tone={DRILL_TONES[drill.state]}>{t(`drill.state.${drill.state}`)}</Tag>}
      onBack={() => void navigate({ to: '/w/$slug/crisis/drills', params: { slug } })}
      action={action}
    >
      <div className={styles.column}>
        <p className={styles.quiet}>
          {formats.toTheMinute(drill.createdAt)} · {t('drill.lasts', { count: drill.minutes })} ·{' '}
          {formats.list(drill.languages.map(formats.languageName))}
        </p>
        {running && <Running drill={drill} />}
        {drill.failure && <p className={styles.fault}>{t(`drill.failure.${drill.failure}`)}</p>}
        {drill.card && <ScoreCard card={drill.card} before={drill.before?.card ?? null} />}
        {drill.card && <Lessons drill={drill} mayManage={mayManage} />}
        {!running && drill.sandboxSlug && <Sandbox drill={drill} mayManage={mayManage} />}
      </div>
      <Modal
        opened={ending && running}
        onClose={() => setEnding(false)}
        title={t('drill.end')}
        closeButtonProps={{ 'aria-label': t('ui:close') }}
      >
        <EndDrill drillId={drillId} onDone={() => setEnding(false)} />
      </Modal>
    </Place>
  )
}

const isRunning = ({ state }: DrillWithBefore): boolean => state !== 'over' && state !== 'failed'

function Running({ drill }: { drill: DrillWithBefore }) {
  const t = useTexts('crisis')
  return (
    <section className={styles.running}>
      <p>{drill.sandboxSlug ? t('drill.told', { told: drill.told, count: drill.planned }) : t('drill.preparing')}</p>
      <Progress value={(100 * drill.told) / Math.max(1, drill.planned)} aria-label={t('drill.progress')} />
      {drill.sandboxSlug && (
        <Button component="a" variant="filled" href={`/w/${drill.sandboxSlug}/inbox`}>
          {t('drill.enter')}
        </Button>
      )}
    </section>
  )
}

function Lessons({ drill, mayManage }: { drill: DrillWithBefore; mayManage: boolean }) {
  const t = useTexts('crisis')
  const [lessons, setLessons] = useState(drill.lessons)
  const reflect = useMutation(useApi().crisis.drills.reflect.mutationOptions(useSaved()))
  if (!mayManage) return drill.lessons ? <p className={styles.written}>{drill.lessons}</p> : null
  return (
    <Form
      submit={t('save')}
      busy={reflect.isPending}
      error={reflect.error}
      onSubmit={() => reflect.mutate({ drillId: drill.drillId, lessons })}
    >
      <Textarea
        label={t('report.lessons')}
        value={lessons}
        onChange={(event) => setLessons(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={5_000}
      />
    </Form>
  )
}

function Sandbox({ drill, mayManage }: { drill: DrillWithBefore; mayManage: boolean }) {
  const t = useTexts('crisis')
  const formats = useFormats()
  const remove = useMutation(useApi().crisis.drills.removeSandbox.mutationOptions(useSaved()))
  return (
    <section>
      <h2>{t('drill.sandbox')}</h2>
      <p>{drill.keptUntil && t('drill.keptUntil', { date: formats.toTheMinute(drill.keptUntil) })}</p>
      <div className={styles.actions}>
        <Button component="a" href={`/w/${drill.sandboxSlug}/inbox`}>
          {t('drill.look')}
        </Button>
        {mayManage && (
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ drillId: drill.drillId })}>
            {t('drill.removeSandbox')}
          </Button>
        )}
      </div>
      {remove.error && (
        <p role="alert" className={styles.fault}>
          {textOfFailure(failureOf(remove.error))}
        </p>
      )}
    </section>
  )
}
