import { Checkbox } from '@mantine/core'
import { PERMISSIONS, type Permission } from '../../../contract/permissions.ts'
import { useTexts } from '../../platform/i18n.ts'
import styles from './settings.module.css'

interface PermissionChecksProps {
  label: string
  description: string
  /** Those that can be given at all. */
  offered: readonly Permission[]
  value: Permission[]
  onChange(permissions: Permission[]): void
  error: string | null
}

export function PermissionChecks({ label, description, offered, value, onChange, error }: PermissionChecksProps) {
  const t = useTexts('accounts')
  return (
    <Checkbox.Group
      label={label}
      description={description}
      value={value}
      onChange={(chosen) => onChange(chosen as Permission[])}
      error={error}
    >
      <div className={styles.scopes}>
        {PERMISSIONS.filter((permission) => offered.includes(permission)).map((permission) => (
          <Checkbox key={permission} value={permission} label={t(`permission.${permission}`)} title={permission} />
        ))}
      </div>
    </Checkbox.Group>
  )
}
