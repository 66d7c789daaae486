import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { useTexts } from '../../../platform/i18n.ts'
import { useApi, useMay } from '../../../platform/session.ts'
import { ConfirmByName } from '../../../ui/confirm-by-name.tsx'
import styles from '../settings.module.css'
import { Versions } from './versions.tsx'

interface RulesRowProps {
  name: string
  versions: ComponentProps<typeof Versions>['versions']
  onEdit(): void
  /** Nothing rests on it. */
  removable: boolean
  removal: { action: string; what: string; remove(): Promise<unknown> }
  children: ReactNode
}

/** A calendar or a promise, with what can be done with it. */
export function RulesRow({ name, versions, onEdit, removable, removal, children }: RulesRowProps) {
  const t = useTexts('accounts')
  const mayManage = useMay('clocks.manage')
  const [removing, setRemoving] = useState(false)
  return (
    <li className={styles.row}>
      <span className={styles.main}>
        <span className={styles.strong}>{name}</span>
        {children}
        <Versions versions={versions} />
      </span>
      {mayManage && (
        <span className={styles.rowActions}>
          <Button onClick={onEdit} aria-label={t('edit', { name })}>
            {t('change')}
          </Button>
          {removable && (
            <Button onClick={() => setRemoving(true)} aria-label={t('removeNamed', { name })}>
              {t('remove')}
            </Button>
          )}
        </span>
      )}
      {removing && <Removal name={name} {...removal} onClose={() => setRemoving(false)} />}
    </li>
  )
}

type RemovalProps = RulesRowProps['removal'] & { name: string; onClose(): void }

function Removal({ name, action, what, remove, onClose }: RemovalProps) {
  const t = useTexts('accounts')
  const { clocks } = useApi().inbox
  const queries = useQueryClient()
  const removal = useMutation({
    mutationFn: remove,
    meta: { shownInPlace: true },
    onSettled: () => queries.invalidateQueries({ queryKey: clocks.key() }),
  })
  return (
    <ConfirmByName
      opened
      onClose={onClose}
      title={t('removeNamed', { name })}
      name={name}
      action={action}
      onConfirm={() => removal.mutateAsync()}
    >
      {what}
    </ConfirmByName>
  )
}
