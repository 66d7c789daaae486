import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

const PRESENCES = ['available', 'away', 'off'] as const

/** Whether I take work now, in this workspace. Nobody can look up whether I did yesterday. */
export function OwnPresence() {
  const t = useTexts('shell')
  const api = useApi()
  const formats = useFormats()
  const queries = useQueryClient()
  const mine = useQuery(api.accounts.staffing.mine.queryOptions({ input: {} }))
  const change = useMutation(
    api.accounts.staffing.setPresence.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.accounts.staffing.key() }),
    }),
  )
  if (!mine.data) return null
  const chosen = change.isPending ? change.variables.presence : mine.data.presence
  const { now, shifts } = mine.data
  return (
    <>
      <Menu.Label>
        {now !== mine.data.presence && shifts.length > 0
          ? t('presence.offShift', { shifts: formats.list(shifts) })
          : t('presence.title')}
      </Menu.Label>
      {PRESENCES.map((presence) => (
        <Menu.Item
          key={presence}
          rightSection={presence === chosen ? <IconCheck size={14} aria-hidden /> : null}
          onClick={() => change.mutate({ presence })}
          aria-current={presence === chosen || undefined}
        >
          {t(`presence.${presence}`)}
        </Menu.Item>
      ))}
      <Menu.Divider />
    </>
  )
}
