import { Checkbox, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { Form } from '../ui/form.tsx'
import styles from './crisis.module.css'
import { useSaved } from './saved.ts'
import type { Proposal } from './shapes.ts'
import { TopicSelect } from './topic-select.tsx'

const FREEZES = ['posts', 'automatic', 'macros'] as const
const nothing = { input: {} }

export function DeclareForm({ proposal, onDone }: { proposal: Proposal | null; onDone(): void }) {
  const t = useTexts('crisis')
  const api = useApi()
  const { slug } = useWorkspace()
  const navigate = useNavigate()
  const teams = useQuery(api.accounts.teams.list.queryOptions(nothing)).data?.items ?? []
  const playbooks = useQuery(api.crisis.playbooks.list.queryOptions(nothing)).data?.items ?? []
  const [name, setName] = useState(proposal?.topicName ?? '')
  const [topicId, setTopicId] = useState<string | null>(proposal?.topicId ?? null)
  const [teamId, setTeamId] = useState<string | null>(null)
  const [playbookId, setPlaybookId] = useState<string | null>(null)
  const [freezes, setFreezes] = useState({ posts: true, automatic: true, macros: true })
  const saved = useSaved(onDone, t('declare.done'))
  const declare = useMutation(
    api.crisis.declare.mutationOptions({
      ...saved,
      onSuccess: async ({ crisisId }) => {
        await saved.onSuccess()
        await navigate({ to: '/w/$slug/crisis/$crisisId', params: { slug, crisisId } })
      },
    }),
  )
  const proposalId = proposal?.proposalId ?? null
  return (
    <Form
      submit={t('declare.submit')}
      danger
      busy={declare.isPending}
      error={declare.error}
      onSubmit={() => declare.mutate({ name, topicId, proposalId, teamId, playbookId, freezes })}
    >
      <TextInput
        label={t('declare.name')}
        description={t('declare.nameWhy')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        data-autofocus
      />
      <TopicSelect none={t('scope.workspace')} value={topicId} onChange={setTopicId} />
      <Select
        label={t('declare.group')}
        description={t('declare.groupWhy')}
        placeholder={t('declare.noGroup')}
        data={teams.map((team) => ({ value: team.teamId, label: team.name }))}
        value={teamId}
        onChange={setTeamId}
        clearable
      />
      <Select
        label={t('declare.playbook')}
        placeholder={t('declare.noPlaybook')}
        data={playbooks.map((playbook) => ({ value: playbook.playbookId, label: playbook.name }))}
        value={playbookId}
        onChange={setPlaybookId}
        clearable
      />
      <fieldset className={styles.checks}>
        <legend>{t('freeze.title')}</legend>
        {FREEZES.map((what) => (
          <Checkbox
            key={what}
            label={t(`freeze.${what}`)}
            checked={freezes[what]}
            onChange={(event) => setFreezes({ ...freezes, [what]: event.currentTarget.checked })}
          />
        ))}
        <p className={styles.quiet}>{t('freeze.why')}</p>
      </fieldset>
    </Form>
  )
}
