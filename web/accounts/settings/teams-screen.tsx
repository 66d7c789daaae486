import { Button, Modal, MultiSelect, TextInput } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { ConfirmByName } from '../../ui/confirm-by-name.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Form } from '../../ui/form.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

interface Team {
  teamId: string
  name: string
  memberIds: string[]
}

export function TeamsScreen() {
  const t = useTexts('accounts')
  const teams = useSuspenseQuery(useApi().accounts.teams.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('members.manage')
  const [edited, setEdited] = useState<Team | 'new' | null>(null)
  const [removed, setRemoved] = useState<Team | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('teams.new')}
    </Button>
  )
  return (
    <SettingsPlace section="teams" action={mayManage && teams.length > 0 ? add : null}>
      {teams.length === 0 ? (
        <Empty icon={IconUsersGroup} title={t('teams.empty')} action={mayManage ? add : null}>
          {t('teams.emptyWhy')}
        </Empty>
      ) : (
        <ul className={styles.rows}>
          {teams.map((team) => (
            <TeamRow
              key={team.teamId}
              team={team}
              {...(mayManage ? { onEdit: () => setEdited(team), onRemove: () => setRemoved(team) } : {})}
            />
          ))}
        </ul>
      )}
      {edited && <TeamDialog team={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveTeam team={removed} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}

interface TeamRowProps {
  team: Team
  onEdit?: () => void
  onRemove?: () => void
}

function TeamRow({ team, onEdit, onRemove }: TeamRowProps) {
  const t = useTexts('accounts')
  const formats = useFormats()
  const names = useMemberNames()
  const present = team.memberIds.map((memberId) => names.get(memberId)).filter((name) => name !== undefined)
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>{team.name}</span>
        <span className={styles.muted}>{present.length > 0 ? formats.list(present) : t('teams.nobody')}</span>
      </span>
      <span className={styles.rowActions}>
        {onEdit && (
          <Button onClick={onEdit} aria-label={t('edit', { name: team.name })}>
            {t('change')}
          </Button>
        )}
        {onRemove && (
          <Button onClick={onRemove} aria-label={t('removeNamed', { name: team.name })}>
            {t('remove')}
          </Button>
        )}
      </span>
    </li>
  )
}

function useMemberNames(): Map<string, string> {
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  return new Map(members.map(({ memberId, name }) => [memberId, name]))
}

function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const names = useMemberNames()
  const [name, setName] = useState(team?.name ?? '')
  const [memberIds, setMemberIds] = useState(team?.memberIds ?? [])
  const done = useFormSaved(api.accounts.teams.list.key(), t('saved'), onClose)
  const create = useMutation(api.accounts.teams.create.mutationOptions(done))
  const update = useMutation(api.accounts.teams.update.mutationOptions(done))
  const save = () =>
    team ? update.mutate({ teamId: team.teamId, name, memberIds }) : create.mutate({ name, memberIds })
  return (
    <Modal
      opened
      onClose={onClose}
      title={team ? t('edit', { name: team.name }) : t('teams.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('save')}
        busy={create.isPending || update.isPending}
        error={create.error ?? update.error}
        onSubmit={save}
      >
        <TextInput
          label={t('teams.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <MultiSelect
          label={t('teams.members')}
          data={[...names].map(([value, label]) => ({ value, label }))}
          value={memberIds}
          onChange={setMemberIds}
          searchable
        />
      </Form>
    </Modal>
  )
}

function RemoveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const remove = useMutation(
    api.accounts.teams.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSettled: () => queries.invalidateQueries({ queryKey: api.accounts.teams.list.key() }),
    }),
  )
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name: team.name })}
      name={team.name}
      action={t('teams.remove')}
      onConfirm={() => remove.mutateAsync({ teamId: team.teamId })}
    >
      {t('teams.removeWhat')}
    </ConfirmByName>
  )
}
