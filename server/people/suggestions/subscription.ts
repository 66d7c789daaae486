import type { StoredEvent } from '../../platform/event-log.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import { identitiesChanged, personsChanged } from './due.ts'
import { forgetModels } from './models.ts'

/**
 * After these events an identity says something else of its holder, belongs to somebody else, or may not be compared any more.
 * What intake and told fields change is noted where they write it (`identitiesChanged`).
 */
const TYPES = [
  'author.gone',
  'author.back',
  'person.begun',
  'person.field-set',
  'link.made',
  'link.withdrawn',
  'identity.moved',
  'identity.cut',
  'persons.merged',
  'person.split',
  'operation.undone',
  'objection.made',
  'objection.lifted',
  'impersonation.confirmed',
  'impersonation.dismissed',
  'impersonation.reopened',
  'organisation.account-claimed',
  'organisation.account-released',
  'person.erased',
  'identity.erased',
  'erasure.done',
] as const

const ERASED: ReadonlySet<string> = new Set(['person.erased', 'identity.erased', 'erasure.done'])

/** Marks identities as due; the loop makes their keys and suggestions anew. After an erasure the weights are learned anew. */
export const suggestionNews: Subscription = {
  name: 'people-suggestions',
  types: TYPES,
  handle: async (tx, events) => {
    await personsChanged(tx, idsOf(events, ['person', 'persons', 'newPerson', 'from']))
    await identitiesChanged(tx, idsOf(events, ['author', 'authors']))
    if (events.some(({ type }) => ERASED.has(type))) await forgetModels(tx)
  },
}

const idsOf = (events: readonly StoredEvent[], names: readonly string[]): string[] =>
  events.flatMap(({ subjects }) => names.flatMap((name) => subjects[name] ?? []))
