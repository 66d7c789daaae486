import { alarms as contract } from '../../../contract/measurement-alarms.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { acknowledgeAlarm, snoozeAlarm } from './acknowledging.ts'
import { readChart } from './chart.ts'
import { countWaiting, listAlarms, readAlarm } from './listing.ts'
import { changeRule, readRule, renewSecret, testWebhook, withoutAddress } from './rules.ts'

const { alarms } = implementer<WorkspaceContext>()({ alarms: contract })

export const alarmProcedures = {
  list: alarms.list.handler(({ input, context: { tx, services } }) => listAlarms(tx, input, services.clock.now())),
  get: alarms.get.handler(({ input, context: { tx, services } }) => readAlarm(tx, input.alarmId, services.clock.now())),
  openCount: alarms.openCount.handler(async ({ context: { tx, services } }) => ({
    count: await countWaiting(tx, services.clock.now()),
  })),
  acknowledge: alarms.acknowledge.handler(async ({ input, context: { tx, services } }) => {
    await acknowledgeAlarm(tx, input, services.clock.now())
    return {}
  }),
  snooze: alarms.snooze.handler(async ({ input, context: { tx, services } }) => {
    await snoozeAlarm(tx, input, services.clock.now())
    return {}
  }),
  rule: alarms.rule.handler(async ({ input, context: { tx, services, me } }) => {
    const rule = await readRule(tx, input.topicId, services.clock.now())
    return me.permissions.has('topics.manage') ? rule : withoutAddress(rule)
  }),
  changeRule: alarms.changeRule.handler(async ({ input, context: { tx, services } }) => ({
    webhookSecret: await changeRule(tx, services, input),
  })),
  renewSecret: alarms.renewSecret.handler(async ({ input, context: { tx, services } }) => ({
    webhookSecret: await renewSecret(tx, services, input.topicId),
  })),
  testWebhook: alarms.testWebhook.handler(async ({ input, context: { tx, services } }) => {
    await testWebhook(tx, input.topicId, services.clock.now())
    return {}
  }),
  chart: alarms.chart.handler(({ input, context: { tx, services } }) => readChart(tx, input, services.clock.now())),
}
