import { systems as contract } from '../../contract/systems.ts'
import { listWorkspaceIds } from '../accounts/index.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../platform/procedures.ts'
import { systemsData } from './personal-data.ts'
import { resendMessage } from './resending.ts'
import { forgetDeliveries, webhookLoop } from './sending.ts'
import { changeWebhook, createWebhook, listWebhooks, removeWebhook, renewSecret, testWebhook } from './webhooks.ts'

const { webhooks } = implementer<WorkspaceContext>()(contract)
const { webhooks: reaching } = implementer<ReachingContext>()(contract)

export { webhookNames } from './webhooks.ts'

/** Programs of others, and what they are told. */
export const systems: Module = {
  name: 'systems',
  personalData: systemsData,
  router: {
    webhooks: {
      list: webhooks.list.handler(async ({ context: { tx } }) => ({ items: await listWebhooks(tx) })),
      create: webhooks.create.handler(({ input, context: { tx, services } }) => createWebhook(tx, services, input)),
      change: webhooks.change.handler(async ({ input, context: { tx, services } }) => ({
        secret: await changeWebhook(tx, services, input),
      })),
      renewSecret: webhooks.renewSecret.handler(async ({ input, context: { tx, services } }) => ({
        secret: await renewSecret(tx, services, input.webhookId),
      })),
      test: reaching.test.handler(({ input, context: { inWorkspace, services } }) =>
        testWebhook(inWorkspace, services, input.webhookId),
      ),
      resend: reaching.resend.handler(({ input, context: { inWorkspace, services } }) =>
        resendMessage(inWorkspace, services, input),
      ),
      remove: webhooks.remove.handler(async ({ input, context: { tx } }) => {
        await removeWebhook(tx, input.webhookId)
        return {}
      }),
    },
  },
  loops: [webhookLoop],
  tasks: {
    'systems.forget-deliveries': async (services) => {
      for (const workspaceId of await listWorkspaceIds(services))
        await services.database.inWorkspace(workspaceId, SYSTEM, (tx) => forgetDeliveries(tx, services.clock.now()))
    },
  },
  eventPermissions: {
    'webhook.created': 'keys.manage',
    'webhook.changed': 'keys.manage',
    'webhook.removed': 'keys.manage',
    'webhook.stopped': 'keys.manage',
  },
}
