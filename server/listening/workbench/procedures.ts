import { workbench as contract } from '../../../contract/listening-workbench.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../../platform/procedures.ts'
import { changedPosts, notSearched } from './changed-posts.ts'
import { compare } from './comparison.ts'
import { querySaved, readDraft, readLooseDraft } from './drafts.ts'
import { estimate } from './estimates.ts'
import { sortDrawn } from './labels.ts'
import { asLatest } from './latest-request.ts'
import { periodOf } from './period.ts'
import { preview } from './preview.ts'
import { readRules, templateOf } from './rules.ts'
import { sampleState, switchSample } from './sample-state.ts'
import { within } from './stored-sample.ts'
import { restoreVersion, versionDifference } from './versions.ts'

const { workbench } = implementer<WorkspaceContext>()({ workbench: contract })
// What takes longer opens its own short transactions, each with its own time limit.
const { workbench: reaching } = implementer<ReachingContext>()({ workbench: contract })

/** The editor that asks; a newer request of the same one ends the older. */
const keyOf = (me: ReachingContext['me'], what: string, tab: string | undefined): string | null =>
  tab === undefined ? null : `${me.workspaceId} ${me.actor.id} ${what} ${tab}`

/** A page ends by itself before; a single statement may not. */
const CHANGED_MS = 4_000

const SUPERSEDED = { state: 'superseded' as const }

export const workbenchProcedures = {
  preview: reaching.preview.handler(async ({ input, context: { inWorkspace, services, me }, signal: caller }) => {
    const draft = await inWorkspace((tx) => readLooseDraft(tx, input.topicId, input))
    if (!draft.ok) return { state: 'faulty' as const, faults: draft.faults }
    const answer = await asLatest(keyOf(me, 'preview', input.tab), caller, (signal) =>
      preview(services, me.workspaceId, inWorkspace, draft.query, { topicId: input.topicId, days: input.days, signal }),
    )
    return answer ? { state: 'answered' as const, warnings: draft.warnings, ...answer } : SUPERSEDED
  }),
  compare: reaching.compare.handler(async ({ input, context: { inWorkspace, services, me }, signal: caller }) => {
    const draft = await inWorkspace((tx) => readDraft(tx, input.topicId, input))
    if (!draft.ok) return { state: 'faulty' as const, faults: draft.faults }
    const answer = await asLatest(keyOf(me, 'compare', input.tab), caller, (signal) =>
      compare(services, me.workspaceId, inWorkspace, draft.query, draft.saved, { days: input.days, signal }),
    )
    return answer ? { state: 'answered' as const, ...answer } : SUPERSEDED
  }),
  changed: reaching.changed.handler(async ({ input, context: { inWorkspace, services } }) => {
    const draft = await inWorkspace((tx) => readDraft(tx, input.topicId, input))
    if (!draft.ok) return { state: 'faulty' as const, faults: draft.faults }
    const { from, until } = await inWorkspace((tx) => periodOf(tx, input.days, services.clock.now()))
    const saved = querySaved(draft.saved)
    const page = await within(inWorkspace, CHANGED_MS, (tx) =>
      changedPosts(tx, draft.query, saved, { ...input, from, until }),
    )
    return { state: 'answered' as const, ...(page ?? notSearched(input.after ?? null, until)) }
  }),
  estimates: reaching.estimates.handler(async ({ input, context: { inWorkspace, services, me }, signal: caller }) => {
    const draft = await inWorkspace((tx) => readDraft(tx, input.topicId, input))
    if (!draft.ok) return { state: 'faulty' as const, faults: draft.faults }
    const answer = await asLatest(keyOf(me, 'estimates', input.tab), caller, (signal) =>
      estimate(services, me.workspaceId, inWorkspace, draft.query, draft.saved, { ...input, signal }),
    )
    return answer ? { state: 'answered' as const, ...answer } : SUPERSEDED
  }),
  sort: workbench.sort.handler(async ({ input, context: { tx, services } }) => {
    await sortDrawn(tx, { ...input, asked: input.asked !== null }, services.clock.now())
    return {}
  }),
  unmatchedSample: workbench.unmatchedSample.handler(({ context: { tx, services } }) => sampleState(services, tx)),
  switchUnmatchedSample: workbench.switchUnmatchedSample.handler(async ({ input, context: { tx, services } }) => {
    await switchSample(services, tx, input.on)
    return {}
  }),
  template: workbench.template.handler(({ input, context: { tx } }) => templateOf(tx, input)),
  importRules: workbench.importRules.handler(({ input }) => readRules(input)),
  difference: workbench.difference.handler(({ input: { topicId, from, to }, context: { tx } }) =>
    versionDifference(tx, topicId, from, to),
  ),
  restore: workbench.restore.handler(async ({ input, context: { tx, services } }) => ({
    version: await restoreVersion(tx, input, services.clock.now()),
  })),
}
