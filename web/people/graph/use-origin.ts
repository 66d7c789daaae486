import { useActorName } from '../../listening/actor-name.ts'
import { useAuthorName } from '../../listening/author-line.tsx'
import { useTexts } from '../../platform/i18n.ts'
import type { Candidate } from './shapes.ts'

/** Where a value comes from: "written by Anna", "from crm, about +49 …", "as @jan shows it". */
export function useOrigin(): (candidate: Candidate) => string {
  const t = useTexts('people')
  const who = useActorName()
  const nameOf = useAuthorName()
  return ({ origin, source, author, by }) =>
    t(`graph.origin.${origin}`, {
      who: by ? who(by) : '',
      source: source ?? '',
      account: author ? nameOf(author) : '',
    })
}
