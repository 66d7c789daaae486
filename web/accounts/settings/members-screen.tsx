import { Button, Select } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES, type Role } from '../../../contract/permissions.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay, useWorkspace } from '../../platform/session.ts'
import { showUndo } from '../../platform/undo.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { FormSection } from '../../ui/form.tsx'
import { Tag } from '../../ui/tag.tsx'
import { InviteForm } from './invite-form.tsx'
import { MemberDialog } from './member-dialog.tsx'
import { PendingInvitations } from './pending-invitations.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

type List = ReturnType<typeof useApi>['accounts']['members']['list']
type Member = Awaited<ReturnType<List['call']>>['items'][number]

export function MembersScreen() {
  const t = useTexts('accounts')
  const [opened, setOpened] = useState<Member | null>(null)
  const members = useSuspenseQuery(useApi().accounts.members.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('members.manage')
  return (
    <SettingsPlace section="members">
      {mayManage && (
        <FormSection title={t('invite.title')} why={t('invite.why')}>
          <InviteForm />
          <PendingInvitations />
        </FormSection>
      )}
      <FormSection title={t('members.title', { count: members.length })} why={t('members.why')}>
        <ul className={styles.rows}>
          {members.map((member) => (
            <MemberRow key={member.memberId} member={member} mayManage={mayManage} onOpen={() => setOpened(member)} />
          ))}
        </ul>
      </FormSection>
      {opened && <MemberDialog member={opened} onClose={() => setOpened(null)} />}
    </SettingsPlace>
  )
}

function MemberRow({ member, mayManage, onOpen }: { member: Member; mayManage: boolean; onOpen: () => void }) {
  const t = useTexts('accounts')
  const { memberId: myId, role: myRole } = useWorkspace()
  const change = useChangeMember()
  // The server lets only owners make or unmake owners; one's own role is nobody's accident.
  const roles = ROLES.filter((role) => myRole === 'owner' || role !== 'owner')
  const ownRoles = useSuspenseQuery(useApi().accounts.roles.list.queryOptions({ input: {} })).data.items
  const nameOf = (given: string) =>
    ownRoles.find(({ roleId }) => roleId === given)?.name ?? t(`role.${given as Role}.name`)
  const mayChange = mayManage && member.memberId !== myId && (member.role !== 'owner' || myRole === 'owner')
  const isDisabled = member.state === 'disabled'
  const changeRole = (given: string) => {
    change.mutate(
      { memberId: member.memberId, ...(isBuiltIn(given) ? { role: given } : { roleId: given }) },
      {
        onSuccess: () =>
          showUndo({
            message: t('members.roleChanged', { name: member.name, role: nameOf(given) }),
            undoLabel: t('undo'),
            undo: () =>
              change.mutate({
                memberId: member.memberId,
                ...(member.roleId ? { roleId: member.roleId } : { role: member.role ?? 'viewer' }),
              }),
          }),
      },
    )
  }
  // Whoever is disabled can be enabled again: undone rather than asked about.
  const changeState = (state: Member['state']) => {
    change.mutate(
      { memberId: member.memberId, state },
      {
        onSuccess: () =>
          showUndo({
            message: t(state === 'disabled' ? 'members.wasDisabled' : 'members.wasEnabled', { name: member.name }),
            undoLabel: t('undo'),
            undo: () => change.mutate({ memberId: member.memberId, state: member.state }),
          }),
      },
    )
  }
  return (
    <li className={styles.row}>
      <Avatar name={member.name} />
      <span className={styles.main}>
        <span className={styles.strong}>
          {member.name} {member.memberId === myId && <span className={styles.you}>{t('members.you')}</span>}
        </span>
        <span className={styles.muted}>{member.email}</span>
        {member.otherAtSources && <span className={styles.muted}>{t('sourceRoles.some')}</span>}
      </span>
      <span className={styles.rowActions}>
        {isDisabled && <Tag tone="neutral">{t('members.disabled')}</Tag>}
        {mayChange && !isDisabled ? (
          <Select
            aria-label={t('members.roleOf', { name: member.name })}
            data={[
              ...roles.map((value) => ({ value: value as string, label: t(`role.${value}.name`) })),
              ...ownRoles.map(({ roleId, name }) => ({ value: roleId, label: name })),
            ]}
            value={member.roleId ?? member.role}
            onChange={(given) => given && given !== (member.roleId ?? member.role) && changeRole(given)}
            allowDeselect={false}
            w={150}
          />
        ) : (
          <span title={member.role ? t(`role.${member.role}.may`) : undefined}>
            {member.role ? t(`role.${member.role}.name`) : member.roleName}
          </span>
        )}
        {mayManage && !isDisabled && (
          <Button onClick={onOpen} aria-label={t('members.detailsOf', { name: member.name })}>
            {t('members.details')}
          </Button>
        )}
        {mayChange &&
          (isDisabled ? (
            <Button onClick={() => changeState('active')} aria-label={t('members.enableOf', { name: member.name })}>
              {t('members.enable')}
            </Button>
          ) : (
            <Button onClick={() => changeState('disabled')} aria-label={t('members.disableOf', { name: member.name })}>
              {t('members.disable')}
            </Button>
          ))}
      </span>
    </li>
  )
}

const isBuiltIn = (given: string): given is Role => ROLES.some((role) => role === given)

function useChangeMember() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation(
    api.accounts.members.update.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.accounts.members.list.key() }),
    }),
  )
}
