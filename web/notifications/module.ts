import { IconBell } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLiveSignals } from '../platform/live.tsx'
import type { WebModule } from '../platform/module.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import { useThrottled } from '../platform/throttled.ts'

/** The figure in the rail may be so old while much is told. */
const COUNT_EVERY_MS = 3_000

function useUnread(): number | null {
  const api = useApi()
  const queries = useQueryClient()
  const { memberId } = useWorkspace()
  const again = useThrottled(() => queries.invalidateQueries({ queryKey: api.notifications.key() }), COUNT_EVERY_MS)
  useLiveSignals('notification', ({ subjects }) => {
    if (subjects.memberId === memberId) again()
  })
  const { data } = useQuery(api.notifications.unread.queryOptions({ input: {} }))
  return data?.count || null
}

export const notifications: WebModule = {
  name: 'notifications',
  rail: [
    {
      id: 'notifications',
      label: 'notifications:title',
      icon: IconBell,
      path: 'notifications',
      permission: 'workspace.read',
      useCount: useUnread,
    },
  ],
}
