import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { PreparedForm } from './prepared-form.tsx'
import type { Playbook } from './shapes.ts'
import { StepsField } from './steps-field.tsx'

export function PlaybookForm({ playbook, onDone }: { playbook: Playbook | null; onDone(): void }) {
  const t = useTexts('crisis')
  const { playbooks } = useApi().crisis
  const [name, setName] = useState(playbook?.name ?? '')
  const [situation, setSituation] = useState(playbook?.situation ?? '')
  const [steps, setSteps] = useState(playbook?.steps ?? [{ key: 'step-1', text: '', who: '' }])
  const save = () => {
    const input = { name, situation, steps }
    return playbook
      ? playbooks.update.call({ ...input, playbookId: playbook.playbookId, version: playbook.version })
      : playbooks.create.call(input)
  }
  return (
    <PreparedForm
      nameLabel={t('playbook.name')}
      name={name}
      onName={setName}
      save={save}
      removal={playbook && { label: t('playbook.remove'), remove: () => playbooks.remove.call(playbook) }}
      onDone={onDone}
    >
      <Textarea
        label={t('playbook.situation')}
        value={situation}
        onChange={(event) => setSituation(event.currentTarget.value)}
        autosize
        maxLength={5_000}
      />
      <StepsField steps={steps} onChange={setSteps} />
    </PreparedForm>
  )
}
