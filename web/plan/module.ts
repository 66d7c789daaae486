import type { WebModule } from '../platform/module.ts'

export const plan: WebModule = {
  name: 'plan',
  live: {
    'goal.': (_event, api) => [api.plan.goals.key()],
    'stakeholder.': (_event, api) => [api.plan.stakeholders.key()],
    'scenario.': (_event, api) => [api.plan.scenarios.key()],
    'walk.': (_event, api) => [api.plan.scenarios.key()],
  },
}
