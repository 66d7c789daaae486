import type { Module } from '../platform/module.ts'
import { drillLoop } from './drills/loop.ts'
import { type House, removeExpiredSandboxes } from './drills/sandbox.ts'
import { CRISIS, CRISIS_PROPOSED, crisisSubject, proposalSubject } from './notification-kind.ts'
import { crisisData } from './personal-data.ts'
import { crisisRouter } from './procedures.ts'

export { crisesOf } from './crises-of.ts'
export { freeze } from './freezing.ts'
export { conversationsSubscription } from './group.ts'
export { alarmsSubscription, proposeCrisis } from './proposals.ts'

/** When calm is over, and how to rehearse for it. */
export const crisis = (house: House): Module => ({
  name: 'crisis',
  personalData: crisisData,
  router: crisisRouter,
  loops: [drillLoop(house)],
  tasks: { 'crisis.remove-sandboxes': (services) => removeExpiredSandboxes(services) },
  configuration: ['playbook', 'holding_statement'],
  notifications: { kinds: [CRISIS, CRISIS_PROPOSED], subjects: [crisisSubject, proposalSubject] },
  eventPermissions: {
    'crisis.declared': 'workspace.read',
    'crisis.step-done': 'workspace.read',
    'crisis.step-open': 'workspace.read',
    'crisis.logged': 'workspace.read',
    'crisis.released': 'workspace.read',
    'crisis.ended': 'workspace.read',
    'crisis.dismissed': 'topics.read',
    'playbook.created': 'workspace.read',
    'playbook.changed': 'workspace.read',
    'playbook.removed': 'workspace.read',
    'statement.created': 'workspace.read',
    'statement.changed': 'workspace.read',
    'statement.submitted': 'workspace.read',
    'statement.approved': 'workspace.read',
    'statement.removed': 'workspace.read',
    'drill.begun': 'workspace.read',
    'drill.ended': 'workspace.read',
    'drill.sandbox-removed': 'workspace.read',
  },
})
