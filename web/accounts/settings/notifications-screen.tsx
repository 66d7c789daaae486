import { Checkbox } from '@mantine/core'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useTexts } from '../../platform/i18n.ts'
import { useApi } from '../../platform/session.ts'
import { PushDevices } from './push-devices.tsx'
import styles from './settings.module.css'
import { SettingsPlace } from './settings-place.tsx'

type Read = ReturnType<typeof useApi>['notifications']['settings']
type Settings = Awaited<ReturnType<Read['call']>>
type Setting = Settings['items'][number]
const WAYS = ['inApp', 'byPush', 'byMail', 'withContent', 'offShift'] as const

/** Of what one is told, and how. Each tick counts at once. */
export function NotificationsScreen() {
  const t = useTexts('accounts')
  const settings = useSuspenseQuery(useApi().notifications.settings.queryOptions({ input: {} })).data.items
  const change = useChangeSetting()
  return (
    <SettingsPlace section="notifications">
      <p className={styles.note}>{t('notifications.why')}</p>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('notifications.of')}</th>
            {WAYS.map((way) => (
              <th key={way} scope="col">
                {t(`notifications.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <tr key={setting.kind}>
              <th scope="row">{t(`notifications.kind.${setting.kind}`)}</th>
              {WAYS.map((way) => (
                <td key={way}>
                  {setting[way] !== null && (
                    <Checkbox
                      aria-label={`${t(`notifications.kind.${setting.kind}`)}: ${t(`notifications.way.${way}`)}`}
                      checked={setting[way]}
                      disabled={way === 'withContent' && !setting.byMail && !setting.byPush}
                      onChange={(event) => change.mutate({ ...setting, [way]: event.currentTarget.checked })}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note} style={{ marginTop: 12 }}>
        {t('notifications.contentWhy')}
      </p>
      <PushDevices />
    </SettingsPlace>
  )
}

/** At once on screen, back when the server refuses. */
function useChangeSetting() {
  const api = useApi()
  const queries = useQueryClient()
  const queryKey = api.notifications.settings.queryKey({ input: {} })
  return useMutation({
    ...api.notifications.changeSetting.mutationOptions(),
    onMutate: async (changed: Setting) => {
      await queries.cancelQueries({ queryKey })
      const before = queries.getQueryData<Settings>(queryKey)
      queries.setQueryData<Settings>(
        queryKey,
        before && { items: before.items.map((item) => (item.kind === changed.kind ? changed : item)) },
      )
      return { before }
    },
    onError: (_error, _input, context) => queries.setQueryData(queryKey, context?.before),
    onSettled: () => queries.invalidateQueries({ queryKey }),
  })
}
