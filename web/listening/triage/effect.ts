import type { Api } from '../../platform/api.ts'
import type { PostFilters, PostSearch } from '../post-search.ts'

export const effectOptions = (api: Api, topicId: string) =>
  api.listening.triage.effect.queryOptions({ input: { topicId }, staleTime: 30_000 })

interface Effect {
  judges: boolean
  noise: 'shown' | 'below' | 'kept-out'
}

/** The order that was chosen, or the one that follows from the topic's setting; by usefulness only where a topic judges. */
export function orderOf(search: Pick<PostSearch, 'order'>, effect: Effect | null): Pick<PostFilters, 'order'> {
  if (!effect?.judges) return {}
  const order = search.order ?? (effect.noise === 'shown' ? 'newest' : 'useful')
  return order === 'useful' ? { order } : {}
}
