import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../platform/session.ts'

/** What a colleague is called; null as long as that is not known, and for whoever has left. */
export function useMemberName(): (memberId: string | null) => string | null {
  const { data } = useQuery(useApi().accounts.members.list.queryOptions({ input: {} }))
  return (memberId) => data?.items.find((member) => member.memberId === memberId)?.name ?? null
}
