import { publishing as contract } from '../../contract/publishing.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../platform/procedures.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import type { Answering } from './approvals/answering.ts'
import { runExpiry } from './approvals/coming-back.ts'
import { guestRoutes } from './approvals/guest-routes.ts'
import { APPROVAL, approvalSubject } from './approvals/notification-kind.ts'
import { approvalProcedures } from './approvals/procedures.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { describeAttachment, findAttachment } from './attachments.ts'
import { decide } from './decisions.ts'
import { presentDelivery } from './delivery.ts'
import { joinEchoes } from './echoes.ts'
import { listDeliveries } from './list.ts'
import { runOutbox } from './loop.ts'
import { LIMITS, type Limits, type SendGuard } from './outbox.ts'
import { publishingData, publishingRetention } from './personal-data.ts'
import { policyProcedures } from './policy/procedures.ts'
import { cancelDelivery, queueDelivery } from './queue.ts'
import { findRemovable, recordRemoval, removeFromNetwork } from './removal.ts'

export type { Answering, FourEyesRule } from './approvals/answering.ts'
export { presentApproval } from './approvals/approval.ts'
export { askApproval } from './approvals/asking.ts'
export { expireApprovals, staleSubscription } from './approvals/coming-back.ts'
export { fileHeaders } from './attachment-routes.ts'
export { attachedFiles, removeFilesOf } from './attachments.ts'
export { presentDeliveries, presentDelivery } from './delivery.ts'
export { type HeardOwnPost, joinEchoes } from './echoes.ts'
export { eraseAttachments, forgetAttachments } from './forgetting.ts'
export { type Freeze, type FrozenBy, withFreeze } from './freeze.ts'
export { imageTypeOf } from './image-type.ts'
export { advanceDue, runOutbox } from './loop.ts'
export { LIMITS, type Limits, type Outbox, type SendGuard } from './outbox.ts'
export { thawDeliveries } from './outcome.ts'
export { setTimes } from './policy/versions.ts'
export { silenceOf } from './preparing.ts'
export { type NewDelivery, queueApproved, queueDelivery } from './queue.ts'
export { recordRemoval } from './removal.ts'
export { countRevocable, sendRevocable } from './revocable.ts'

const { deliveries, attachments } = implementer<WorkspaceContext>()({
  deliveries: contract.deliveries,
  attachments: contract.attachments,
})
const { deliveries: reaching } = implementer<ReachingContext>()({ deliveries: contract.deliveries })

const router = {
  deliveries: {
    list: deliveries.list.handler(({ input, context: { tx } }) => listDeliveries(tx, input)),
    get: deliveries.get.handler(({ input, context: { tx } }) => presentDelivery(tx, input.deliveryId)),
    create: deliveries.create.handler(async ({ input, context: { tx, services } }) => {
      const deliveryId = await queueDelivery(services, tx, { ...input, replyToPostId: null })
      return presentDelivery(tx, deliveryId)
    }),
    cancel: deliveries.cancel.handler(async ({ input, context: { tx, me } }) => {
      await cancelDelivery(tx, input.deliveryId, (sourceId) => me.mayAt('deliveries.decide', sourceId))
      return presentDelivery(tx, input.deliveryId)
    }),
    decide: deliveries.decide.handler(async ({ input: { deliveryId, ...decision }, context: { tx, services } }) => {
      await decide(services, tx, deliveryId, decision)
      return presentDelivery(tx, deliveryId)
    }),
    remove: reaching.remove.handler(async ({ input: { deliveryId, reason }, context: { inWorkspace, services } }) => {
      const removable = await inWorkspace((tx) => findRemovable(services, tx, deliveryId))
      if (removable) await removeFromNetwork(removable)
      return inWorkspace(async (tx) => {
        await recordRemoval(services, tx, deliveryId, reason)
        return presentDelivery(tx, deliveryId)
      })
    }),
  },
  attachments: {
    get: attachments.get.handler(async ({ input, context: { tx } }) => {
      const { hash: _, ...attachment } = await findAttachment(tx, input.attachmentId)
      return attachment
    }),
    describe: attachments.describe.handler(async ({ input, context: { tx } }) => {
      await describeAttachment(tx, input.attachmentId, input.alt)
      return {}
    }),
  },
}

/** Handed down by the inbox, which lies below. */
export interface PublishingGiven {
  /** Has the last word before a delivery goes. */
  guard: SendGuard
  /** What only whoever keeps conversations knows of answers that are approved. */
  answering: Answering
}

export function publishing({ guard, answering }: PublishingGiven, limits: Limits = LIMITS): Module {
  return {
    name: 'publishing',
    personalData: publishingData,
    configuration: ['publishing_setting', 'policy_version', 'stand_in'],
    retention: publishingRetention,
    router: { ...router, policy: policyProcedures(answering), approvals: approvalProcedures(answering) },
    routes: (app, services) => {
      attachmentRoutes(app, services)
      guestRoutes(app, services)
    },
    notifications: { kinds: [APPROVAL], subjects: [approvalSubject] },
    loops: [
      {
        name: 'outbox',
        run: (services, signal) => runOutbox({ services, guard, limits }, signal),
      },
      { name: 'approvals', run: (services, signal) => runExpiry(services, answering, signal) },
    ],
    eventPermissions: {
      'delivery.queued': 'inbox.read',
      'delivery.sent': 'inbox.read',
      'delivery.refused': 'inbox.read',
      'delivery.unknown': 'inbox.read',
      'delivery.frozen': 'inbox.read',
      'delivery.cancelled': 'inbox.read',
      'delivery.decided': 'inbox.read',
      'delivery.removed': 'inbox.read',
      'policy.changed': 'workspace.read',
      'policy.times-changed': 'workspace.read',
      'policy.false-alarm-reported': 'policy.manage',
      'approval.asked': 'inbox.read',
      'approval.approved': 'inbox.read',
      'approval.declined': 'inbox.read',
      'approval.edited': 'inbox.read',
      'approval.withdrawn': 'inbox.read',
      'approval.stale': 'inbox.read',
      'approval.expired': 'inbox.read',
      'approval.remarked': 'inbox.read',
      'approval.guest-invited': 'inbox.read',
      'approval.guest-opened': 'inbox.read',
      'approval.guest-revoked': 'inbox.read',
    },
  }
}

/** Our own posts that come back from the network find their deliveries, answers or not. */
export const echoSubscription = (services: Services): Subscription => ({
  name: 'publishing.echoes',
  types: ['posts.heard'],
  handle: async (tx, events) => {
    const postIds = events.flatMap(({ subjects }) => subjects.posts ?? [])
    await joinEchoes(services, tx, await ownPostsAmong(tx, postIds))
  },
})

async function ownPostsAmong(tx: WorkspaceTransaction, postIds: string[]) {
  if (postIds.length === 0) return []
  const rows = await tx.sql
    .selectFrom('post')
    .select(['post_id', 'network', 'external_id', 'reference', 'url'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', 'in', postIds)
    .where('direction', '=', 'out')
    .execute()
  return rows.map((row) => ({
    postId: row.post_id,
    network: row.network,
    externalId: row.external_id,
    reference: row.reference,
    url: row.url,
  }))
}
