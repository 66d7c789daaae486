import { NumberInput, Switch } from '@mantine/core'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../platform/form-saved.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form, FormSection } from '../ui/form.tsx'

const GRACE_DAYS_MAX = 365

/** Whether speaking sleeps without acknowledgement and training. */
export function GateForm() {
  const t = useTexts('guidelines')
  const api = useApi()
  const settings = useSuspenseQuery(api.guidelines.settings.get.queryOptions({ input: {} })).data
  const [gate, setGate] = useState(settings.gate)
  const [graceDays, setGraceDays] = useState(settings.graceDays)
  const update = useMutation(
    api.guidelines.settings.update.mutationOptions(useFormSaved(api.guidelines.key(), t('saved'))),
  )
  return (
    <Form
      submit={t('save')}
      busy={update.isPending}
      error={update.error}
      onSubmit={() => update.mutate({ gate, graceDays })}
    >
      <FormSection title={t('gate.title')} why={t('gate.why')}>
        <Switch
          label={t('gate.on')}
          description={t('gate.onWhy')}
          checked={gate}
          onChange={(event) => setGate(event.currentTarget.checked)}
        />
        <NumberInput
          label={t('gate.grace')}
          description={t('gate.graceWhy')}
          value={graceDays}
          onChange={(value) => setGraceDays(Number(value) || 0)}
          min={0}
          max={GRACE_DAYS_MAX}
        />
      </FormSection>
    </Form>
  )
}
