import { SegmentedControl, Select, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import styles from './plan.module.css'
import { useSaved } from './saved.ts'
import type { Walk } from './shapes.ts'

type WalkedStep = Walk['steps'][number]
const FOUND = ['ok', 'gap'] as const satisfies NonNullable<WalkedStep['found']>[]
const OUTCOMES = ['ready', 'gaps', 'not-ready'] as const satisfies NonNullable<Walk['outcome']>[]

/** A walk that is under way: each step says what it showed; what was found is kept at once, so that all walk together. */
export function WalkView({ walk, mayManage }: { walk: Walk; mayManage: boolean }) {
  const t = useTexts('plan')
  const missing = walk.steps.filter(({ found }) => found === null).length
  return (
    <section>
      <h2>{t('walk.title')}</h2>
      <ol className={styles.rows}>
        {walk.steps.map((step) => (
          <WalkedStepRow key={step.key} walkId={walk.walkId} step={step} mayManage={mayManage} />
        ))}
      </ol>
      {missing > 0 && <p className={styles.quiet}>{t('walk.missing', { count: missing })}</p>}
      {missing === 0 && mayManage && <EndWalk walk={walk} />}
    </section>
  )
}

function WalkedStepRow({ walkId, step, mayManage }: { walkId: string; step: WalkedStep; mayManage: boolean }) {
  const t = useTexts('plan')
  const api = useApi()
  const [note, setNote] = useState(step.note)
  const queries = useQueryClient()
  const find = useMutation(
    api.plan.walks.find.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.plan.key() }),
    }),
  )
  const say = (found: WalkedStep['found']) => find.mutate({ walkId, key: step.key, found, note })
  return (
    <li className={styles.step}>
      <p>
        {step.text} {step.who && <span className={styles.quiet}>({step.who})</span>}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={step.text}
        disabled={!mayManage}
        data={[
          { value: '', label: t('found.open') },
          ...FOUND.map((found) => ({ value: found, label: t(`found.${found}`) })),
        ]}
        value={step.found ?? ''}
        onChange={(value) => say(value === '' ? null : (value as WalkedStep['found']))}
      />
      {(mayManage || note !== '') && (
        <Textarea
          aria-label={t('walk.note')}
          placeholder={t('walk.note')}
          value={note}
          readOnly={!mayManage}
          onChange={(event) => setNote(event.currentTarget.value)}
          onBlur={() => note !== step.note && say(step.found)}
          autosize
          maxLength={2_000}
        />
      )}
    </li>
  )
}

function EndWalk({ walk }: { walk: Walk }) {
  const t = useTexts('plan')
  const api = useApi()
  const gaps = walk.steps.filter(({ found }) => found === 'gap')
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>(gaps.length > 0 ? 'gaps' : 'ready')
  const [summary, setSummary] = useState('')
  const [points, setPoints] = useState(gaps.map(({ note, text }) => note || text).join('\n'))
  const end = useMutation(api.plan.walks.end.mutationOptions(useSaved(() => {})))
  const openPoints = points
    .split('\n')
    .map((line) => line.trim().slice(0, 500))
    .filter(Boolean)
    .slice(0, 50)
  return (
    <Form
      submit={t('walk.end')}
      busy={end.isPending}
      error={end.error}
      onSubmit={() => end.mutate({ walkId: walk.walkId, outcome, summary, openPoints })}
    >
      <Select
        label={t('walk.outcome')}
        data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        value={outcome}
        allowDeselect={false}
        onChange={(value) => value && setOutcome(value as typeof outcome)}
      />
      <Textarea
        label={t('walk.summary')}
        value={summary}
        onChange={(event) => setSummary(event.currentTarget.value)}
        autosize
        maxLength={2_000}
      />
      <Textarea
        label={t('walk.openPoints')}
        description={t('walk.openPointsWhy')}
        value={points}
        onChange={(event) => setPoints(event.currentTarget.value)}
        autosize
      />
    </Form>
  )
}
