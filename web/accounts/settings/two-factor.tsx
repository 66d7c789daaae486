import { Anchor, Button, Modal, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { failureOf } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { meQuery, useMe } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Form } from '../../ui/form.tsx'
import { Tag } from '../../ui/tag.tsx'
import { confirmTwoFactor, newBackupCodes, startTwoFactor, stopTwoFactor, type TwoFactorStart } from './auth-calls.ts'
import { BackupCodes } from './backup-codes.tsx'
import { QrCode } from './qr-code.tsx'
import styles from './settings.module.css'
import { SignInAgain } from './sign-in-again.tsx'
import { secretInGroups, secretOf } from './totp-secret.ts'

/** Apps show the six digits in groups. */
const CODE_CHARACTERS_MAX = 12

type Dialog = 'start' | 'stop' | 'codes'

/** A code from an app beside the password. */
export function TwoFactor({ hasPassword }: { hasPassword: boolean }) {
  const t = useTexts('accounts')
  const { twoFactor } = useMe()
  const [dialog, setDialog] = useState<Dialog | null>(null)
  return (
    <div className={styles.stack}>
      <div>
        <Tag tone={twoFactor ? 'good' : 'neutral'}>{twoFactor ? t('security.on') : t('security.off')}</Tag>
      </div>
      <div className={styles.actions}>
        {twoFactor ? (
          <>
            <Button onClick={() => setDialog('codes')}>{t('security.newCodes')}</Button>
            <Button onClick={() => setDialog('stop')}>{t('security.stopTwoFactor')}</Button>
          </>
        ) : (
          <Button onClick={() => setDialog('start')}>{t('security.startTwoFactor')}</Button>
        )}
      </div>
      {dialog === 'start' && <StartDialog hasPassword={hasPassword} onClose={() => setDialog(null)} />}
      {dialog === 'stop' && <StopDialog hasPassword={hasPassword} onClose={() => setDialog(null)} />}
      {dialog === 'codes' && <CodesDialog hasPassword={hasPassword} onClose={() => setDialog(null)} />}
    </div>
  )
}

interface DialogProps {
  hasPassword: boolean
  onClose: () => void
}

/** Password, then the app learns the key and proves it, then the backup codes: in this order nobody locks themselves out. */
function StartDialog({ hasPassword, onClose }: DialogProps) {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const [begun, setBegun] = useState<TwoFactorStart | null>(null)
  const [confirmed, setConfirmed] = useState(false)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('security.startTwoFactor')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={begun === null}
      closeOnEscape={!confirmed}
    >
      {begun === null ? (
        <PasswordStep hasPassword={hasPassword} run={startTwoFactor} submit={t('security.next')} onDone={setBegun} />
      ) : confirmed ? (
        <BackupCodes codes={begun.backupCodes} onKept={onClose} />
      ) : (
        <ProofStep
          start={begun}
          onDone={() => {
            setConfirmed(true)
            showDone(t('security.twoFactorStarted'))
            void queries.invalidateQueries({ queryKey: meQuery.queryKey })
          }}
        />
      )}
    </Modal>
  )
}

function ProofStep({ start, onDone }: { start: TwoFactorStart; onDone: () => void }) {
  const t = useTexts('accounts')
  const [code, setCode] = useState('')
  const confirm = useMutation({
    mutationFn: () => confirmTwoFactor(code.replaceAll(' ', '')),
    meta: { shownInPlace: true },
    onSuccess: onDone,
    onError: () => setCode(''),
  })
  const secret = secretOf(start.totpURI)
  return (
    <Form
      submit={t('security.confirmCode')}
      busy={confirm.isPending}
      error={confirm.error}
      onSubmit={() => confirm.mutate()}
    >
      <p className={styles.note} style={{ margin: 0 }}>
        {t('security.scan')}
      </p>
      <QrCode text={start.totpURI} label={t('security.qr')} />
      <span className={styles.secret}>
        <code>{secretInGroups(secret)}</code>
        <CopyButton text={secret} label={t('security.copySecret')} />
      </span>
      <Anchor href={start.totpURI}>{t('security.openApp')}</Anchor>
      <TextInput
        label={t('security.code')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        required
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={CODE_CHARACTERS_MAX}
        data-autofocus
        w={140}
      />
    </Form>
  )
}

function StopDialog({ hasPassword, onClose }: DialogProps) {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('security.stopTwoFactor')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <p className={styles.note}>{t('security.stopWhat')}</p>
      <PasswordStep
        hasPassword={hasPassword}
        run={stopTwoFactor}
        submit={t('security.stopTwoFactor')}
        onDone={() => {
          showDone(t('security.twoFactorStopped'))
          void queries.invalidateQueries({ queryKey: meQuery.queryKey })
          onClose()
        }}
      />
    </Modal>
  )
}

function CodesDialog({ hasPassword, onClose }: DialogProps) {
  const t = useTexts('accounts')
  const [codes, setCodes] = useState<string[] | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('security.newCodes')}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
      closeOnClickOutside={codes === null}
    >
      {codes ? (
        <BackupCodes codes={codes} onKept={onClose} />
      ) : (
        <>
          <p className={styles.note}>{t('security.newCodesWhat')}</p>
          <PasswordStep
            hasPassword={hasPassword}
            run={newBackupCodes}
            submit={t('security.newCodes')}
            onDone={setCodes}
          />
        </>
      )}
    </Modal>
  )
}

interface PasswordStepProps<Answer> {
  hasPassword: boolean
  run(password: string | null): Promise<Answer>
  submit: string
  onDone(answer: Answer): void
}

/** What touches the ways in asks for the password again; without one, the server wants a sign-in of today. */
function PasswordStep<Answer>({ hasPassword, run, submit, onDone }: PasswordStepProps<Answer>) {
  const t = useTexts('accounts')
  const [password, setPassword] = useState('')
  const ask = useMutation({
    mutationFn: () => run(hasPassword ? password : null),
    meta: { shownInPlace: true },
    onSuccess: onDone,
  })
  const tooOld = ask.error && failureOf(ask.error).code === 'sign-in-too-old'
  if (tooOld) return <SignInAgain error={ask.error} />
  return (
    <Form submit={submit} busy={ask.isPending} error={ask.error} onSubmit={() => ask.mutate()}>
      {hasPassword ? (
        <PasswordInput
          label={t('security.yourPassword')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('security.showPassword') }}
          data-autofocus
        />
      ) : (
        <p className={styles.note}>{t('security.withoutPassword')}</p>
      )}
    </Form>
  )
}
