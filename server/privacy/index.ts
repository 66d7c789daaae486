import type { Permission } from '../../contract/permissions.ts'
import { privacy as contract } from '../../contract/privacy.ts'
import { listWorkspaceIds } from '../accounts/index.ts'
import {
  changeBasis,
  consentStateOf,
  liftObjection,
  object,
  recordConsent,
  suppressedCount,
  withdrawConsent,
} from '../people/index.ts'
import { Conflict } from '../platform/errors.ts'
import { eraseEventContent } from '../platform/event-log.ts'
import type { Module } from '../platform/module.ts'
import type { DataRegister } from '../platform/personal-data.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import type { RetentionKind } from '../platform/retention.ts'
import { orderArchive } from './access/archives.ts'
import { listArchives } from './access/listing.ts'
import { archiveRoutes } from './access/routes.ts'
import { listConsents, listObjections } from './consents.ts'
import { beginErasure } from './erasure/beginning.ts'
import { listErasures } from './erasure/listing.ts'
import { previewErasure } from './erasure/preview.ts'
import { privacyData } from './personal-data.ts'
import { recordOfProcessing } from './records/record.ts'
import { recordRoute } from './records/route.ts'
import { staffRecord, type TrailTexts } from './records/staff-record.ts'
import { REQUEST_IS_DUE, requestSubject } from './requests/news.ts'
import { listRequests, readRequest } from './requests/reading.ts'
import { remindOfDeadlines } from './requests/reminding.ts'
import { requestOf, takeIn } from './requests/taking-in.ts'
import { changeRequest, closeRequest } from './requests/working.ts'
import { privacyRetention } from './retention/kinds.ts'
import { changeRule, daysOf, listRules, previewRule } from './retention/rules.ts'
import { runRetention } from './retention/running.ts'
import { readTrail } from './trail.ts'
import { runPrivacyWork } from './working.ts'

export { openOwnCopy, orderOwnCopy, ownCopyOf } from './access/own-copies.ts'
export { erasuresUnderWay, reapplyErasures } from './erasure/reapplying.ts'
export { requestsSubscription } from './requests/news.ts'
export type { RequestVia } from './requests/taking-in.ts'
export { workOnce } from './working.ts'

/** What the modules declare, handed down by modules.ts because privacy knows none of them. */
export interface Declared {
  /** Every event type, and who may see it. */
  eventPermissions(): ReadonlyMap<string, Permission>
  register(): DataRegister
  retention(): readonly RetentionKind[]
  trailTexts: TrailTexts
}

/** A customer asks on the portal, or tells an agent. Written down with its deadline; asked again while open, it is the same. */
export const requestErasure = (...[tx, personId, via, at]: RequestArguments) =>
  requestOf(tx, 'erasure', personId, via, at)
export const requestAccess = (...[tx, personId, via, at]: RequestArguments) =>
  requestOf(tx, 'access', personId, via, at)
type RequestArguments =
  Parameters<typeof requestOf> extends [infer Tx, unknown, ...infer Rest] ? [tx: Tx, ...Rest] : never

const { archives, consents, erasures, records, requests, retention, trail } = implementer<WorkspaceContext>()(contract)

const routerOf = ({ eventPermissions, register, retention: kinds, trailTexts }: Declared) => ({
  archives: {
    list: archives.list.handler(({ input, context: { tx } }) => listArchives(tx, input)),
    create: archives.create.handler(async ({ input, context: { tx, services } }) => {
      const keptDays = (await daysOf(tx, kinds())).get('exports') ?? 1
      const requestId = input.requestId ?? null
      return { archiveId: await orderArchive(tx, { ...input, requestId, keptDays, at: services.clock.now() }) }
    }),
  },
  consents: {
    list: consents.list.handler(({ input, context: { tx } }) => listConsents(tx, input)),
    objections: consents.objections.handler(({ input, context: { tx } }) => listObjections(tx, input)),
    ofPerson: consents.ofPerson.handler(({ input, context: { tx } }) => consentStateOf(tx, input.personId)),
    record: consents.record.handler(async ({ input, context: { tx, services } }) => ({
      consentId: await recordConsent(tx, { ...input, at: input.at ?? services.clock.now() }),
    })),
    withdraw: consents.withdraw.handler(async ({ input, context: { tx, services } }) => {
      await withdrawConsent(tx, { ...input, at: input.at ?? services.clock.now() })
      return {}
    }),
    object: consents.object.handler(async ({ input, context: { tx, services } }) => ({
      objectionId: await object(tx, { ...input, at: input.at ?? services.clock.now() }),
    })),
    lift: consents.lift.handler(async ({ input, context: { tx, services } }) => {
      await liftObjection(tx, { ...input, at: services.clock.now() })
      return {}
    }),
    changeBasis: consents.changeBasis.handler(async ({ input: { personId, ...change }, context: { tx } }) => {
      await changeBasis(tx, personId, change)
      return {}
    }),
  },
  erasures: {
    list: erasures.list.handler(({ input, context: { tx } }) => listErasures(tx, register(), input)),
    preview: erasures.preview.handler(({ input, context: { tx } }) => previewErasure(tx, register(), input.personId)),
    create: erasures.create.handler(async ({ input, context: { tx, services } }) => {
      const { name } = await previewErasure(tx, [], input.personId)
      if (name !== input.name) throw new Conflict('erasure-name-differs', { name })
      const order = { requestId: input.requestId ?? null, via: 'screen', at: services.clock.now() } as const
      return { erasureId: await beginErasure(tx, input.personId, order) }
    }),
    suppressed: erasures.suppressed.handler(async ({ context: { tx } }) => ({ count: await suppressedCount(tx) })),
  },
  records: {
    staff: records.staff.handler(async ({ input, context: { tx, services } }) => ({
      document: await staffRecord(tx, services, {
        ...input,
        register: register(),
        kinds: kinds(),
        eventPermissions: eventPermissions(),
        trailTexts,
      }),
    })),
    read: records.read.handler(async ({ input, context: { tx, services } }) => ({
      document: await recordOfProcessing(tx, services, { ...input, register: register(), kinds: kinds() }),
    })),
  },
  requests: {
    list: requests.list.handler(({ input, context: { tx, services } }) =>
      listRequests(tx, input, services.clock.now()),
    ),
    get: requests.get.handler(({ input, context: { tx, services } }) =>
      readRequest(tx, input.requestId, services.clock.now()),
    ),
    create: requests.create.handler(async ({ input, context: { tx, services } }) => ({
      requestId: await takeIn(tx, { ...input, personId: input.personId ?? null }, services.clock.now()),
    })),
    change: requests.change.handler(async ({ input: { requestId, ...change }, context: { tx, services } }) => {
      await changeRequest(tx, requestId, change, services.clock.now())
      return {}
    }),
    close: requests.close.handler(async ({ input, context: { tx, services } }) => {
      await closeRequest(tx, input.requestId, input.outcome, input.reason, services.clock.now())
      return {}
    }),
  },
  retention: {
    list: retention.list.handler(async ({ context: { tx } }) => ({ items: await listRules(tx, kinds()) })),
    preview: retention.preview.handler(({ input, context: { tx, services } }) =>
      previewRule(tx, services, kinds(), input),
    ),
    change: retention.change.handler(async ({ input, context: { tx, services } }) => {
      await changeRule(tx, kinds(), input, services.clock.now())
      return {}
    }),
  },
  trail: {
    list: trail.list.handler(({ input, context: { tx, me } }) => {
      const permissions = eventPermissions()
      const may = (permission: Permission) => me.permissions.has(permission)
      return readTrail(tx, input, {
        may,
        events: (type) => may(permissions.get(type) ?? 'privacy.manage'),
        isWithheld: (type) => permissions.get(type) === 'staff.council' && !may('staff.council'),
      })
    }),
    erase: trail.erase.handler(async ({ input, context: { tx } }) => ({
      erased: await eraseEventContent(tx, input.eventIds, input.reason),
    })),
    types: trail.types.handler(async () => ({ types: [...eventPermissions().keys()].sort() })),
  },
})

export const privacy = (declared: Declared): Module => ({
  name: 'privacy',
  personalData: privacyData,
  retention: privacyRetention,
  notifications: { kinds: [REQUEST_IS_DUE], subjects: [requestSubject] },
  router: routerOf(declared),
  routes: (app, services) => {
    archiveRoutes(app, services)
    recordRoute(app, services, declared)
  },
  loops: [
    {
      name: 'privacy-work',
      run: (services, signal) => runPrivacyWork(services, declared.register(), signal),
    },
  ],
  tasks: {
    'privacy.forget-expired': async (services) =>
      runRetention(services, declared.retention(), await listWorkspaceIds(services)),
    'privacy.remind-of-deadlines': remindOfDeadlines,
  },
  eventPermissions: {
    'trail.content-erased': 'trail.read',
    'request.received': 'privacy.manage',
    'request.changed': 'privacy.manage',
    'request.closed': 'privacy.manage',
    'request.due-soon': 'privacy.manage',
    'request.overdue': 'privacy.manage',
    'archive.asked': 'privacy.manage',
    'archive.made': 'privacy.manage',
    'archive.downloaded': 'privacy.manage',
    'archive.deleted': 'privacy.manage',
    'erasure.asked': 'privacy.manage',
    'erasure.done': 'privacy.manage',
    'retention.changed': 'privacy.manage',
  },
})
