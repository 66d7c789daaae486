import { useMutation, useQueryClient } from '@tanstack/react-query'
import { apiOf } from '../platform/api.ts'
import { type Me, meQuery } from '../platform/session.ts'

/** Changes the own account: at once on screen, back when the server refuses. */
export function useChangeMe() {
  const queries = useQueryClient()
  return useMutation({
    ...apiOf(null).accounts.session.update.mutationOptions(),
    onMutate: (input) => {
      const before = queries.getQueryData(meQuery.queryKey)
      const known = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
      queries.setQueryData(meQuery.queryKey, (me: Me | undefined) => me && { ...me, ...known })
      return { before }
    },
    onError: (_error, _input, context) => queries.setQueryData(meQuery.queryKey, context?.before),
  })
}
