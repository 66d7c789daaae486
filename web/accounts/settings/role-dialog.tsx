import { Modal, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Permission, PRESETS, ROLE_PRESETS, type RolePreset } from '../../../contract/permissions.ts'
import { useFormSaved } from '../../platform/form-saved.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useWorkspace } from '../../platform/session.ts'
import { Form } from '../../ui/form.tsx'
import type { OwnRole } from './own-role.ts'
import { PermissionChecks } from './permission-checks.tsx'

/** What whoever edits it does not have themselves is not offered: they could not give it. */
export function RoleDialog({ role, onClose }: { role: OwnRole | null; onClose: () => void }) {
  const t = useTexts('accounts')
  const { elsewhere } = useWorkspace()
  const [name, setName] = useState(role?.name ?? '')
  const [preset, setPreset] = useState<RolePreset | null>(role?.preset ?? null)
  const [permissions, setPermissions] = useState<Permission[]>(role?.permissions ?? ['workspace.read'])
  const [tried, setTried] = useState(false)
  const { save, isPending, error } = useSaveRole(role, onClose)
  const begin = (chosen: RolePreset) => {
    setPreset(chosen)
    setPermissions(ROLE_PRESETS[chosen].filter((permission) => elsewhere.includes(permission)))
    if (!name) setName(t(`roles.preset.${chosen}`))
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={role ? t('edit', { name: role.name }) : t('roles.new')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('save')}
        busy={isPending}
        error={error}
        onSubmit={() => {
          setTried(true)
          if (permissions.length > 0) save({ name, permissions, preset })
        }}
      >
        {!role && (
          <Select
            label={t('roles.begin')}
            description={t('roles.beginWhy')}
            data={PRESETS.map((value) => ({ value, label: t(`roles.preset.${value}`) }))}
            value={preset}
            onChange={(chosen) => chosen && begin(chosen as RolePreset)}
          />
        )}
        <TextInput
          label={t('roles.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        <PermissionChecks
          label={t('roles.may')}
          description={t('roles.mayWhy')}
          offered={elsewhere}
          value={permissions}
          onChange={setPermissions}
          error={tried && permissions.length === 0 ? t('roles.mayNothing') : null}
        />
      </Form>
    </Modal>
  )
}

function useSaveRole(role: OwnRole | null, onSaved: () => void) {
  const t = useTexts('accounts')
  const api = useApi()
  const done = useFormSaved(api.accounts.roles.list.key(), t('saved'), onSaved)
  const create = useMutation(api.accounts.roles.create.mutationOptions(done))
  const update = useMutation(api.accounts.roles.update.mutationOptions(done))
  return {
    save: (changed: { name: string; permissions: Permission[]; preset: RolePreset | null }) =>
      role
        ? update.mutate({
            roleId: role.roleId,
            version: role.version,
            name: changed.name,
            permissions: changed.permissions,
          })
        : create.mutate(changed),
    isPending: create.isPending || update.isPending,
    error: create.error ?? update.error,
  }
}
