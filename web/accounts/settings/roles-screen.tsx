import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ROLES } from '../../../contract/permissions.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { Empty } from '../../ui/empty.tsx'
import { FormSection } from '../../ui/form.tsx'
import type { OwnRole } from './own-role.ts'
import { RemoveRole } from './remove-role.tsx'
import { RoleDialog } from './role-dialog.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

/** Who may do what: the roles that every workspace has, and those of its own. */
export function RolesScreen() {
  const t = useTexts('accounts')
  const roles = useSuspenseQuery(useApi().accounts.roles.list.queryOptions({ input: {} })).data.items
  const mayManage = useMay('members.manage')
  const [edited, setEdited] = useState<OwnRole | 'new' | null>(null)
  const [removed, setRemoved] = useState<OwnRole | null>(null)
  const add = (
    <Button variant="filled" onClick={() => setEdited('new')}>
      {t('roles.new')}
    </Button>
  )
  return (
    <SettingsPlace section="roles" action={mayManage && roles.length > 0 ? add : null}>
      <FormSection title={t('roles.own')} why={t('roles.ownWhy')}>
        {roles.length === 0 ? (
          <Empty icon={IconShieldCheck} title={t('roles.empty')} action={mayManage ? add : null}>
            {t('roles.emptyWhy')}
          </Empty>
        ) : (
          <ul className={styles.rows}>
            {roles.map((role) => (
              <li key={role.roleId} className={styles.row}>
                <span className={styles.main}>
                  <span className={styles.strong}>{role.name}</span>
                  <span className={styles.muted}>
                    {role.permissions.map((permission) => t(`permission.${permission}`)).join(' · ')}
                  </span>
                </span>
                {mayManage && (
                  <span className={styles.rowActions}>
                    <Button onClick={() => setEdited(role)} aria-label={t('edit', { name: role.name })}>
                      {t('change')}
                    </Button>
                    <Button onClick={() => setRemoved(role)} aria-label={t('removeNamed', { name: role.name })}>
                      {t('remove')}
                    </Button>
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </FormSection>
      <FormSection title={t('roles.builtIn')} why={t('roles.builtInWhy')}>
        <ul className={styles.rows}>
          {ROLES.map((role) => (
            <li key={role} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.strong}>{t(`role.${role}.name`)}</span>
                <span className={styles.muted}>{t(`role.${role}.may`)}</span>
              </span>
            </li>
          ))}
        </ul>
      </FormSection>
      {edited && <RoleDialog role={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveRole role={removed} others={roles} onClose={() => setRemoved(null)} />}
    </SettingsPlace>
  )
}
