import german from '../web/privacy/texts/de.json' with { type: 'json' }
import english from '../web/privacy/texts/en.json' with { type: 'json' }
import dutch from '../web/privacy/texts/nl.json' with { type: 'json' }
import { accounts, type SleepCheck, sleeping, callerOf as wakefulCallerOf } from './accounts/index.ts'
import { columns } from './columns/index.ts'
import {
  alarmsSubscription,
  conversationsSubscription,
  crisesOf,
  crisis,
  freeze,
  proposeCrisis,
} from './crisis/index.ts'
import { guidelines, guidelinesAsleep } from './guidelines/index.ts'
import { health } from './health/index.ts'
import {
  answerGuard,
  answering,
  clockSubscription,
  conversationFigures,
  correctionsSubscription,
  deliveriesSubscription,
  inbox,
  inboxChecks,
  inboxFigures,
  inboxStrands,
  openConversationsFact,
  openEvents,
  postsSubscription,
  type RuleReach,
  rememberingSubscription,
  routingSubscription,
  settledConversations,
} from './inbox/index.ts'
import {
  confirmedLookAlikes,
  heardChecks,
  heardFigures,
  hintsSubscription,
  listening,
  masked,
  postFigures,
  postsFact,
  sourcesSubscription,
} from './listening/index.ts'
import { alarmChecks, measurement, responseFigures } from './measurement/index.ts'
import { notifications } from './notifications/index.ts'
import { people, personNews, suggestionNews, veiled } from './people/index.ts'
import { onlyListens, plan } from './plan/index.ts'
import { type Live, openLive } from './platform/live.ts'
import type { Module } from './platform/module.ts'
import { platformData } from './platform/own-data.ts'
import type { Services } from './platform/services.ts'
import type { Subscription } from './platform/subscriptions.ts'
import { privacy, requestsSubscription } from './privacy/index.ts'
import { codesSubscription, proofs, proofsSubscription } from './proofs/index.ts'
import { echoSubscription, publishing, staleSubscription, withFreeze } from './publishing/index.ts'
import { systems, webhookNames } from './systems/index.ts'

/** What routing rules set off below the inbox. */
const ruleReach: RuleReach = { webhooks: webhookNames, proposeCrisis }

/**
 * THE ordered list. A module imports only modules above it, and only through their index.ts; what lies below is
 * reached by events or handed down as an argument. server/modules.test.ts enforces it.
 */
export const modules: Module[] = [
  accounts,
  notifications({ declared: () => modules.flatMap((module) => module.notifications ?? []) }),
  guidelines,
  plan({ figures: [heardFigures, inboxFigures, responseFigures], checks: [heardChecks, inboxChecks, alarmChecks] }),
  people({
    figures: [postFigures, conversationFigures],
    facts: [openConversationsFact, postsFact],
    impersonators: confirmedLookAlikes,
  }),
  listening(inboxStrands),
  publishing({ guard: withFreeze(answerGuard, freeze), answering }),
  inbox({ crisesOf, freeze, routing: ruleReach }),
  columns,
  systems,
  measurement,
  crisis({ configuration: () => modules.flatMap((module) => module.configuration ?? []) }),
  privacy({
    eventPermissions: () => eventPermissions(),
    register: () => dataRegister(),
    retention: () => retentionKinds(),
    // What the screen says of an event, the council's register says too.
    trailTexts: { en: english, de: german, nl: dutch },
  }),
  proofs,
  health,
]

/** Why speaking in public may sleep for a member. Modules below accounts hand their reasons up here. */
const sleepChecks: SleepCheck[] = [onlyListens, guidelinesAsleep]

/** Who calls, what of it sleeps, and what of the answers they may see. */
export const callerOf = masked(veiled(sleeping(sleepChecks)(wakefulCallerOf)))

/** Who may see which events, live and in the trail. */
const eventPermissions = () => new Map(modules.flatMap((module) => Object.entries(module.eventPermissions ?? {})))

/** What every table holds, and how it is handed out and erased. The platform's own tables belong to no module. */
export const dataRegister = () => [...modules.flatMap((module) => module.personalData ?? []), ...platformData]
const retentionKinds = () => modules.flatMap((module) => module.retention ?? [])

/** Every event subscription: the whole flow on one page. */
export const subscriptions = (services: Services): Subscription[] => [
  echoSubscription(services),
  postsSubscription(services),
  deliveriesSubscription(services),
  staleSubscription(services, answering),
  routingSubscription(services, ruleReach),
  clockSubscription(services, crisesOf),
  correctionsSubscription,
  rememberingSubscription,
  sourcesSubscription(services),
  requestsSubscription(services),
  proofsSubscription(services),
  hintsSubscription(settledConversations),
  codesSubscription(services),
  personNews,
  suggestionNews,
  alarmsSubscription(services),
  conversationsSubscription(services),
]

/** Live screens: each reader gets the events that its permissions allow. */
export function createLive(services: Services, signal: AbortSignal): Live {
  const permissions = eventPermissions()
  return openLive({
    database: services.database,
    log: services.log,
    openEvents,
    permissionOf: (type) => permissions.get(type) ?? null,
    callerOf: (headers, clientAddress, workspace) => callerOf(services, headers, clientAddress, workspace),
    signal,
  })
}
