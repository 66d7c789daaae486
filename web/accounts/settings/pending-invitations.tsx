import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import styles from './settings.module.css'

/** Invitations that nobody has used yet. */
export function PendingInvitations() {
  const t = useTexts('accounts')
  const api = useApi()
  const queries = useQueryClient()
  const invitations = useQuery(api.accounts.members.invitations.queryOptions({ input: {} }))
  const revoke = useMutation(
    api.accounts.members.revokeInvitation.mutationOptions({
      onSuccess: () => {
        showDone(t('invite.revoked'))
        return queries.invalidateQueries({ queryKey: api.accounts.members.invitations.key() })
      },
    }),
  )
  if (invitations.error) return <QueryError error={invitations.error} onRetry={() => void invitations.refetch()} />
  const items = invitations.data?.items ?? []
  if (items.length === 0) return null
  return (
    <ul className={styles.rows} aria-label={t('invite.pending')}>
      {items.map(({ invitationId, email, role, roleName, expiresAt }) => (
        <li key={invitationId} className={styles.row}>
          <span className={styles.main}>
            <span className={styles.strong}>{email ?? t('invite.byLink')}</span>
            <span className={styles.muted}>
              {role ? t(`role.${role}.name`) : roleName} · {t('invite.expires')} <TimeAgo time={expiresAt} />
            </span>
          </span>
          <Button
            size="compact-xs"
            loading={revoke.isPending && revoke.variables.invitationId === invitationId}
            onClick={() => revoke.mutate({ invitationId })}
            aria-label={t('invite.revokeOf', { whom: email ?? t('invite.byLink') })}
          >
            {t('invite.revoke')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
