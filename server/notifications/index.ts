import { notifications as contract } from '../../contract/notifications.ts'
import type { Module } from '../platform/module.ts'
import type { ModuleNotifications } from '../platform/notification-kind.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { addDevice, listDevices, removeDevice } from './devices.ts'
import { kindsFor, type Registry, registryOf } from './kinds.ts'
import { countUnread, listNotifications, markRead } from './listing.ts'
import { runMailing } from './mailing.ts'
import { offDutyBy } from './off-duty.ts'
import { notificationsData } from './personal-data.ts'
import { runPushing } from './pushing.ts'
import { changeNotificationSetting, notificationSettings } from './settings.ts'
import { pushKeys } from './vapid.ts'

export { notify, settle, type Told } from './notifying.ts'
export { mailSetting } from './settings.ts'

/** What every module declares, handed down by modules.ts because this one knows none of them. */
export interface Given {
  declared(): readonly ModuleNotifications[]
}

const implemented = implementer<WorkspaceContext>()(contract)

export function notifications({ declared }: Given): Module {
  let known: Registry | undefined
  const registry = (): Registry => {
    known ??= registryOf(declared())
    return known
  }
  return {
    name: 'notifications',
    personalData: notificationsData,
    router: {
      devices: {
        list: implemented.devices.list.handler(async ({ input, context: { tx, services } }) => ({
          publicKey: pushKeys(services.secrets).publicKey,
          items: await listDevices(tx, input.endpoint),
        })),
        add: implemented.devices.add.handler(async ({ input, context: { tx, me, services } }) => ({
          deviceId: await addDevice(tx, services.secrets, { ...input, sessionId: me.sessionId }),
        })),
        remove: implemented.devices.remove.handler(async ({ input, context: { tx } }) => {
          await removeDevice(tx, input.deviceId)
          return {}
        }),
      },
      list: implemented.list.handler(({ input, context: { tx, me } }) =>
        listNotifications(tx, { registry: registry(), permissions: me.permissions }, input),
      ),
      unread: implemented.unread.handler(async ({ context: { tx, me } }) => ({
        count: await countUnread(tx, { registry: registry(), permissions: me.permissions }),
      })),
      markRead: implemented.markRead.handler(async ({ input, context: { tx } }) => ({
        marked: await markRead(tx, input),
      })),
      settings: implemented.settings.handler(async ({ context: { tx, me } }) => ({
        items: await notificationSettings(tx, kindsFor(registry(), me.permissions)),
      })),
      changeSetting: implemented.changeSetting.handler(async ({ input, context: { tx } }) => {
        await changeNotificationSetting(tx, input)
        return {}
      }),
    },
    loops: [
      {
        name: 'notification-mail',
        run: (services, signal) =>
          runMailing(services, { registry: registry(), offDuty: offDutyBy(services.clock) }, signal),
      },
      {
        name: 'notification-push',
        run: (services, signal) =>
          runPushing(services, { registry: registry(), offDuty: offDutyBy(services.clock) }, signal),
      },
    ],
  }
}
