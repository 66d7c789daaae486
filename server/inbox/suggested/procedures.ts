import { suggested as contract } from '../../../contract/inbox-suggested.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { askModel, hostOf, promptFor, recordDrafting } from './drafting.ts'
import { saveModel, showModel } from './model.ts'
import { suggestAnswers } from './suggesting.ts'

const { answers, prompt, model, setModel } = implementer<WorkspaceContext>()(contract)
const { draft } = implementer<ReachingContext>()({ draft: contract.draft })

export const suggestedProcedures = {
  answers: answers.handler(({ input, context: { tx } }) => suggestAnswers(tx, input.conversationId)),
  prompt: prompt.handler(async ({ input, context: { tx, services } }) => {
    const { model: asked, messages, removed } = await promptFor(services, tx, input.conversationId)
    return { host: hostOf(asked), model: asked.model, messages, removed }
  }),
  draft: draft.handler(async ({ input: { conversationId }, context: { inWorkspace, services } }) => {
    const built = await inWorkspace((tx) => promptFor(services, tx, conversationId))
    // Told before it is asked: what left the house stands in the trail, whatever becomes of it.
    await inWorkspace(async (tx) => recordDrafting(tx, conversationId, hostOf(built.model)))
    return { text: await askModel(services, built) }
  }),
  model: model.handler(({ context: { tx } }) => showModel(tx)),
  setModel: setModel.handler(({ input, context: { tx, services } }) => saveModel(services, tx, input)),
}
