import { people as contract } from '../../../contract/people.ts'
import { importHandlers } from '../../imports/index.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { contactChanges } from './changes.ts'
import { decideProposal, listProposals } from './deciding.ts'
import { inspectImport, listMappings, presentImport, removeMapping, saveMapping, start } from './imports.ts'
import { readContact, removeContact, tellContact, tellContacts } from './telling.ts'

const { contacts } = implementer<WorkspaceContext>()({ contacts: contract.contacts })
const { contacts: reaching } = implementer<ReachingContext>()({ contacts: contract.contacts })
const { imports } = contacts

const importProcedures = {
  ...importHandlers(imports, 'contacts', presentImport),
  inspect: imports.inspect.handler(({ input, context: { tx } }) => inspectImport(tx, input.importId, input.mapping)),
  rehearse: imports.rehearse.handler(async ({ input: { importId, ...settings }, context: { tx } }) => {
    await start(tx, importId, settings, { rehearsed: true })
    return {}
  }),
  start: imports.start.handler(async ({ input: { importId, ...settings }, context: { tx } }) => {
    await start(tx, importId, settings, { rehearsed: false })
    return {}
  }),
  mappings: imports.mappings.handler(async ({ context: { tx } }) => ({ items: await listMappings(tx) })),
  saveMapping: imports.saveMapping.handler(async ({ input: { name, ...settings }, context: { tx, services } }) => ({
    mappingId: await saveMapping(tx, name, settings, services.clock.now()),
  })),
  removeMapping: imports.removeMapping.handler(async ({ input, context: { tx } }) => {
    await removeMapping(tx, input.name)
    return {}
  }),
}

/** Contacts in: files, the API, and what waits for a person to decide. */
export const contactProcedures = {
  contacts: {
    imports: importProcedures,
    get: contacts.get.handler(({ input, context: { tx } }) => readContact(tx, input.system, input.externalId)),
    put: contacts.put.handler(async ({ input: { system, ...contact }, context: { tx, services } }) => {
      const source = { system, secrets: services.secrets, at: services.clock.now() }
      return tellContact(tx, contact, source)
    }),
    putMany: reaching.putMany.handler(async ({ input, context: { inWorkspace, services } }) => ({
      outcomes: await tellContacts(inWorkspace, input.contacts, {
        system: input.system,
        secrets: services.secrets,
        at: services.clock.now(),
      }),
    })),
    remove: contacts.remove.handler(async ({ input, context: { tx, services } }) => {
      await removeContact(tx, input.system, input.externalId, services.clock.now())
      return {}
    }),
    changes: contacts.changes.handler(({ input, context: { tx } }) => contactChanges(tx, input)),
    proposals: contacts.proposals.handler(({ input, context: { tx } }) => listProposals(tx, input)),
    decide: contacts.decide.handler(({ input, context: { tx, services } }) =>
      decideProposal(tx, input, services.secrets, services.clock.now()),
    ),
  },
}
