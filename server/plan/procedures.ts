import { plan as contract } from '../../contract/plan.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { deskOf } from './desk.ts'
import { changeGoal, createGoal, listGoals, removeGoal } from './goals.ts'
import type { GoalFigures, PlanParts } from './port.ts'
import {
  changeScenario,
  createScenario,
  listScenarios,
  lockScenario,
  readScenario,
  retireScenario,
} from './scenarios.ts'
import { changeStakeholder, createStakeholder, listStakeholders, removeStakeholder } from './stakeholders.ts'
import { scenarioTemplates } from './templates.ts'
import { beginWalk, endWalk, findAtStep, settleOpenPoint } from './walks.ts'

const { goals, stakeholders, scenarios, walks, ...rest } = implementer<WorkspaceContext>()(contract)

const scenariosRouter = {
  list: scenarios.list.handler(async ({ context: { tx } }) => ({ items: await listScenarios(tx) })),
  templates: scenarios.templates.handler(async ({ input }) => ({ items: await scenarioTemplates(input.language) })),
  get: scenarios.get.handler(({ input, context: { tx } }) => readScenario(tx, input.scenarioId)),
  create: scenarios.create.handler(async ({ input, context: { tx } }) => ({
    scenarioId: await createScenario(tx, input),
  })),
  update: scenarios.update.handler(async ({ input, context: { tx } }) => ({
    version: await changeScenario(tx, input),
  })),
  retire: scenarios.retire.handler(async ({ input, context: { tx, services } }) => {
    await retireScenario(tx, input.scenarioId, services.clock.now())
    return {}
  }),
}

const walksRouter = {
  begin: walks.begin.handler(async ({ input: { scenarioId }, context: { tx } }) => {
    const { steps } = await lockScenario(tx, scenarioId)
    return { walkId: await beginWalk(tx, scenarioId, steps) }
  }),
  find: walks.find.handler(async ({ input, context: { tx } }) => {
    await findAtStep(tx, input)
    return {}
  }),
  end: walks.end.handler(async ({ input, context: { tx, services } }) => {
    await endWalk(tx, input, services.clock.now())
    return {}
  }),
  settle: walks.settle.handler(async ({ input, context: { tx, services } }) => {
    await settleOpenPoint(tx, input.openPointId, input.settled, services.clock.now())
    return {}
  }),
}

const stakeholdersRouter = {
  list: stakeholders.list.handler(async ({ context: { tx } }) => ({ items: await listStakeholders(tx) })),
  create: stakeholders.create.handler(async ({ input, context: { tx } }) => ({
    stakeholderId: await createStakeholder(tx, input),
  })),
  update: stakeholders.update.handler(async ({ input: { stakeholderId, ...input }, context: { tx } }) => {
    await changeStakeholder(tx, stakeholderId, input)
    return {}
  }),
  remove: stakeholders.remove.handler(async ({ input, context: { tx } }) => {
    await removeStakeholder(tx, input.stakeholderId)
    return {}
  }),
}

/** `parts`: what only modules below can measure and count. */
export function planRouter({ figures, checks }: PlanParts) {
  const measurable: GoalFigures = Object.assign({}, ...figures)
  return {
    goals: {
      list: goals.list.handler(async ({ context: { tx, services } }) => ({
        items: await listGoals(tx, measurable, services),
      })),
      create: goals.create.handler(async ({ input, context: { tx } }) => ({ goalId: await createGoal(tx, input) })),
      update: goals.update.handler(async ({ input: { goalId, ...input }, context: { tx } }) => {
        await changeGoal(tx, goalId, input)
        return {}
      }),
      remove: goals.remove.handler(async ({ input, context: { tx } }) => {
        await removeGoal(tx, input.goalId)
        return {}
      }),
    },
    stakeholders: stakeholdersRouter,
    scenarios: scenariosRouter,
    walks: walksRouter,
    desk: rest.desk.handler(({ context: { tx, services } }) => deskOf(tx, services, checks)),
  }
}
