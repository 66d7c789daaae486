import { listWorkspaceIds } from '../accounts/index.ts'
import type { Module } from '../platform/module.ts'
import { forgetUnproven } from './forgetting.ts'
import { PROVEN, QUESTION, questionSubject } from './news.ts'
import { proofsData } from './personal-data.ts'
import { proofsRouter } from './procedures.ts'
import { proofsRetention } from './retention.ts'
import { SEND_CODE, sendCode } from './sending.ts'

export { codesSubscription } from './heard-codes.ts'
export { proofsSubscription } from './news.ts'
export { visitOf } from './visits.ts'

export const proofs: Module = {
  name: 'proofs',
  personalData: proofsData,
  router: proofsRouter,
  retention: proofsRetention,
  notifications: { kinds: [PROVEN, QUESTION], subjects: [questionSubject] },
  tasks: {
    [SEND_CODE]: (services, payload) => sendCode(services, payload),
    'proofs.forget-unproven': async (services) => forgetUnproven(services, await listWorkspaceIds(services)),
  },
  eventPermissions: {
    'proof.settings-changed': 'workspace.manage',
    'proof.issuer-saved': 'workspace.manage',
    'proof.issuer-removed': 'workspace.manage',
    'proof.invited': 'inbox.read',
    'proof.invitation-opened': 'inbox.read',
    'proof.invitation-part-proven': 'inbox.read',
    'proof.invitation-proven': 'inbox.read',
    'proof.invitation-revoked': 'inbox.read',
    'proof.refused': 'people.read',
    'proof.question-asked': 'people.read',
    'proof.question-decided': 'people.read',
    'identity.proved': 'people.read',
    'customer.took-copy': 'people.read',
    'customer.asked-for-access': 'people.read',
    'customer.asked-for-erasure': 'people.read',
  },
}
