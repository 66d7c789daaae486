import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { showDone } from '../../platform/undo.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { listSessions, revokeOtherSessions, revokeSession } from './auth-calls.ts'
import { describeDevice, shownAddress } from './device.ts'
import styles from './settings.module.css'
import { SignInAgain } from './sign-in-again.tsx'

const sessionsQuery = { queryKey: ['sign-in', 'sessions'], queryFn: listSessions }

/** Where this account is signed in; each can be ended from here. */
export function Sessions() {
  const t = useTexts('accounts')
  const queries = useQueryClient()
  const sessions = useQuery({ ...sessionsQuery, retry: false })
  const ended = {
    onSuccess: () => showDone(t('security.sessionEnded')),
    onSettled: () => queries.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  }
  const end = useMutation({ mutationFn: revokeSession, ...ended })
  const endOthers = useMutation({ mutationFn: revokeOtherSessions, ...ended })
  if (sessions.error) return <SignInAgain error={sessions.error} />
  const items = sessions.data ?? []
  return (
    <div className={styles.stack}>
      <ul className={styles.rows}>
        {items.map((session) => (
          <li key={session.id} className={styles.row}>
            <span className={styles.main}>
              <span className={styles.strong}>{describeDevice(session.userAgent) ?? t('security.unknownDevice')}</span>
              <span className={styles.muted}>
                {shownAddress(session.ipAddress) && `${shownAddress(session.ipAddress)} · `}
                {t('security.signedInAt')} <TimeAgo time={new Date(session.createdAt)} />
              </span>
            </span>
            {session.current ? (
              <Tag tone="good">{t('security.thisDevice')}</Tag>
            ) : (
              <Button
                loading={end.isPending && end.variables === session.token}
                onClick={() => end.mutate(session.token)}
                aria-label={t('security.endSessionOf', {
                  device: describeDevice(session.userAgent) ?? t('security.unknownDevice'),
                })}
              >
                {t('security.endSession')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <div>
          <Button loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('security.endOthers')}
          </Button>
        </div>
      )}
    </div>
  )
}
