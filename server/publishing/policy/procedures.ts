import { publishing as contract } from '../../../contract/publishing.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { requireAtSource } from '../../platform/reach.ts'
import { CHECK_IDS, type CheckId, type CheckRule, mayRefuse } from '../../policy/index.ts'
import type { Answering } from '../approvals/answering.ts'
import { attachedFiles } from '../attachments.ts'
import { sayingOf } from '../queue.ts'
import { configurationAt, type PolicyDocument, PRESETS } from './document.ts'
import { dryRun } from './dry-run.ts'
import { judge, presentJudged } from './judging.ts'
import { alarmsOnPast, measure, measuredFor, readReviews, reportsByCheck, reviewAlarm } from './measuring.ts'
import { readPast } from './past.ts'
import { reportFalseAlarm } from './reports.ts'
import { requirePlaces, requireUsable } from './saving.ts'
import { currentPolicy, listVersions, policyOfVersion, readTimes, savePolicy, setTimes } from './versions.ts'

const { policy } = implementer<WorkspaceContext>()({ policy: contract.policy })
const { policy: reaching } = implementer<ReachingContext>()({ policy: contract.policy })

export const policyProcedures = (answering: Pick<Answering, 'fourEyesRule'>) => ({
  check: policy.check.handler(async ({ input, context: { tx, services } }) => {
    const rule = await answering.fourEyesRule(tx, input.conversationIds, services.clock.now())
    const judged = await judge(services, tx, { ...(await typed(tx, input)), fourEyes: rule !== null })
    return { ...presentJudged(judged), fourEyesRule: rule, undoSeconds: (await readTimes(tx)).undoSeconds }
  }),
  reportFalseAlarm: policy.reportFalseAlarm.handler(async ({ input, context: { tx, services } }) => ({
    reported: await reportFalseAlarm(tx, await judge(services, tx, await typed(tx, input)), input),
  })),
  get: policy.get.handler(async ({ context: { tx } }) => {
    const { version, document } = await currentPolicy(tx)
    return {
      version,
      document,
      preset: { 'small-team': rulesOf('small-team'), 'care-desk': rulesOf('care-desk') },
      ...(await readTimes(tx)),
      versions: await listVersions(tx),
    }
  }),
  version: policy.version.handler(async ({ input, context: { tx } }) => {
    const { measured: _, ...version } = await policyOfVersion(tx, input.version)
    return version
  }),
  save: reaching.save.handler(async ({ input, context: { inWorkspace } }) => {
    await inWorkspace((tx) => requirePlaces(tx, input.document))
    const measured = needsMeasuring(input.document) ? await measuredHere(inWorkspace, input.document) : {}
    await requireUsable(input.document, measured)
    return { version: await inWorkspace((tx) => savePolicy(tx, { ...input, measured })) }
  }),
  setTimes: policy.setTimes.handler(async ({ input, context: { tx } }) => {
    await setTimes(tx, input)
    return {}
  }),
  dryRun: reaching.dryRun.handler(async ({ input, context: { inWorkspace } }) => {
    const { past, current } = await inWorkspace(async (tx) => {
      await requirePlaces(tx, input.document)
      return { past: await readPast(tx), current: await currentPolicy(tx) }
    })
    return dryRun(past, current, input.document)
  }),
  measure: reaching.measure.handler(async ({ input, context: { inWorkspace } }) => {
    const { past, reviews, reports } = await inWorkspace(async (tx) => {
      await requirePlaces(tx, input.document)
      return { past: await readPast(tx), reviews: await readReviews(tx), reports: await reportsByCheck(tx) }
    })
    return measure(past, await alarmsOnPast(past, input.document), reviews, reports, input)
  }),
  review: policy.review.handler(async ({ input, context: { tx } }) => {
    await reviewAlarm(tx, input)
    return {}
  }),
})

interface Typed {
  sourceId: string
  replyToPostId: string | null
  text: string
  language: string | null
  attachmentIds: string[]
  private: boolean
}

/** What somebody is writing, with its pictures' texts. */
async function typed(tx: WorkspaceTransaction, { attachmentIds, ...input }: Typed) {
  requireAtSource(tx, input.sourceId)
  const attachments = await attachedFiles(tx, attachmentIds)
  return sayingOf(tx, { ...input, attachments, ...(input.private && { kind: 'private' as const }) })
}

const rulesOf = (preset: keyof typeof PRESETS) => {
  const { checks } = PRESETS[preset]('')
  return Object.fromEntries(
    CHECK_IDS.map((check) => [check, { action: checks[check].action, from: checks[check].from }]),
  ) as Record<CheckId, Pick<CheckRule, 'action' | 'from'>>
}

/** Whether some check is to refuse that may not as it ships. */
function needsMeasuring(document: PolicyDocument): boolean {
  const places = [{ sourceId: '', topicIds: [] }, ...document.scopes.map(placeOf)]
  return places.some((place) => {
    const { checks } = configurationAt(document, 0, place)
    return CHECK_IDS.some((check) => checks[check].action === 'refuse' && !mayRefuse(check, checks[check].from))
  })
}

const placeOf = ({ sourceId, topicId }: PolicyDocument['scopes'][number]) => ({
  sourceId: sourceId ?? '',
  topicIds: topicId ? [topicId] : [],
})

async function measuredHere(inWorkspace: ReachingContext['inWorkspace'], document: PolicyDocument) {
  const { past, reviews } = await inWorkspace(async (tx) => ({
    past: await readPast(tx),
    reviews: await readReviews(tx),
  }))
  return measuredFor(past, await alarmsOnPast(past, document), reviews, document)
}
