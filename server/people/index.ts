import { people as contract } from '../../contract/people.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { contactImportLoop, contactRoutes } from './contacts/module-parts.ts'
import { contactProcedures } from './contacts/procedures.ts'
import { renamePersons } from './fields/renaming.ts'
import { RENAMING } from './fields/settings.ts'
import {
  beginPersonOf,
  graphProcedures,
  linkIdentity,
  type PersonFact,
  updatePerson,
  withdrawLink,
} from './graph/index.ts'
import { listPersons } from './listed-persons.ts'
import { listAuthors, readAuthor, readPerson } from './lists.ts'
import { organisationProcedures } from './organisations/procedures.ts'
import { listPast } from './past.ts'
import { peopleData } from './personal-data.ts'
import { profileProcedures } from './profile/procedures.ts'
import { summaryLoop } from './profile/refresh.ts'
import { purchaseImportLoop } from './purchases/import-run.ts'
import { purchaseProcedures } from './purchases/procedures.ts'
import { peopleRetention } from './retention-kinds.ts'
import type { FigureSource } from './scores/figures.ts'
import { comparisonLoop } from './suggestions/comparing.ts'
import type { Impersonators } from './suggestions/identities.ts'
import { suggestionProcedures } from './suggestions/procedures.ts'
import { suggestionLoop } from './suggestions/upkeep.ts'

export { type AccountStateChange, changeAccountStates, ownAccount, ownAccounts } from './account-state.ts'
export { type AuthorState, type KnownAuthor, rememberAuthors } from './authors.ts'
export {
  type ConsentState,
  type ConsentStatement,
  type ConsentWithdrawal,
  changeBasis,
  consentStateOf,
  liftObjection,
  mayContact,
  mayProfile,
  type Objection,
  object,
  recordConsent,
  toConsent,
  toObjection,
  withdrawConsent,
} from './consent/index.ts'
export { importContacts, inspectContacts, isContactField, rehearseFile } from './contacts/command.ts'
export { tellFields } from './fields/told.ts'
export { forgetAuthors } from './forgetting.ts'
export {
  type Beginning,
  beginByContact,
  beginPersonOf,
  type ContactKind,
  type ContactPoint,
  contactIdentity,
  contactPoint,
  cutIdentity,
  type Erased,
  erasePerson,
  type Grounds,
  linkIdentity,
  lockGraph,
  mergePersons,
  moveIdentity,
  type OperationEntry,
  type PersonFact,
  personHistory,
  splitPerson,
} from './graph/index.ts'
export { handleKey, prefixEnd } from './name-keys.ts'
export { personNews } from './profile/due.ts'
export { refreshSummaries } from './profile/refresh.ts'
export { noteProfiles, profilesToRead, staleProfiles } from './profiles.ts'
export { veiled } from './pseudonyms.ts'
export { importPurchases } from './purchases/import-run.ts'
export { listPurchases, loadPurchases, type PurchaseTotal, purchasePlaces } from './purchases/reading.ts'
export {
  type AuthorBrief,
  authorBriefs,
  authorsOfPerson,
  currentPerson,
  handlesOf,
  type Link,
  linksOf,
  membersOf,
  type PersonBrief,
  personsOfAuthors,
} from './reading.ts'
export { type FigureSource, type Figures, figuresFrom, type PersonAuthors } from './scores/figures.ts'
export { type AuthorStanding, standingOfAuthors } from './scores/of-authors.ts'
export { authorInSegment, segmentsOfAuthors } from './segments/members.ts'
export type { Impersonators } from './suggestions/identities.ts'
export { suggestionNews } from './suggestions/subscription.ts'
export {
  type AccountIdentity,
  accountKey,
  comeBack,
  identityHash,
  suppress,
  suppressedCount,
  suppressedSince,
} from './suppression.ts'

const inWorkspace = implementer<WorkspaceContext>()(contract)
const { authors, persons } = inWorkspace

const router = (facts: readonly PersonFact[]) => ({
  ...graphProcedures(facts),
  suggestions: suggestionProcedures,
  ...profileProcedures,
  ...contactProcedures,
  ...organisationProcedures,
  ...purchaseProcedures,
  authors: {
    list: authors.list.handler(({ input, context: { tx } }) => listAuthors(tx, input)),
    get: authors.get.handler(({ input, context: { tx } }) => readAuthor(tx, input.authorId)),
    past: authors.past.handler(({ input, context: { tx } }) => listPast(tx, input)),
  },
  persons: {
    list: persons.list.handler(({ input, context: { tx } }) => listPersons(tx, input)),
    get: persons.get.handler(({ input, context: { tx } }) => readPerson(tx, input.personId)),
    begin: persons.begin.handler(({ input: { reason, ...beginning }, context: { tx, services } }) =>
      beginPersonOf(tx, { ...beginning, because: 'agent', reason, evidence: { reason } }, services.clock.now()),
    ),
    update: persons.update.handler(async ({ input: { personId, ...change }, context: { tx, services } }) => {
      await updatePerson(tx, personId, change, services.clock.now())
      return {}
    }),
    link: persons.link.handler(({ input: { evidence, ...link }, context: { tx, services } }) =>
      linkIdentity(tx, { ...link, evidence: { reason: evidence } }, services.clock.now()),
    ),
    withdraw: persons.withdraw.handler(async ({ input, context: { tx, services } }) => {
      await withdrawLink(tx, input.linkId, input.reason, services.clock.now())
      return {}
    }),
  },
})

/**
 * `figures`: what modules below know of persons in numbers; `facts`: how much of theirs comes together with persons, for
 * previews. `impersonators`: who was confirmed to pretend to be us.
 */
export const people = ({
  figures,
  facts,
  impersonators,
}: {
  figures: readonly FigureSource[]
  facts: readonly PersonFact[]
  impersonators: Impersonators
}): Module => ({
  name: 'people',
  personalData: peopleData,
  retention: peopleRetention,
  router: router(facts),
  tasks: {
    [RENAMING]: async ({ database }, { workspaceId = '' }) => void (await renamePersons(database, workspaceId)),
  },
  routes: contactRoutes,
  loops: [
    contactImportLoop,
    purchaseImportLoop,
    summaryLoop(figures),
    suggestionLoop(impersonators),
    comparisonLoop(impersonators),
  ],
  eventPermissions: {
    'suggestion.policy-changed': 'people.read',
    'suggestion.found': 'people.read',
    'suggestion.run-ended': 'people.read',
    'suggestion.confirmed': 'people.read',
    'suggestion.refused': 'people.read',
    'suggestion.put-off': 'people.read',
    'suggestion.reopened': 'people.read',
    'authors.profiled': 'people.read',
    'contact.proposed': 'people.read',
    'contact.decided': 'people.read',
    'contact.changed': 'people.read',
    'contact.deleted': 'people.read',
    'contacts.exported': 'trail.read',
    'organisation.created': 'people.read',
    'organisation.changed': 'people.read',
    'organisations.merged': 'people.read',
    'organisations.parted': 'people.read',
    'organisation.account-claimed': 'people.read',
    'organisation.account-released': 'people.read',
    'membership.said': 'people.read',
    'membership.changed': 'people.read',
    'membership.withdrawn': 'people.read',
    'purchases.changed': 'people.read',
    'purchase.withdrawn': 'people.read',
    'person.begun': 'people.read',
    'person.changed': 'people.read',
    'person.noted': 'people.read',
    'person.tagged': 'people.read',
    'formula.changed': 'people.read',
    'segment.created': 'people.read',
    'segment.changed': 'people.read',
    'segment.removed': 'people.read',
    'person.basis-changed': 'people.read',
    'consent.recorded': 'people.read',
    'consent.withdrawn': 'people.read',
    'objection.made': 'people.read',
    'objection.lifted': 'people.read',
    'identity.moved': 'people.read',
    'identity.cut': 'people.read',
    'operation.undone': 'people.read',
    'person.field-set': 'people.read',
    'person.split': 'people.read',
    'persons.merged': 'people.read',
    'identity.erased': 'people.read',
    'identity.returned': 'people.read',
    'person.erased': 'people.read',
    'people.settings-changed': 'people.read',
    'link.made': 'people.read',
    'link.withdrawn': 'people.read',
    'author.renamed': 'people.read',
    'author.gone': 'people.read',
    'author.back': 'people.read',
  },
})
