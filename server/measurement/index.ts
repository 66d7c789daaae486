import { measurement as contract } from '../../contract/measurement.ts'
import { listWorkspaceIds } from '../accounts/index.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { forgetAlarms } from './alarms/forgetting.ts'
import { ALARM, alarmSubject } from './alarms/notification-kind.ts'
import { alarmProcedures } from './alarms/procedures.ts'
import { messageLoop } from './alarms/sending.ts'
import { alarmLoop } from './alarms/watching.ts'
import { cancelAudit, forgetAudits, getAudit, listAudits, removeAudit, restartAudit, startAudit } from './audits.ts'
import { measurementData } from './personal-data.ts'
import { reportRoute } from './report-route.ts'
import { responseProcedures } from './response/procedures.ts'
import { auditLoop } from './running.ts'
import { sharesProcedures } from './shares/procedures.ts'
import { analysisSubject, STAFF_ANALYSIS } from './staff/notification-kind.ts'
import { staffProcedures } from './staff/procedures.ts'

export { alarmChecks } from './alarms/desk-count.ts'
export { AuditFault } from './audit-post.ts'
export type { BrandRequest } from './brands.ts'
export { REPORT_LANGUAGES, type ReportLanguage } from './report/formats.ts'
export { findingSentences, reportPage } from './report/page.ts'
export { responseFigures } from './response/goal-figure.ts'
export { runAuditInThread } from './thread.ts'
export { isTimeZone } from './zone.ts'

const { audits } = implementer<WorkspaceContext>()(contract)

export const measurement: Module = {
  name: 'measurement',
  personalData: measurementData,
  router: {
    alarms: alarmProcedures,
    shares: sharesProcedures,
    response: responseProcedures,
    staff: staffProcedures,
    audits: {
      list: audits.list.handler(({ input, context: { tx } }) => listAudits(tx, input)),
      get: audits.get.handler(({ input, context: { tx } }) => getAudit(tx, input.auditId, input.language)),
      start: audits.start.handler(({ input, context: { tx, services } }) =>
        startAudit(tx, input, services.clock.now()),
      ),
      cancel: audits.cancel.handler(async ({ input, context: { tx, services } }) => {
        await cancelAudit(tx, input.auditId, services.clock.now())
        return {}
      }),
      restart: audits.restart.handler(async ({ input, context: { tx } }) => {
        await restartAudit(tx, input.auditId)
        return {}
      }),
      remove: audits.remove.handler(async ({ input, context: { tx } }) => {
        await removeAudit(tx, input.auditId)
        return {}
      }),
    },
  },
  routes: reportRoute,
  loops: [auditLoop, alarmLoop, messageLoop],
  notifications: { kinds: [ALARM, STAFF_ANALYSIS], subjects: [alarmSubject, analysisSubject] },
  tasks: {
    'measurement.forget-expired': async (services) => {
      for (const workspaceId of await listWorkspaceIds(services))
        await services.database.inWorkspace(workspaceId, SYSTEM, async (tx) => {
          await forgetAudits(tx, services.clock.now())
          await forgetAlarms(tx, services.clock.now())
        })
    },
  },
  eventPermissions: {
    'audit.started': 'audits.read',
    'audit.ended': 'audits.read',
    'audit.removed': 'audits.read',
    'alarm.raised': 'topics.read',
    'alarm.grew': 'topics.read',
    'alarm.reopened': 'topics.read',
    'alarm.ended': 'topics.read',
    'alarm.acknowledged': 'topics.read',
    'alarm.snoozed': 'topics.read',
    'alarm.reawakened': 'topics.read',
    'alarm-rule.changed': 'topics.read',
  },
}
