import { guidelines as contract } from '../../contract/guidelines.ts'
import { Forbidden } from '../platform/errors.ts'
import { implementer, type WorkspaceContext } from '../platform/procedures.ts'
import { ownStanding, take } from './attempts.ts'
import {
  acknowledge,
  createGuideline,
  listGuidelines,
  publishVersion,
  readGuideline,
  retireGuideline,
  setAudience,
} from './documents.ts'
import { type MemberNeeds, needsOf } from './needs.ts'
import { readSettings, writeSettings } from './settings.ts'
import { guidelineTemplate, trainingTemplate } from './templates.ts'
import {
  changeTraining,
  createTraining,
  listTrainings,
  readTraining,
  readWrongAnswers,
  retireTraining,
  withoutAnswers,
} from './trainings.ts'

const { documents, trainings, settings, ...overview } = implementer<WorkspaceContext>()(contract)

/** A program reads nothing and learns nothing; whoever made it answers for it. */
function requirePerson({ memberId }: WorkspaceContext['me']): string {
  if (!memberId) throw new Forbidden('people-only')
  return memberId
}

export const guidelinesRouter = {
  documents: {
    list: documents.list.handler(async ({ context: { tx, services } }) => ({
      items: await listGuidelines(tx, services.clock.now()),
    })),
    get: documents.get.handler(({ input, context: { tx, me, services } }) =>
      readGuideline(tx, input.guidelineId, me.memberId, services.clock.now()),
    ),
    template: documents.template.handler(async () => ({ texts: await guidelineTemplate() })),
    create: documents.create.handler(async ({ input, context: { tx, services } }) => ({
      guidelineId: await createGuideline(tx, input, services.clock.now()),
    })),
    publish: documents.publish.handler(async ({ input, context: { tx, services } }) => ({
      version: await publishVersion(tx, input, services.clock.now()),
    })),
    setAudience: documents.setAudience.handler(async ({ input, context: { tx } }) => {
      await setAudience(tx, input.guidelineId, input.audience)
      return {}
    }),
    retire: documents.retire.handler(async ({ input, context: { tx, services } }) => {
      await retireGuideline(tx, input.guidelineId, services.clock.now())
      return {}
    }),
    acknowledge: documents.acknowledge.handler(async ({ input, context: { tx, me } }) => {
      await acknowledge(tx, requirePerson(me), input)
      return {}
    }),
  },
  trainings: {
    list: trainings.list.handler(async ({ context: { tx } }) => ({ items: await listTrainings(tx) })),
    get: trainings.get.handler(async ({ input, context: { tx, me, services } }) => {
      const { texts, ...training } = await readTraining(tx, input.trainingId)
      const mine = await ownStanding(tx, me.memberId, training, services.clock.now())
      return { ...training, texts: withoutAnswers(texts), mine }
    }),
    take: trainings.take.handler(({ input, context: { tx, me, services } }) =>
      take(tx, requirePerson(me), input, services.clock.now()),
    ),
    template: trainings.template.handler(() => trainingTemplate()),
    edit: trainings.edit.handler(({ input, context: { tx } }) => readTraining(tx, input.trainingId)),
    create: trainings.create.handler(async ({ input, context: { tx, services } }) => ({
      trainingId: await createTraining(tx, input, services.clock.now()),
    })),
    change: trainings.change.handler(async ({ input, context: { tx, services } }) => ({
      version: await changeTraining(tx, input, services.clock.now()),
    })),
    retire: trainings.retire.handler(async ({ input, context: { tx, services } }) => {
      await retireTraining(tx, input.trainingId, services.clock.now())
      return {}
    }),
    wrongAnswers: trainings.wrongAnswers.handler(({ input, context: { tx } }) =>
      readWrongAnswers(tx, input.trainingId),
    ),
  },
  mine: overview.mine.handler(async ({ context: { tx, me, services } }) => {
    const found = await needsOf(tx, services.clock.now(), [requirePerson(me)])
    const items = found.members[0]?.needs ?? []
    const { gate } = found.settings
    return { gate, asleep: gate && items.some(({ standing }) => standing === 'overdue'), items }
  }),
  overview: overview.overview.handler(async ({ context: { tx, services } }) => {
    const { members } = await needsOf(tx, services.clock.now())
    return { items: everyNeed(members), members: members.map(whetherOnly) }
  }),
  settings: {
    get: settings.get.handler(async ({ context: { tx } }) => {
      const { gate, graceDays } = await readSettings(tx)
      return { gate, graceDays }
    }),
    update: settings.update.handler(async ({ input, context: { tx, services } }) => {
      await writeSettings(tx, input, services.clock.now())
      return {}
    }),
  },
}

const everyNeed = (members: readonly MemberNeeds[]) => [
  ...new Map(members.flatMap(({ needs }) => needs.map((need) => [need.aboutId, need]))).values(),
]

/** The lead sees whether it is done: no dates, no tries, nothing to rank by (T11). */
const whetherOnly = ({ memberId, name, needs }: MemberNeeds) => ({
  memberId,
  name,
  standings: needs.map(({ aboutId, standing }) => ({ aboutId, standing })),
})
