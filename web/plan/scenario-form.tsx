import { Button, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { ConfirmByName } from '../ui/confirm-by-name.tsx'
import { Form } from '../ui/form.tsx'
import styles from './plan.module.css'
import { useSaved } from './saved.ts'
import type { Scenario } from './shapes.ts'

const STEPS_MAX = 50

export function ScenarioForm({ scenario, onDone }: { scenario: Scenario; onDone: () => void }) {
  const t = useTexts('plan')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [name, setName] = useState(scenario.name)
  const [situation, setSituation] = useState(scenario.situation)
  const [steps, setSteps] = useState(scenario.steps)
  const [retiring, setRetiring] = useState(false)
  const { scenarioId, version } = scenario
  const update = useMutation(api.plan.scenarios.update.mutationOptions(useSaved(onDone)))
  const retire = useMutation(
    api.plan.scenarios.retire.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await navigate({ to: '/w/$slug/programme/scenarios', params: { slug } })
        await queries.invalidateQueries({ queryKey: api.plan.key() })
      },
    }),
  )
  const setStep = (key: string, change: { text?: string; who?: string }) =>
    setSteps(steps.map((step) => (step.key === key ? { ...step, ...change } : step)))
  return (
    <>
      <Form
        submit={t('save')}
        busy={update.isPending}
        error={update.error}
        onSubmit={() => update.mutate({ scenarioId, version, name, situation, steps })}
        beside={
          <>
            <Button onClick={onDone}>{t('ui:cancel')}</Button>
            <Button color="red" variant="subtle" onClick={() => setRetiring(true)}>
              {t('scenario.retire')}
            </Button>
          </>
        }
      >
        <TextInput
          label={t('scenario.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
        />
        <Textarea
          label={t('scenario.situation')}
          value={situation}
          onChange={(event) => setSituation(event.currentTarget.value)}
          autosize
          maxLength={2_000}
        />
        {steps.map(({ key, text, who }, index) => (
          <div key={key} className={styles.step}>
            <Textarea
              label={t('scenario.step', { number: index + 1 })}
              value={text}
              onChange={(event) => setStep(key, { text: event.currentTarget.value })}
              autosize
              required
              maxLength={500}
            />
            <TextInput
              label={t('scenario.who')}
              value={who}
              onChange={(event) => setStep(key, { who: event.currentTarget.value })}
              maxLength={200}
            />
            {steps.length > 1 && (
              <div className={styles.actions}>
                <Button size="xs" variant="subtle" onClick={() => setSteps(steps.filter((step) => step.key !== key))}>
                  {t('scenario.removeStep', { number: index + 1 })}
                </Button>
              </div>
            )}
          </div>
        ))}
        {steps.length < STEPS_MAX && (
          <Button size="xs" onClick={() => setSteps([...steps, { key: crypto.randomUUID(), text: '', who: '' }])}>
            {t('scenario.addStep')}
          </Button>
        )}
      </Form>
      {retiring && (
        <ConfirmByName
          opened
          onClose={() => setRetiring(false)}
          title={t('scenario.retire')}
          name={scenario.name}
          action={t('scenario.retire')}
          onConfirm={() => retire.mutateAsync({ scenarioId })}
        >
          {t('scenario.retireWhat')}
        </ConfirmByName>
      )}
    </>
  )
}
