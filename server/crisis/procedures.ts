import { crisis as contract } from '../../contract/crisis.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { requireAllOpen } from '../platform/reach.ts'
import { declareCrisis, endCrisis, tickStep, writeEntry } from './crises.ts'
import { drillProcedures } from './drills/procedures.ts'
import { measureCrisis } from './figures.ts'
import { listFrozen, releaseFrozen } from './frozen.ts'
import { changePlaybook, createPlaybook, listPlaybooks, removePlaybook } from './playbooks.ts'
import { dismissProposal, listProposals } from './proposals.ts'
import { getCrisis, listCrises, openCrises } from './reading.ts'
import {
  approveStatement,
  changeStatement,
  createStatement,
  listStatements,
  removeStatement,
  submitStatement,
} from './statements.ts'
import { playbookTemplates } from './templates.ts'

const { playbooks, statements, proposals, frozen, drills: _, ...crises } = implementer<WorkspaceContext>()(contract)

export const crisisRouter = {
  list: crises.list.handler(async ({ context: { tx } }) => ({ items: await listCrises(tx) })),
  open: crises.open.handler(async ({ context: { tx } }) => ({ items: await openCrises(tx) })),
  get: crises.get.handler(({ input, context: { tx, me } }) => getCrisis(tx, input.crisisId, me)),
  figures: crises.figures.handler(async ({ input: { crisisId }, context: { tx, me, services } }) => {
    requireAllOpen(tx, 'inbox')
    const known = await getCrisis(tx, crisisId, me)
    if (known.figures) return known.figures
    return measureCrisis(tx, { crisisId, topicId: known.topicId, from: known.declaredAt, until: services.clock.now() })
  }),
  declare: crises.declare.handler(async ({ input, context: { tx, services } }) => ({
    crisisId: await declareCrisis(tx, input, services.clock.now()),
  })),
  tick: crises.tick.handler(async ({ input, context: { tx, me, services } }) => {
    await tickStep(tx, input, me, services.clock.now())
    return {}
  }),
  log: crises.log.handler(async ({ input, context: { tx, me, services } }) => ({
    entryId: await writeEntry(tx, input, me, services.clock.now()),
  })),
  end: crises.end.handler(async ({ input, context: { tx, me, services } }) => {
    await endCrisis(tx, input, me, services.clock.now())
    return {}
  }),
  playbooks: {
    list: playbooks.list.handler(async ({ context: { tx } }) => ({ items: await listPlaybooks(tx) })),
    templates: playbooks.templates.handler(async ({ input }) => ({ items: await playbookTemplates(input.language) })),
    create: playbooks.create.handler(async ({ input, context: { tx } }) => ({
      playbookId: await createPlaybook(tx, input),
    })),
    update: playbooks.update.handler(async ({ input, context: { tx } }) => ({
      version: await changePlaybook(tx, input),
    })),
    remove: playbooks.remove.handler(async ({ input, context: { tx, services } }) => {
      await removePlaybook(tx, input.playbookId, services.clock.now())
      return {}
    }),
  },
  statements: {
    list: statements.list.handler(async ({ context: { tx } }) => ({ items: await listStatements(tx) })),
    create: statements.create.handler(async ({ input, context: { tx } }) => ({
      statementId: await createStatement(tx, input),
    })),
    update: statements.update.handler(async ({ input, context: { tx } }) => ({
      version: await changeStatement(tx, input),
    })),
    submit: statements.submit.handler(async ({ input, context: { tx } }) => {
      await submitStatement(tx, input.statementId)
      return {}
    }),
    approve: statements.approve.handler(async ({ input, context: { tx, services } }) => {
      await approveStatement(tx, input, services.clock.now())
      return {}
    }),
    remove: statements.remove.handler(async ({ input, context: { tx, services } }) => {
      await removeStatement(tx, input.statementId, services.clock.now())
      return {}
    }),
  },
  proposals: {
    list: proposals.list.handler(async ({ context: { tx } }) => ({ items: await listProposals(tx) })),
    dismiss: proposals.dismiss.handler(async ({ input, context: { tx, services } }) => {
      await dismissProposal(tx, input, services.clock.now())
      return {}
    }),
  },
  frozen: {
    list: frozen.list.handler(({ input, context: { tx, me } }) => listFrozen(tx, input.crisisId, me)),
    release: frozen.release.handler(async ({ input, context: { tx, me, services } }) => {
      await releaseFrozen(tx, input, me, services.clock.now())
      return {}
    }),
  },
  drills: drillProcedures,
}
