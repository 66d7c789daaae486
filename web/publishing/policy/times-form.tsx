import { NumberInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { Form, FormSection } from '../../ui/form.tsx'
import type { PolicyState } from './policy-state.ts'

const UNDO_SECONDS_MAX = 300
const HOURS_MAX = 720

/** How long everything can be taken back, and how long an approval is waited for: at once, without a version. */
export function TimesForm({ policy, disabled }: { policy: PolicyState; disabled: boolean }) {
  const t = useTexts('publishing')
  const api = useApi()
  const [undoSeconds, setUndoSeconds] = useState(policy.undoSeconds)
  const [approvalHours, setApprovalHours] = useState(policy.approvalHours)
  const save = useMutation(
    api.publishing.policy.setTimes.mutationOptions(useFormSaved(api.publishing.policy.key(), t('policy.saved'))),
  )
  return (
    <Form
      submit={disabled ? null : t('policy.times.save')}
      busy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ undoSeconds, approvalHours })}
    >
      <FormSection title={t('policy.times.title')} why={t('policy.times.why')}>
        <NumberInput
          label={t('policy.times.undo')}
          description={t('policy.times.undoWhy')}
          value={undoSeconds}
          onChange={(value) => setUndoSeconds(Number(value) || 0)}
          min={0}
          max={UNDO_SECONDS_MAX}
          disabled={disabled}
        />
        <NumberInput
          label={t('policy.times.approval')}
          description={t('policy.times.approvalWhy')}
          value={approvalHours}
          onChange={(value) => setApprovalHours(Number(value) || 1)}
          min={1}
          max={HOURS_MAX}
          disabled={disabled}
        />
      </FormSection>
    </Form>
  )
}
