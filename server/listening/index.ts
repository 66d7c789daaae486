import { fileProblemText } from '../../contract/file-problems.ts'
import { listening as contract } from '../../contract/listening.ts'
import { NOT_YET } from '../connectors/index.ts'
import { importHandlers, importRoutes } from '../imports/index.ts'
import type { Module } from '../platform/module.ts'
import { implementer, type ReachingContext, type WorkspaceContext } from '../platform/procedures.ts'
import { discoveryLoop } from './discovery/loop.ts'
import { discoveryProcedures } from './discovery/procedures.ts'
import { confirmedLookAlikes } from './impersonation/flags.ts'
import { impersonationLoop } from './impersonation/loop.ts'
import { impersonationProcedures } from './impersonation/procedures.ts'
import { importLoop } from './import-run.ts'
import { inspectImport, presentImport, startPostImport } from './imports.ts'
import { ledgerLoop } from './ledger/loop.ts'
import { ledgerProcedures } from './ledger/procedures.ts'
import { maskProcedures } from './masking/procedures.ts'
import { moodOfPerson } from './mood.ts'
import { listNetworks } from './networks.ts'
import { listeningData } from './personal-data.ts'
import { postExportRoutes } from './post-export.ts'
import { profileLoop } from './profiles.ts'
import { listQuarantine } from './quarantine.ts'
import { checkQuery } from './query-check.ts'
import { getPost } from './reading.ts'
import { listeningRetention } from './retention-kinds.ts'
import { searchPosts } from './search.ts'
import { checkSource, requireChecked } from './source-check.ts'
import { getSource, listSources, listStreams } from './source-list.ts'
import { SOURCE_NEEDS_SOMEBODY, sourceSubject } from './source-news.ts'
import { pollLoop } from './source-poll.ts'
import { createSource, pauseSource, pollSourceNow, removeSource, resumeSource, updateSource } from './sources.ts'
import type { Strand } from './strand.ts'
import { streamLoop } from './stream-listen.ts'
import { withdrawalLoop } from './stream-withdrawals.ts'
import { readThread } from './thread.ts'
import { authorTimeline, personTimeline } from './timeline.ts'
import {
  createTopic,
  getTopic,
  listTopics,
  listTopicVersions,
  propose,
  removeTopic,
  setTopicState,
  updateTopic,
} from './topics.ts'
import { triageProcedures } from './triage/procedures.ts'
import { triageLoop } from './triage/upkeep.ts'
import { labelProcedures } from './understanding/procedures.ts'
import { upkeepLoop } from './upkeep.ts'
import { workbenchProcedures } from './workbench/procedures.ts'

export { expiredRows, storedMentions } from './counters/expired-rows.ts'
export type { CountStep, MentionCount, MentionCounts } from './counters/mention-counts.ts'
export { heardChecks, heardFigures } from './desk-counts.ts'
export { emptyPosts, eraseOwnPosts } from './erasing.ts'
export { type ImportOutcome, importFile } from './import-run.ts'
export type { ImportSettings } from './imports.ts'
export { coverNames, masked } from './masking/covering.ts'
export { connectorOf, replaceConnectors } from './networks.ts'
export { postFigures } from './person-figures.ts'
export { postsFact } from './person-posts.ts'
export { connectAccount, hearNow, mainAccountId, restSources } from './practising.ts'
export { requireQuery, workspaceLanguages } from './query.ts'
export { loadPosts, type PostView } from './reading.ts'
export { forgetExpired, type KeptDays, retentionStart } from './retention.ts'
export { sourcesSubscription } from './source-news.ts'
export { noteFailure } from './source-rows.ts'
export {
  accountOf,
  forgetOwnPost,
  hear,
  keepPosts,
  type OwnPost,
  rememberOwnPost,
  type SpeakingAccount,
} from './speaking.ts'
export { loadStored, type StoredPost } from './stored-posts.ts'
export { earlierThan, momentIn, type Place, type Strand, type TimelineEntry } from './strand.ts'
export { createTopic } from './topics.ts'
export { hintsSubscription, type SettledConversation } from './triage/hints.ts'
export { isAside } from './triage/noise.ts'
export { type ListedPost, type OpenList, whichLists } from './which-lists.ts'
export { confirmedLookAlikes }

const { sources, topics, posts, timelines, imports } = implementer<WorkspaceContext>()(contract)
const { sources: reaching } = implementer<ReachingContext>()({ sources: contract.sources })

const router = {
  labels: labelProcedures,
  masks: maskProcedures,
  ledger: ledgerProcedures,
  discovery: discoveryProcedures,
  impersonation: impersonationProcedures,
  triage: triageProcedures.triage,
  workbench: workbenchProcedures,
  sources: {
    networks: sources.networks.handler(({ context: { services } }) => ({
      items: listNetworks(services),
      notYet: [...NOT_YET],
    })),
    list: sources.list.handler(async ({ context: { tx, services } }) => ({ items: await listSources(tx, services) })),
    get: sources.get.handler(({ input, context: { tx, services } }) => getSource(tx, services, input.sourceId)),
    check: reaching.check.handler(async ({ input, context: { services } }) => {
      const checked = await checkSource(services, input)
      if (!checked.ok) return { ok: false as const, failure: { until: null, ...checked.failure } }
      const { name, settings, author } = checked.account
      const account = author && { handle: author.handle, name: author.name, avatarUrl: author.avatarUrl }
      return { ok: true as const, name, settings, account }
    }),
    create: reaching.create.handler(async ({ input, context: { inWorkspace, services } }) => {
      const checked = await requireChecked(services, input)
      return { sourceId: await inWorkspace((tx) => createSource(tx, services, input, checked)) }
    }),
    update: reaching.update.handler(
      async ({ input: { sourceId, credentials, ...change }, context: { inWorkspace, services } }) => {
        const { network, settings } = await inWorkspace((tx) => getSource(tx, services, sourceId))
        const checked = credentials && (await requireChecked(services, { network, settings, credentials }))
        await inWorkspace((tx) => updateSource(tx, services, sourceId, { ...change, credentials: checked }))
        return {}
      },
    ),
    pause: sources.pause.handler(async ({ input, context: { tx } }) => {
      await pauseSource(tx, input.sourceId)
      return {}
    }),
    resume: sources.resume.handler(async ({ input, context: { tx, services } }) => {
      await resumeSource(tx, services, input.sourceId)
      return {}
    }),
    pollNow: sources.pollNow.handler(async ({ input, context: { tx, services } }) => {
      await pollSourceNow(tx, services, input.sourceId)
      return {}
    }),
    remove: sources.remove.handler(async ({ input, context: { tx, services } }) => {
      await removeSource(tx, services, input.sourceId)
      return {}
    }),
    streams: sources.streams.handler(async ({ context: { services } }) => ({ items: await listStreams(services) })),
    quarantine: sources.quarantine.handler(({ input, context: { tx, services, me } }) =>
      listQuarantine(tx, services, input, (sourceId) => me.mayAt('inbox.read', sourceId)),
    ),
  },
  topics: {
    list: topics.list.handler(async ({ context: { tx, services } }) => ({
      items: await listTopics(tx, services.clock.now()),
    })),
    get: topics.get.handler(({ input, context: { tx, services } }) =>
      getTopic(tx, input.topicId, services.clock.now()),
    ),
    versions: topics.versions.handler(({ input, context: { tx } }) => listTopicVersions(tx, input)),
    create: topics.create.handler(async ({ input, context: { tx, services } }) => ({
      topicId: await createTopic(tx, input, services.clock.now()),
    })),
    update: topics.update.handler(async ({ input: { topicId, ...change }, context: { tx, services } }) => ({
      version: await updateTopic(tx, topicId, change, services.clock.now()),
    })),
    pause: topics.pause.handler(async ({ input, context: { tx } }) => {
      await setTopicState(tx, input.topicId, 'paused')
      return {}
    }),
    resume: topics.resume.handler(async ({ input, context: { tx } }) => {
      await setTopicState(tx, input.topicId, 'active')
      return {}
    }),
    remove: topics.remove.handler(async ({ input, context: { tx, services } }) => {
      await removeTopic(tx, input.topicId, services.clock.now())
      return {}
    }),
    checkQuery: topics.checkQuery.handler(({ input, context: { tx, services } }) =>
      checkQuery(tx, input.query, input.languages, input.textLanguage, services.clock.now()),
    ),
    propose: topics.propose.handler(({ input, context: { tx } }) => propose(tx, input.brand, input.languages)),
  },
  posts: {
    search: posts.search.handler(({ input, context: { tx } }) => searchPosts(tx, input)),
    get: posts.get.handler(({ input, context: { tx } }) => getPost(tx, input.postId)),
    thread: posts.thread.handler(({ input, context: { tx } }) => readThread(tx, input.postId)),
  },
  imports: {
    ...importHandlers(imports, 'posts', presentImport),
    inspect: imports.inspect.handler(({ input: { importId, ...choices }, context: { tx } }) =>
      inspectImport(tx, importId, choices),
    ),
    start: imports.start.handler(async ({ input: { importId, ...choices }, context: { tx } }) => {
      await startPostImport(tx, importId, choices)
      return {}
    }),
  },
}

const timelinesWith = (strands: readonly Strand[]) => ({
  ofAuthor: timelines.ofAuthor.handler(({ input: { authorId, ...options }, context: { tx, me } }) =>
    authorTimeline(tx, authorId, options, { permissions: me.permissions, strands }),
  ),
  ofPerson: timelines.ofPerson.handler(({ input: { personId, ...options }, context: { tx, me } }) =>
    personTimeline(tx, personId, options, { permissions: me.permissions, strands }),
  ),
  moodOfPerson: timelines.moodOfPerson.handler(({ input, context: { tx, services } }) =>
    moodOfPerson(tx, input.personId, services.clock.now()),
  ),
})

/** What modules below have to tell of authors and persons comes as strands of the one timeline. */
export const listening = (strands: readonly Strand[]): Module => ({
  name: 'listening',
  personalData: listeningData,
  configuration: ['topic', 'topic_version'],
  retention: listeningRetention,
  notifications: { kinds: [SOURCE_NEEDS_SOMEBODY], subjects: [sourceSubject] },
  router: { ...router, timelines: timelinesWith(strands) },
  routes: (app, services) => {
    importRoutes(app, services, { kind: 'posts', path: '/files/imports', textOf: fileProblemText })
    postExportRoutes(app, services)
  },
  loops: [
    pollLoop,
    streamLoop,
    withdrawalLoop,
    importLoop,
    upkeepLoop,
    profileLoop,
    ledgerLoop,
    discoveryLoop,
    impersonationLoop,
    triageLoop,
  ],
  tasks: {},
  eventPermissions: {
    'posts.heard': 'posts.read',
    'posts.edited': 'posts.read',
    'posts.deleted': 'posts.read',
    'posts.expired': 'posts.read',
    'posts.exported': 'trail.read',
    'post.labelled': 'posts.read',
    'post.masked': 'posts.read',
    'post.unmasked': 'posts.read',
    'post.label-taken-back': 'posts.read',
    'labels.exported': 'trail.read',
    'posts.sorted': 'posts.read',
    'posts.unsorted': 'posts.read',
    'posts.let-in': 'posts.read',
    'impersonation.flagged': 'people.read',
    'impersonation.dismissed': 'people.read',
    'impersonation.confirmed': 'people.read',
    'impersonation.reopened': 'people.read',
    'topic.created': 'topics.read',
    'topic.changed': 'topics.read',
    'topic.paused': 'topics.read',
    'topic.resumed': 'topics.read',
    'topic.removed': 'topics.read',
    'topic.looked-back': 'topics.read',
    'topic.relevance-changed': 'topics.read',
    'topic.relearned': 'topics.read',
    'topic.relevance-forgotten': 'topics.read',
    'unmatched-sample.switched': 'trail.read',
    'source.added': 'sources.read',
    'source.changed': 'sources.read',
    'source.paused': 'sources.read',
    'source.resumed': 'sources.read',
    'source.removed': 'sources.read',
    'source.failing': 'sources.read',
    'source.recovered': 'sources.read',
    'source.silent': 'sources.read',
    'source.heard-again': 'sources.read',
    'source.over-budget': 'sources.read',
    'source.gap': 'sources.read',
    'prices.changed': 'sources.read',
    'import.uploaded': 'imports.run',
    'import.started': 'imports.run',
    'import.ended': 'imports.run',
  },
})
