import { Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { useSaved } from './saved.ts'
import type { Goal } from './shapes.ts'

type Measure = NonNullable<Goal['measure']>
const FIGURES = ['answered-share', 'open-conversations', 'mentions'] as const satisfies Measure['figure'][]
const STATES = ['open', 'reached', 'dropped'] as const satisfies Goal['state'][]
const DIRECTIONS = ['at-least', 'at-most'] as const
const SHARE = 'answered-share'

/** A share is typed in percent and kept between 0 and 1. */
export function GoalForm({ goal, onDone }: { goal: Goal | null; onDone: () => void }) {
  const t = useTexts('plan')
  const api = useApi()
  const [name, setName] = useState(goal?.name ?? '')
  const [reason, setReason] = useState(goal?.reason ?? '')
  const [figure, setFigure] = useState(goal?.measure?.figure ?? null)
  const [direction, setDirection] = useState(goal?.measure?.direction ?? 'at-least')
  const typed = goal?.measure ? goal.measure.target * (goal.measure.figure === SHARE ? 100 : 1) : 90
  const [target, setTarget] = useState(Math.round(typed))
  const [dueOn, setDueOn] = useState(goal?.dueOn ?? '')
  const [state, setState] = useState(goal?.state ?? 'open')
  const saved = useSaved(onDone)
  const create = useMutation(api.plan.goals.create.mutationOptions(saved))
  const update = useMutation(api.plan.goals.update.mutationOptions(saved))
  const remove = useMutation(api.plan.goals.remove.mutationOptions(saved))
  const save = () => {
    const measure = figure ? { figure, direction, target: figure === SHARE ? target / 100 : target } : null
    const input = { name, reason, measure, dueOn: dueOn || null, state }
    if (goal) update.mutate({ ...input, goalId: goal.goalId })
    else create.mutate(input)
  }
  return (
    <Form
      submit={t('save')}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error ?? remove.error}
      onSubmit={save}
      beside={
        goal && (
          <Button color="red" variant="subtle" onClick={() => remove.mutate({ goalId: goal.goalId })}>
            {t('goal.remove')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('goal.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        required
        maxLength={200}
        data-autofocus
      />
      <Textarea
        label={t('goal.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={2_000}
        autosize
      />
      <Select
        label={t('goal.measure')}
        placeholder={t('goal.unmeasured')}
        data={FIGURES.map((value) => ({ value, label: t(`goal.figure.${value}`) }))}
        value={figure}
        onChange={(value) => setFigure(value as typeof figure)}
        clearable
      />
      {figure && (
        <>
          <Select
            label={t('goal.aim')}
            data={DIRECTIONS.map((value) => ({ value, label: t(`goal.aims.${value}`) }))}
            value={direction}
            allowDeselect={false}
            onChange={(value) => value && setDirection(value as typeof direction)}
          />
          <NumberInput
            label={t(figure === SHARE ? 'goal.percent' : 'goal.target')}
            value={target}
            onChange={(value) => setTarget(Number(value) || 0)}
            min={0}
            {...(figure === SHARE ? { max: 100 } : {})}
          />
        </>
      )}
      <TextInput
        type="date"
        label={t('goal.dueOn')}
        value={dueOn}
        onChange={(event) => setDueOn(event.currentTarget.value)}
      />
      {goal && (
        <Select
          label={t('goal.stateField')}
          data={STATES.map((value) => ({ value, label: t(`goal.state.${value}`) }))}
          value={state}
          allowDeselect={false}
          onChange={(value) => value && setState(value as typeof state)}
        />
      )}
    </Form>
  )
}
