import { people as contract } from '../../contract/people.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { linkAuthor, withdrawLink } from './links.ts'
import { listAuthors, listPersons, readAuthor, readPerson } from './lists.ts'
import { beginPerson, updatePerson } from './persons.ts'

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
  mayProfileAuthors,
  type Objection,
  object,
  recordConsent,
  withdrawConsent,
} from './consent/index.ts'
export { forgetAuthors } from './forgetting.ts'
export { handleKey, nameKey, prefixEnd } from './name-keys.ts'
export { beginByContact } from './persons.ts'
export type { PrivacyDesk, RequestVia } from './privacy-desk.ts'
export { noteProfiles, profilesToRead, staleProfiles } from './profiles.ts'
export {
  type AuthorBrief,
  authorBriefs,
  authorsOfPerson,
  handlesOf,
  type Link,
  linksOf,
  type PersonBrief,
  personsOfAuthors,
} from './reading.ts'
export { type AccountIdentity, accountKey, suppress, suppressedAmong } from './suppression.ts'

const inWorkspace = implementer<WorkspaceContext>()(contract)
const { authors, persons } = inWorkspace

const router = {
  authors: {
    list: authors.list.handler(({ input, context: { tx } }) => listAuthors(tx, input)),
    get: authors.get.handler(({ input, context: { tx } }) => readAuthor(tx, input.authorId)),
  },
  persons: {
    list: persons.list.handler(({ input, context: { tx } }) => listPersons(tx, input)),
    get: persons.get.handler(({ input, context: { tx } }) => readPerson(tx, input.personId)),
    begin: persons.begin.handler(({ input: { reason, ...beginning }, context: { tx, services } }) =>
      beginPerson(tx, { ...beginning, because: 'agent', reason, evidence: { reason } }, services.clock.now()),
    ),
    update: persons.update.handler(async ({ input: { personId, ...change }, context: { tx } }) => {
      await updatePerson(tx, personId, change)
      return {}
    }),
    link: persons.link.handler(async ({ input: { evidence, ...link }, context: { tx, services } }) => ({
      linkId: await linkAuthor(tx, { ...link, evidence: { reason: evidence } }, services.clock.now()),
    })),
    withdraw: persons.withdraw.handler(async ({ input, context: { tx, services } }) => {
      await withdrawLink(tx, input.linkId, input.reason, services.clock.now())
      return {}
    }),
  },
}

export const people: Module = {
  name: 'people',
  router,
  eventPermissions: {
    'authors.profiled': 'people.read',
    'person.begun': 'people.read',
    'person.changed': 'people.read',
    'person.basis-changed': 'people.read',
    'consent.recorded': 'people.read',
    'consent.withdrawn': 'people.read',
    'objection.made': 'people.read',
    'objection.lifted': 'people.read',
    'link.made': 'people.read',
    'link.withdrawn': 'people.read',
    'author.renamed': 'people.read',
    'author.gone': 'people.read',
    'author.back': 'people.read',
  },
}
