import { people as contract } from '../../../contract/people.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { readFields } from '../fields/reading.ts'
import { readSettings, saveSettings } from '../fields/settings.ts'
import { doInBulk } from './bulk.ts'
import { linkContactPoint, lookUpContactPoint } from './contact-link.ts'
import { OWN_FACTS, type PersonFact } from './facts.ts'
import { personHistory, readOperation } from './history.ts'
import { readMembers } from './members.ts'
import { mergePersons } from './merge.ts'
import { cutIdentity, moveIdentity } from './move.ts'
import { setFields } from './overrides.ts'
import { previewAct } from './preview.ts'
import { splitPerson } from './split.ts'
import { undoOperation } from './undo.ts'

const { graph } = implementer<WorkspaceContext>()({ graph: contract.graph })
const { graph: reaching } = implementer<ReachingContext>()({ graph: contract.graph })

/** `facts`: what modules below count of persons, told in previews. */
export const graphProcedures = (facts: readonly PersonFact[]) => ({
  graph: {
    preview: graph.preview.handler(({ input, context: { tx, me, services } }) =>
      previewAct(tx, input, { permissions: me.permissions, facts: [...facts, ...OWN_FACTS] }, services.clock.now()),
    ),
    merge: graph.merge.handler(({ input: { evidence, ...merge }, context: { tx, services } }) =>
      mergePersons(tx, { ...merge, evidence: { reason: evidence } }, services.clock.now()),
    ),
    split: graph.split.handler(({ input: { evidence, ...split }, context: { tx, services } }) =>
      splitPerson(tx, { ...split, evidence: { reason: evidence }, reason: evidence }, services.clock.now()),
    ),
    move: graph.move.handler(({ input: { evidence, ...move }, context: { tx, services } }) =>
      moveIdentity(tx, { ...move, evidence: { reason: evidence } }, services.clock.now()),
    ),
    cut: graph.cut.handler(({ input, context: { tx, services } }) => cutIdentity(tx, input, services.clock.now())),
    undo: graph.undo.handler(({ input: { operationId, reason }, context: { tx, services } }) =>
      undoOperation(tx, operationId, reason, services.clock.now()),
    ),
    contactPoint: graph.contactPoint.handler(({ input, context: { tx, services } }) =>
      lookUpContactPoint(tx, input, services.secrets),
    ),
    linkContactPoint: graph.linkContactPoint.handler(({ input: { evidence, ...link }, context: { tx, services } }) =>
      linkContactPoint(tx, { ...link, evidence: { reason: evidence } }, services.clock.now(), services.secrets),
    ),
    bulk: reaching.bulk.handler(async ({ input, context: { inWorkspace, services } }) => ({
      results: await doInBulk(inWorkspace, input.acts, () => services.clock.now()),
    })),
    history: graph.history.handler(({ input: { personId, ...options }, context: { tx } }) =>
      personHistory(tx, personId, options),
    ),
    operation: graph.operation.handler(({ input, context: { tx } }) => readOperation(tx, input.operationId)),
    members: graph.members.handler(({ input, context: { tx } }) => readMembers(tx, input.personId)),
    fields: {
      get: graph.fields.get.handler(({ input, context: { tx } }) => readFields(tx, input.personId)),
      set: graph.fields.set.handler(({ input: { personId, fields }, context: { tx, services } }) =>
        setFields(tx, personId, fields, services.clock.now()),
      ),
    },
    settings: {
      get: graph.settings.get.handler(({ context: { tx } }) => readSettings(tx)),
      save: graph.settings.save.handler(async ({ input, context: { tx } }) => {
        await saveSettings(tx, input)
        return {}
      }),
    },
  },
})
