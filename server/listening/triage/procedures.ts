import { triage as contract } from '../../../contract/listening-triage.ts'
import { implementer, type WorkspaceContext } from '../../platform/procedures.ts'
import { readJudgements } from './judgements.ts'
import { readEffect, readProgress } from './progress.ts'
import { readQueue } from './queue.ts'
import { sortPosts, takeBack } from './sorting.ts'
import { changeRelevance, forgetLearned, retrainTopic } from './switching.ts'
import { beginLearning } from './topic-rows.ts'
import { listVerdicts } from './verdicts.ts'

const { triage } = implementer<WorkspaceContext>()({ triage: contract })

export const triageProcedures = {
  triage: {
    state: triage.state.handler(({ input, context: { tx, services } }) =>
      readProgress(tx, input.topicId, services.clock.now()),
    ),
    effect: triage.effect.handler(({ input, context: { tx, services } }) =>
      readEffect(tx, input.topicId, services.clock.now()),
    ),
    queue: triage.queue.handler(({ input, context: { tx } }) => readQueue(tx, input)),
    verdicts: triage.verdicts.handler(({ input, context: { tx } }) => listVerdicts(tx, input)),
    judgements: triage.judgements.handler(async ({ input, context: { tx } }) => ({
      items: await readJudgements(tx, input.postId),
    })),
    begin: triage.begin.handler(async ({ input, context: { tx } }) => {
      await beginLearning(tx, input.topicId)
      return {}
    }),
    sort: triage.sort.handler(({ input, context: { tx, services } }) =>
      sortPosts(tx, input.topicId, input.posts, input.shown, services.clock.now()),
    ),
    takeBack: triage.takeBack.handler(async ({ input, context: { tx, services } }) => ({
      takenBack: await takeBack(tx, input.topicId, input.verdictIds, services.clock.now()),
    })),
    change: triage.change.handler(async ({ input: { topicId, ...change }, context: { tx } }) => {
      await changeRelevance(tx, topicId, change)
      return {}
    }),
    retrain: triage.retrain.handler(async ({ input, context: { tx } }) => {
      await retrainTopic(tx, input.topicId)
      return {}
    }),
    forget: triage.forget.handler(async ({ input, context: { tx } }) => ({
      verdicts: await forgetLearned(tx, input.topicId),
    })),
  },
}
