import { agreements as contract } from '../../../contract/accounts-agreements.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { endAgreement, listAgreements, memberOf, recordAgreement, releaseAgreement } from './agreements.ts'
import { listAnalyses } from './analyses.ts'

const agreements = implementer<WorkspaceContext>()(contract)

export const agreementsRouter = {
  list: agreements.list.handler(async ({ context: { tx, services } }) => ({
    items: await listAgreements(tx, services.clock.now()),
  })),
  record: agreements.record.handler(async ({ input, context: { tx, me, services } }) => ({
    agreementId: await recordAgreement(tx, me, input, services.clock.now()),
  })),
  release: agreements.release.handler(async ({ input, context: { tx, me, services } }) => {
    await releaseAgreement(tx, me, input, services.clock.now())
    return {}
  }),
  end: agreements.end.handler(async ({ input, context: { tx, me, services } }) => {
    await endAgreement(tx, me, input.agreementId, services.clock.now())
    return {}
  }),
  analyses: agreements.analyses.handler(({ input, context: { tx } }) => listAnalyses(tx, input)),
  aboutMe: agreements.aboutMe.handler(({ input, context: { tx, me } }) =>
    listAnalyses(tx, { ...input, memberId: memberOf(me) }),
  ),
}
