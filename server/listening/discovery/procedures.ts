import { discovery as contract } from '../../../contract/listening-discovery.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { linksShared } from './links.ts'
import { risingTerms } from './rising.ts'
import { suggestionsFor } from './suggestions.ts'
import { talksOf } from './talks.ts'
import { voicesHeard } from './voices.ts'

const { discovery } = implementer<WorkspaceContext>()({ discovery: contract })

export const discoveryProcedures = {
  rising: discovery.rising.handler(({ input, context: { tx, services } }) =>
    risingTerms(tx, input, services.clock.now()),
  ),
  voices: discovery.voices.handler(({ input, context: { tx, services } }) =>
    voicesHeard(tx, input, services.clock.now()),
  ),
  links: discovery.links.handler(({ input, context: { tx, services } }) =>
    linksShared(tx, input, services.clock.now()),
  ),
  talks: discovery.talks.handler(({ input, context: { tx, services } }) => talksOf(tx, input, services.clock.now())),
  suggestions: discovery.suggestions.handler(({ input, context: { tx, services } }) =>
    suggestionsFor(tx, input.topicId, services.clock.now()),
  ),
}
