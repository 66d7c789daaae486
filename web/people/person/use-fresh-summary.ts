import { useQueryClient } from '@tanstack/react-query'
import { useLiveSignals } from '../../platform/live.tsx'
import { useApi } from '../../platform/session.ts'

/** Figures of a person are made a moment after what they count (server/people/profile/refresh.ts), which is no event. */
export function useFreshSummary(personId: string): void {
  const api = useApi()
  const queries = useQueryClient()
  useLiveSignals('person-summaries', ({ subjects: { persons } }) => {
    if (persons !== undefined && !persons.split(' ').includes(personId)) return
    for (const queryKey of [api.people.profile.key(), api.people.scores.ofPerson.key()])
      void queries.invalidateQueries({ queryKey })
  })
}
