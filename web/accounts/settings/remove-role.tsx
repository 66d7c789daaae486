import { Modal, Select } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { Form } from '../../ui/form.tsx'
import type { OwnRole } from './own-role.ts'
import styles from './settings.module.css'

const BUILT_IN = ['viewer', 'agent', 'lead'] as const
type BuiltIn = (typeof BUILT_IN)[number]
const isBuiltIn = (value: string): value is BuiltIn => BUILT_IN.some((role) => role === value)

/** Nobody is left without a role: it is said first which one they get. */
export function RemoveRole({ role, others, onClose }: { role: OwnRole; others: OwnRole[]; onClose: () => void }) {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const [to, setTo] = useState('viewer')
  const remove = useMutation(
    api.accounts.roles.remove.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.accounts.roles.list.key() }),
          queries.invalidateQueries({ queryKey: api.accounts.members.key() }),
        ])
        showDone(t('roles.removed', { name: role.name }))
        onClose()
      },
    }),
  )
  const { roleId, version } = role
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('removeNamed', { name: role.name })}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Form
        submit={t('roles.remove', { name: role.name })}
        busy={remove.isPending}
        error={remove.error}
        onSubmit={() => remove.mutate({ roleId, version, ...(isBuiltIn(to) ? { toRole: to } : { toRoleId: to }) })}
      >
        <p className={styles.note}>{t('roles.removeWhat')}</p>
        <Select
          label={t('roles.instead')}
          data={[
            ...BUILT_IN.map((value) => ({ value: value as string, label: t(`role.${value}.name`) })),
            ...others
              .filter((other) => other.roleId !== role.roleId)
              .map((other) => ({ value: other.roleId, label: other.name })),
          ]}
          value={to}
          onChange={(chosen) => chosen && setTo(chosen)}
          allowDeselect={false}
        />
      </Form>
    </Modal>
  )
}
