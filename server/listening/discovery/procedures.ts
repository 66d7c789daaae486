import { discovery as contract } from '../../../contract/listening-discovery.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { requireAllOpen } from '../../platform/reach.ts'
import { linksShared } from './links.ts'
import { risingTerms } from './rising.ts'
import { suggestionsFor } from './suggestions.ts'
import { talksOf } from './talks.ts'
import { voicesHeard } from './voices.ts'

const { discovery } = implementer<WorkspaceContext>()({ discovery: contract })

type Asked = Pick<WorkspaceContext, 'tx' | 'services'>
/** Tallies were added up over every source. */
const overAll =
  <Input, Found>(find: (tx: WorkspaceContext['tx'], input: Input, now: Date) => Promise<Found>) =>
  ({ input, context: { tx, services } }: { input: Input; context: Asked }): Promise<Found> => {
    requireAllOpen(tx)
    return find(tx, input, services.clock.now())
  }

export const discoveryProcedures = {
  rising: discovery.rising.handler(overAll(risingTerms)),
  voices: discovery.voices.handler(overAll(voicesHeard)),
  links: discovery.links.handler(overAll(linksShared)),
  talks: discovery.talks.handler(overAll(talksOf)),
  suggestions: discovery.suggestions.handler(
    overAll((tx, { topicId }: { topicId: string }, now) => suggestionsFor(tx, topicId, now)),
  ),
}
