import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { showDone } from '../../platform/undo.tsx'
import { QueryError } from '../../ui/query-error.tsx'
import { Tag } from '../../ui/tag.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { describeDevice } from './device.ts'
import { currentSubscription, PushRefused, pushAbility, subscribe } from './push-subscription.ts'
import styles from './settings.module.css'

/** The browsers in which one is told, also when Rapport is closed. */
export function PushDevices() {
  const t = useTexts('accounts')
  const { data, error, refetch } = useDevices()
  const add = useAddDevice(data?.publicKey)
  const remove = useRemoveDevice()
  const ability = pushAbility()
  if (error) return <QueryError error={error} onRetry={() => void refetch()} />
  const items = data?.items ?? []
  const problem = ability === 'able' ? (add.error instanceof PushRefused ? add.error.because : null) : ability
  return (
    <section className={styles.stack} aria-labelledby="push-devices">
      <h2 id="push-devices" className={styles.strong}>
        {t('notifications.devices.title')}
      </h2>
      <p className={styles.note}>{t('notifications.devices.why')}</p>
      {items.length > 0 && (
        <ul className={styles.rows}>
          {items.map(({ deviceId, name, lastUsedAt, thisOne }) => (
            <li key={deviceId} className={styles.row}>
              <span className={styles.main}>
                <span className={styles.strong}>{name}</span>{' '}
                {thisOne && <Tag tone="good">{t('notifications.devices.this')}</Tag>}
                <span className={styles.muted}>
                  {lastUsedAt ? (
                    <>
                      {t('notifications.devices.lastUsed')} <TimeAgo time={lastUsedAt} />
                    </>
                  ) : (
                    t('notifications.devices.never')
                  )}
                </span>
              </span>
              <Button
                loading={remove.isPending && remove.variables.deviceId === deviceId}
                onClick={() => remove.mutate({ deviceId, name, thisOne })}
                aria-label={t('notifications.devices.remove', { name })}
              >
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data && items.length === 0 && <div className={styles.muted}>{t('notifications.devices.none')}</div>}
      {problem && (
        <p className={styles.note} role="status">
          {t(`notifications.devices.${problem}`)}
        </p>
      )}
      {ability === 'able' && data && !items.some(({ thisOne }) => thisOne) && (
        <div>
          <Button loading={add.isPending} onClick={() => add.mutate()}>
            {t('notifications.devices.add')}
          </Button>
        </div>
      )}
    </section>
  )
}

function useDevices() {
  const { devices } = useApi().notifications
  const mine = useQuery({
    queryKey: ['push', 'subscription'],
    queryFn: async () => (await currentSubscription().catch(() => null))?.endpoint ?? '',
  })
  return useQuery(
    devices.list.queryOptions({
      input: mine.data ? { endpoint: mine.data } : {},
      enabled: !mine.isPending,
    }),
  )
}

function useAddDevice(publicKey: string | undefined) {
  const t = useTexts('accounts')
  const { devices } = useApi().notifications
  const again = useAgain()
  return useMutation({
    meta: { shownInPlace: true },
    mutationFn: async () => {
      const subscription = await subscribe(publicKey ?? '')
      const name = describeDevice(navigator.userAgent) ?? t('security.unknownDevice')
      return devices.add.call({ name, subscription })
    },
    onSuccess: () => showDone(t('notifications.devices.added')),
    onSettled: again,
  })
}

function useRemoveDevice() {
  const t = useTexts('accounts')
  const { devices } = useApi().notifications
  const again = useAgain()
  return useMutation({
    mutationFn: async ({ deviceId, thisOne }: { deviceId: string; name: string; thisOne: boolean }) => {
      await devices.remove.call({ deviceId })
      if (thisOne) await (await currentSubscription())?.unsubscribe()
    },
    onSuccess: (_done, { name }) => showDone(t('notifications.devices.removed', { name })),
    onSettled: again,
  })
}

function useAgain() {
  const queries = useQueryClient()
  const api = useApi()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['push', 'subscription'] })
    await queries.invalidateQueries({ queryKey: api.notifications.devices.key() })
  }
}
