import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { failureOf, textOfFailure } from '../platform/failures.ts'
import { useTexts } from '../platform/i18n.ts'
import styles from './form.module.css'

interface ConfirmByNameProps {
  opened: boolean
  onClose(): void
  /** "Delete the topic". */
  title: string
  /** What is typed to confirm: the name of what goes. */
  name: string
  /** "Delete the topic", on the button. */
  action: string
  /** Exactly what goes, and what stays. */
  children: ReactNode
  /** What it throws is shown here, and the dialog stays. */
  onConfirm(): Promise<unknown>
}

/** Asks by naming what goes. The button works only when the name stands there. */
export function ConfirmByName({ opened, onClose, title, name, action, children, onConfirm }: ConfirmByNameProps) {
  const t = useTexts('ui')
  const [typed, setTyped] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<unknown>(null)
  const matches = typed.trim().toLowerCase() === name.trim().toLowerCase()
  const close = () => {
    setTyped('')
    setFailed(null)
    onClose()
  }
  const confirm = async (event: FormEvent) => {
    event.preventDefault()
    if (!matches || busy) return
    setBusy(true)
    setFailed(null)
    try {
      await onConfirm()
      close()
    } catch (error) {
      setFailed(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={(event) => void confirm(event)}>
        {children}
        <TextInput
          mt="md"
          label={t('confirm.typeName', { name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        <div role="alert">{failed ? <p className={styles.error}>{textOfFailure(failureOf(failed))}</p> : null}</div>
        <Group justify="flex-end" mt="md" gap="sm">
          <Button onClick={close}>{t('cancel')}</Button>
          <Button type="submit" color="red" variant="filled" disabled={!matches} loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
