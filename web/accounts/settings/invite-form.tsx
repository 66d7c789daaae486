import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { failureOf, textOfFailure } from '../../platform/failures.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import styles from './settings.module.css'

export const INVITED_ROLES = ['agent', 'lead', 'admin', 'viewer'] as const
type InvitedRole = (typeof INVITED_ROLES)[number]

/** By link always; by mail too where an address is given and a mail server is set up. */
export function InviteForm() {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  // A role that every workspace knows, or the id of one of its own.
  const [role, setRole] = useState<string>('agent')
  const ownRoles = useQuery(api.accounts.roles.list.queryOptions({ input: {} })).data?.items ?? []
  const own = ownRoles.find(({ roleId }) => roleId === role)
  const invite = useMutation(
    api.accounts.members.invite.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess: () => {
        setEmail('')
        return queries.invalidateQueries({ queryKey: api.accounts.members.invitations.key() })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = isInvited(role) ? { role } : { roleId: role }
    if (!invite.isPending) invite.mutate({ ...given, ...(email.trim() ? { email: email.trim() } : {}) })
  }
  return (
    <div className={styles.stack}>
      <form className={styles.inline} onSubmit={submit}>
        <TextInput
          type="email"
          label={t('invite.email')}
          description={t('invite.emailWhy')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          maxLength={254}
          autoComplete="off"
        />
        <Select
          label={t('invite.role')}
          data={[
            ...INVITED_ROLES.map((value) => ({ value: value as string, label: t(`role.${value}.name`) })),
            ...ownRoles.map(({ roleId, name }) => ({ value: roleId, label: name })),
          ]}
          value={role}
          onChange={(chosen) => chosen && setRole(chosen)}
          allowDeselect={false}
          w={150}
        />
        <Button type="submit" variant="filled" loading={invite.isPending}>
          {t('invite.submit')}
        </Button>
      </form>
      <p className={styles.note} style={{ margin: 0 }}>
        {isInvited(role)
          ? t(`role.${role}.may`)
          : own?.permissions.map((permission) => t(`permission.${permission}`)).join(' · ')}
      </p>
      <div role="alert">{invite.error && <p className={styles.wrong}>{textOfFailure(failureOf(invite.error))}</p>}</div>
      <div role="status">{invite.data && <NewInvitation {...invite.data} />}</div>
    </div>
  )
}

const isInvited = (role: string): role is InvitedRole => INVITED_ROLES.some((known) => known === role)

interface NewInvitationProps {
  link: string
  mailed: boolean
  mailFailure: string | null
}

/** The link is shown once: only its fingerprint is kept. */
function NewInvitation({ link, mailed, mailFailure }: NewInvitationProps) {
  const t = useTexts('accounts')
  return (
    <div className={styles.box}>
      {mailed && <span className={styles.good}>{t('invite.mailed')}</span>}
      {mailFailure && (
        <span className={styles.wrong}>
          {t('invite.notMailed')} {t(`mail.failure.${mailFailure}`)}
        </span>
      )}
      <span>{t('invite.link')}</span>
      <span className={styles.secret}>
        <code>{link}</code>
        <CopyButton text={link} label={t('invite.copy')} />
      </span>
    </div>
  )
}
