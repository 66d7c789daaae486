import { Button, Modal, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { useFocusBack } from '../../ui/focus-back.ts'
import { Form } from '../../ui/form.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { ReasonField } from '../../ui/reason-field.tsx'
import { RowSkeletons } from '../../ui/skeletons.tsx'
import { type ChosenPerson, PersonChoice } from './person-choice.tsx'
import styles from './protection.module.css'
import { RequestAnswer } from './request-answer.tsx'
import { RequestFacts, RequestLog } from './request-facts.tsx'
import type { RequestDetail } from './shapes.ts'
import { REQUEST_OUTCOMES } from './words.ts'

/** One request: what was asked, the clock, what was done, and the next step. */
export function RequestWork({ requestId, onClose }: { requestId: string; onClose(): void }) {
  const t = useTexts('privacy')
  useFocusBack()
  const { data, error, refetch } = useQuery(useApi().privacy.requests.get.queryOptions({ input: { requestId } }))
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={data ? t(`protection.request.kind.${data.kind}`) : t('protection.view.requests')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      {error && <QueryError error={error} onRetry={() => void refetch()} />}
      {!data && !error && <RowSkeletons rows={4} />}
      {data && <RequestFacts request={data} />}
      {data && <RequestAnswer request={data} />}
      {data?.state === 'open' && <Steps request={data} onClosed={onClose} />}
      {data && <RequestLog request={data} />}
    </Modal>
  )
}

const STEPS = ['identity', 'failed', 'person', 'assign', 'note', 'extend', 'close'] as const
type Step = (typeof STEPS)[number]

function Steps({ request, onClosed }: { request: RequestDetail; onClosed(): void }) {
  const t = useTexts('privacy')
  const [step, setStep] = useState<Step | null>(null)
  const possible = STEPS.filter(
    (one) =>
      !(one === 'identity' && request.identity === 'confirmed') &&
      !(one === 'failed' && request.identity !== 'open') &&
      !(one === 'extend' && (request.extended || request.overdue)),
  )
  if (step)
    return (
      <StepForm
        request={request}
        step={step}
        onDone={() => (step === 'close' ? onClosed() : setStep(null))}
        onBack={() => setStep(null)}
      />
    )
  return (
    <div className={styles.steps}>
      {possible.map((one) => (
        <Button
          key={one}
          size="compact-sm"
          variant={one === 'close' ? 'filled' : 'default'}
          onClick={() => setStep(one)}
        >
          {t(`protection.step.${one}`)}
        </Button>
      ))}
    </div>
  )
}

interface StepFormProps {
  request: RequestDetail
  step: Step
  onDone(): void
  onBack(): void
}

function StepForm({ request: { requestId, identity }, step, onDone, onBack }: StepFormProps) {
  const t = useTexts('privacy')
  const api = useApi()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [person, setPerson] = useState<ChosenPerson | null>(null)
  const [memberId, setMemberId] = useState<string | null>(null)
  const [outcome, setOutcome] = useState<(typeof REQUEST_OUTCOMES)[number]>('fulfilled')
  const members = useQuery({ ...api.accounts.members.list.queryOptions({ input: {} }), enabled: step === 'assign' })
  const options = {
    meta: { shownInPlace: true },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.privacy.requests.key() })
      onDone()
    },
  }
  const change = useMutation(api.privacy.requests.change.mutationOptions(options))
  const close = useMutation(api.privacy.requests.close.mutationOptions(options))
  const submit = () => {
    const why = reason.trim()
    if (step === 'close') return close.mutate({ requestId, outcome, reason: why })
    if (step === 'person') return person && change.mutate({ requestId, personId: person.personId })
    if (step === 'assign') return change.mutate({ requestId, assignedMemberId: memberId })
    if (step === 'note') return change.mutate({ requestId, note: why })
    if (step === 'extend') return change.mutate({ requestId, extension: { reason: why } })
    return change.mutate({ requestId, identity: { confirmed: step === 'identity', how: why } })
  }
  return (
    <Form
      submit={t(`protection.step.${step}`)}
      busy={change.isPending || close.isPending}
      error={change.error ?? close.error}
      beside={<Button onClick={onBack}>{t('ui:cancel')}</Button>}
      onSubmit={submit}
    >
      {step === 'person' && (
        <PersonChoice label={t('protection.request.person')} required value={person} onChange={setPerson} />
      )}
      {step === 'assign' && (
        <Select
          label={t('protection.request.assignee')}
          data={(members.data?.items ?? []).map((member) => ({ value: member.memberId, label: member.name }))}
          value={memberId}
          onChange={setMemberId}
          searchable
          clearable
        />
      )}
      {step === 'close' && (
        <Select
          label={t('protection.request.ended')}
          {...(identity === 'confirmed' ? {} : { description: t('protection.request.identityFirst') })}
          data={REQUEST_OUTCOMES.map((value) => ({ value, label: t(`protection.request.outcome.${value}`) }))}
          value={outcome}
          allowDeselect={false}
          onChange={(value) => value && setOutcome(value as typeof outcome)}
        />
      )}
      {step !== 'person' && step !== 'assign' && (
        <ReasonField
          label={t(`protection.stepReason.${step}`)}
          description={t('protection.personMayRead')}
          value={reason}
          onChange={setReason}
        />
      )}
    </Form>
  )
}
