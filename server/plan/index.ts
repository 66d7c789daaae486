import type { Module } from '../platform/module.ts'
import { planData } from './personal-data.ts'
import type { PlanParts } from './port.ts'
import { planRouter } from './procedures.ts'

export { onlyListens } from './listening-only.ts'
export type { DeskChecks, GoalFigures } from './port.ts'

/** What the programme is for, whom it serves, what it is prepared for, and what its desk still needs. */
export const plan = (parts: PlanParts): Module => ({
  name: 'plan',
  personalData: planData,
  router: planRouter(parts),
  eventPermissions: {
    'goal.created': 'workspace.read',
    'goal.changed': 'workspace.read',
    'goal.removed': 'workspace.read',
    'stakeholder.created': 'workspace.read',
    'stakeholder.changed': 'workspace.read',
    'stakeholder.removed': 'workspace.read',
    'scenario.created': 'workspace.read',
    'scenario.changed': 'workspace.read',
    'scenario.retired': 'workspace.read',
    'walk.begun': 'workspace.read',
    'walk.ended': 'workspace.read',
    'walk.point-settled': 'workspace.read',
  },
})
