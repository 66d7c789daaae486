import { suggestions as contract } from '../../../contract/people-suggestions.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { confirm, putOff, refuse, takeBack } from './answering.ts'
import { countOpen, listSuggestions, suggestionsOfPerson } from './listing.ts'
import { modelFacts } from './models.ts'
import { changePolicy, readPolicy } from './policy.ts'
import { newestRun, requestRun } from './runs.ts'

const { suggestions } = implementer<WorkspaceContext>()({ suggestions: contract })

export const suggestionProcedures = {
  list: suggestions.list.handler(({ input, context: { tx, services } }) =>
    listSuggestions(tx, input, services.clock.now()),
  ),
  ofPerson: suggestions.ofPerson.handler(async ({ input, context: { tx, services } }) => ({
    items: await suggestionsOfPerson(tx, input.personId, services.clock.now()),
  })),
  count: suggestions.count.handler(async ({ context: { tx, services } }) => ({
    open: await countOpen(tx, services.clock.now()),
  })),
  confirm: suggestions.confirm.handler(async ({ input, context: { tx, services } }) => ({
    operationId: await confirm(tx, input.suggestionId, services.clock.now()),
  })),
  refuse: suggestions.refuse.handler(async ({ input, context: { tx, services } }) => {
    await refuse(tx, input.suggestionId, services.clock.now())
    return {}
  }),
  putOff: suggestions.putOff.handler(async ({ input, context: { tx, services } }) => ({
    until: await putOff(tx, input.suggestionId, services.clock.now()),
  })),
  takeBack: suggestions.takeBack.handler(async ({ input, context: { tx, services } }) => {
    await takeBack(tx, input.suggestionId, services.clock.now())
    return {}
  }),
  policy: suggestions.policy.handler(async ({ context: { tx } }) => ({
    ...(await readPolicy(tx)),
    model: await modelFacts(tx),
    run: await newestRun(tx),
  })),
  changePolicy: suggestions.changePolicy.handler(async ({ input, context: { tx, services } }) => {
    await changePolicy(tx, input, services.clock.now())
    return {}
  }),
  run: suggestions.run.handler(async ({ context: { tx, services } }) => ({
    runId: await requestRun(tx, services.clock.now()),
  })),
}
