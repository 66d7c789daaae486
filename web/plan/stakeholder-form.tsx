import { Button, Select, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import { useSaved } from './saved.ts'
import type { Stakeholder } from './shapes.ts'

const WORDS = ['part', 'needs', 'decidesOn', 'speaksAbout'] as const

export function StakeholderForm({ stakeholder, onDone }: { stakeholder: Stakeholder | null; onDone: () => void }) {
  const t = useTexts('plan')
  const api = useApi()
  const members = useQuery(api.accounts.members.list.queryOptions({ input: {} })).data?.items ?? []
  const [memberId, setMemberId] = useState(stakeholder?.memberId ?? null)
  const [name, setName] = useState(stakeholder && !stakeholder.memberId ? stakeholder.name : '')
  const [words, setWords] = useState({
    part: stakeholder?.part ?? '',
    needs: stakeholder?.needs ?? '',
    decidesOn: stakeholder?.decidesOn ?? '',
    speaksAbout: stakeholder?.speaksAbout ?? '',
  })
  const saved = useSaved(onDone)
  const create = useMutation(api.plan.stakeholders.create.mutationOptions(saved))
  const update = useMutation(api.plan.stakeholders.update.mutationOptions(saved))
  const remove = useMutation(api.plan.stakeholders.remove.mutationOptions(saved))
  const save = () => {
    const input = { memberId, name: memberId ? null : name, ...words }
    if (stakeholder) update.mutate({ ...input, stakeholderId: stakeholder.stakeholderId })
    else create.mutate(input)
  }
  return (
    <Form
      submit={t('save')}
      busy={create.isPending || update.isPending}
      error={create.error ?? update.error ?? remove.error}
      onSubmit={save}
      beside={
        stakeholder && (
          <Button
            color="red"
            variant="subtle"
            onClick={() => remove.mutate({ stakeholderId: stakeholder.stakeholderId })}
          >
            {t('stakeholder.remove')}
          </Button>
        )
      }
    >
      <Select
        label={t('stakeholder.member')}
        placeholder={t('stakeholder.somebodyElse')}
        data={members.map(({ memberId: value, name: label }) => ({ value, label }))}
        value={memberId}
        onChange={setMemberId}
        clearable
        searchable
      />
      {!memberId && (
        <TextInput
          label={t('stakeholder.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
        />
      )}
      {WORDS.map((word) => (
        <Textarea
          key={word}
          label={t(`stakeholder.${word}`)}
          description={t(`stakeholder.hint.${word}`)}
          value={words[word]}
          onChange={(event) => setWords({ ...words, [word]: event.currentTarget.value })}
          maxLength={2_000}
          autosize
        />
      ))}
    </Form>
  )
}
