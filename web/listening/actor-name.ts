import { useQuery } from '@tanstack/react-query'
import { useTexts } from '../platform/i18n.ts'
import { useApi } from '../platform/session.ts'

interface Actor {
  kind: 'member' | 'rule' | 'bot' | 'system' | 'customer'
  id: string | null
}

/** Who did something: a colleague by name, or what kind of actor it was. */
export function useActorName(): (actor: Actor) => string {
  const t = useTexts('listening')
  const { data } = useQuery(useApi().accounts.members.list.queryOptions({ input: {} }))
  return ({ kind, id }) =>
    kind === 'member'
      ? (data?.items.find(({ memberId }) => memberId === id)?.name ?? t('actor.formerMember'))
      : t(`actor.${kind}`)
}
