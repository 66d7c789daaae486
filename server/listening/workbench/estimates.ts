import { type RawBuilder, sql } from 'kysely'
import { type PreparedPost, type Query, relaxed } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Services } from '../../platform/services.ts'
import { querySaved, type SavedVersion } from './drafts.ts'
import { exactly, type Figure, scaled, weightedTotal } from './intervals.ts'
import { addedByHand, labelsOf } from './labels.ts'
import { meeting, type Side, sideOf } from './meeting.ts'
import { type Period, periodOf } from './period.ts'
import { showSampled } from './preview.ts'
import {
  DRAFT_STRATA,
  type Plan,
  planQuestions,
  precisionOf,
  recallOf,
  SAVED_STRATA,
  type SortedStratum,
  type StratumName,
  shareOf,
} from './questions.ts'
import { knownOf, type ShownPost, showPosts } from './shown-posts.ts'
import { similarTopics } from './similar-topics.ts'
import {
  candidatesOf,
  figureOf,
  goOn,
  type InWorkspace,
  type Looked,
  lookAt,
  type SeenPost,
  type SetOf,
  seePosts,
} from './stored-sample.ts'
import { isTold, readUnmatched, type SampledPost } from './unmatched-reading.ts'

const MATCHES_LOOKED_AT = 3_000
const NET_LOOKED_AT = 1_500
const SAMPLED_LOOKED_AT = 8_000
const COUNT_MS = 1_500
const BY_HAND_MAX = 500

type Verdict = 'for-us' | 'not-for-us' | null
type Member = { verdict: Verdict; asked: boolean } & ({ stored: SeenPost } | { sampled: SampledPost })

/** Members in random order: all of the stratum, or those that were looked at. */
interface Filled {
  stratum: StratumName
  posts: Figure
  members: Member[]
  isWhole: boolean
}

export interface EstimateOptions {
  topicId: string
  days: number
  questions: number
  signal: AbortSignal
}

/**
 * Precision and recall of a draft and of the saved version, from verdicts on posts that were drawn at random. docs/estimates.md
 * says how. Throws Superseded.
 */
export async function estimate(
  services: Services,
  workspaceId: string,
  inWorkspace: InWorkspace,
  draft: Query,
  saved: SavedVersion,
  { topicId, days, questions, signal }: EstimateOptions,
) {
  const begun = performance.now()
  const before = querySaved(saved)
  const period = await inWorkspace((tx) => periodOf(tx, days, services.clock.now()))
  const net = relaxed(draft)
  const met = meeting({ draft, saved: before, net })
  const asking = { inWorkspace, draft, before, net, met, topicId, period, signal }
  const drawn = (await Promise.all([storedStrata(asking), sampledStrata(services, workspaceId, asking)])).flat()
  const filled = await inWorkspace((tx) => withVerdicts(tx, topicId, drawn))
  const strata = filled.map(toSorted)
  const plan = planQuestions(strata, questions)
  return {
    precision: {
      draft: precisionOf(strata, DRAFT_STRATA),
      saved: precisionOf(strata, SAVED_STRATA),
      gained: precisionOf(strata, ['gained', 'gained-unstored']),
      lost: precisionOf(strata, ['lost']),
    },
    recall: {
      draft: recallOf(strata, DRAFT_STRATA),
      saved: recallOf(strata, SAVED_STRATA),
      net: strata.reduce((sum, { posts }) => sum + posts.value, 0),
    },
    strata: strata.map((one) => ({
      stratum: one.stratum,
      posts: one.posts,
      sorted: one.sorted,
      forUs: one.forUs,
      share: one.sorted > 0 ? shareOf(one) : null,
    })),
    next: plan && { stratum: plan.asks[0] as StratumName, of: plan.of, width: plan.width, widthAfter: plan.widthAfter },
    questions: plan ? await inWorkspace((tx) => ask(tx, topicId, draft, filled, plan)) : [],
    tookMs: Math.round(performance.now() - begun),
  }
}

interface Asking {
  inWorkspace: InWorkspace
  draft: Query
  before: Query | null
  net: Query | null
  met: (post: PreparedPost) => Set<'draft' | 'saved' | 'net'>
  topicId: string
  period: Period
  signal: AbortSignal
}

const unsorted = (stored: SeenPost): Member => ({ stored, verdict: null, asked: false })

async function storedStrata(asking: Asking): Promise<Filled[]> {
  const { inWorkspace, draft, before, net, met, topicId, period, signal } = asking
  const queries = [draft, before].filter((query) => query !== null)
  const look = (setOf: SetOf, posts: number) =>
    lookAt(inWorkspace, setOf, period, { posts, ms: COUNT_MS, queries, signal })
  const similar = await inWorkspace((tx) => similarTopics(tx, topicId, draft))
  const [matches, around, others, byHand] = await Promise.all([
    look(candidatesOf(draft, before), MATCHES_LOOKED_AT),
    net && look(candidatesOf(net), NET_LOOKED_AT),
    similar.length > 0
      ? look((tx, part) => ({ rows: mentionsOf(tx, similar, part), scan: false }), NET_LOOKED_AT)
      : null,
    inWorkspace((tx) => postsByHand(tx, topicId, period, queries)),
  ])
  const of = (posts: readonly SeenPost[], side: Side, almost?: boolean) =>
    posts.filter((post) => {
      const asked = met(post.prepared)
      return sideOf(asked) === side && (almost === undefined || asked.has('net') === almost)
    })
  const strata = [
    stratumOf('in-both', matches, of(matches.posts, 'both')),
    stratumOf('gained', matches, of(matches.posts, 'gained')),
    stratumOf('lost', matches, of(matches.posts, 'lost')),
  ]
  if (around) strata.push(stratumOf('almost', around, of(around.posts, 'neither', true)))
  if (others) strata.push(stratumOf('other-topics', others, of(others.posts, 'neither', false)))
  const inNet = new Set(strata.flatMap(({ members }) => members.map(idOf)))
  const added = of(byHand, 'neither', false).filter((post) => !inNet.has(post.place.postId))
  return [...strata, { stratum: 'by-hand', posts: exactly(added.length), members: added.map(unsorted), isWhole: true }]
}

const stratumOf = (stratum: StratumName, looked: Looked, posts: SeenPost[]): Filled => ({
  stratum,
  posts: figureOf(looked, posts.length),
  members: posts.map(unsorted),
  isWhole: looked.drawn === looked.candidates,
})

/** Served by mention_topic. */
const mentionsOf = (
  tx: WorkspaceTransaction,
  topicIds: readonly string[],
  { from, until }: Period,
): RawBuilder<unknown> =>
  sql`(select distinct published_at, post_id from mention where workspace_id = ${tx.workspaceId}
    and topic_id = any(${topicIds}::uuid[]) and published_at >= ${from}::timestamptz and published_at <= ${until}::timestamptz)`

async function postsByHand(
  tx: WorkspaceTransaction,
  topicId: string,
  { from, until }: Period,
  queries: readonly Query[],
): Promise<SeenPost[]> {
  const ids = await addedByHand(tx, topicId, BY_HAND_MAX)
  const posts = await seePosts(
    tx,
    ids.map((postId) => ({ postId, publishedAt: from })),
    queries,
  )
  return posts.filter(({ prepared: { post } }) => post.publishedAt >= from && post.publishedAt <= until)
}

/** What of the streams nobody stored: the sample stands for the days it covers, the period for more of the same. */
async function sampledStrata(services: Services, workspaceId: string, asking: Asking): Promise<Filled[]> {
  const { draft, met, period, signal } = asking
  const sample = isTold(draft) ? await readUnmatched(services, workspaceId, SAMPLED_LOOKED_AT) : null
  goOn(signal)
  if (!sample) return []
  const asked = sample.posts.map((post) => ({ post, met: met(post.prepared) }))
  const gained = asked.filter((one) => sideOf(one.met) === 'gained').map(({ post }) => post)
  const almost = asked.filter((one) => sideOf(one.met) === 'neither' && one.met.has('net')).map(({ post }) => post)
  const fill = (stratum: StratumName, posts: SampledPost[]): Filled => ({
    stratum,
    posts: scaled(
      weightedTotal(
        posts.map(({ weight }) => weight),
        sample.heaviest,
      ),
      period.days.length / sample.days,
    ),
    members: posts.map((sampled) => ({ sampled, verdict: null, asked: false })),
    isWhole: false,
  })
  return [fill('gained-unstored', gained), fill('almost-unstored', almost)]
}

const idOf = (member: Member): string => ('stored' in member ? member.stored.place.postId : member.sampled.sampledId)

async function withVerdicts(tx: WorkspaceTransaction, topicId: string, strata: readonly Filled[]): Promise<Filled[]> {
  const members = strata.flatMap((one) => one.members)
  const stored = members.flatMap((member) => ('stored' in member ? [member.stored] : []))
  const ids = stored.map(({ place }) => place.postId)
  const known = await knownOf(tx, topicId, ids)
  const labels = await labelsOf(tx, topicId, members.map(idOf))
  const sorted = (member: Member): Member => {
    const id = idOf(member)
    const label = labels.get(id)
    return { ...member, verdict: known.get(id)?.verdict ?? label?.side ?? null, asked: label?.asked ?? false }
  }
  return strata.map((one) => ({ ...one, members: one.members.map(sorted) }))
}

/**
 * Only a beginning of the random order without a gap is a random sample. Who sorts on their own, uncertain posts first or
 * whatever is at hand, makes gaps that depend on the posts; so the beginning ends with the last one that was asked for.
 */
function toSorted({ stratum, posts, members, isWhole }: Filled): SortedStratum {
  const gap = members.findIndex(({ verdict }) => verdict === null)
  const begun = gap < 0 ? members : members.slice(0, gap)
  const isCensus = gap < 0 && isWhole
  const counted = isCensus ? begun : begun.slice(0, begun.findLastIndex(({ asked }) => asked) + 1)
  const forUs = counted.filter(({ verdict }) => verdict === 'for-us').length
  const open = members.filter(({ verdict }) => verdict === null).length
  return { stratum, posts, sorted: counted.length, forUs, open }
}

type Question = ShownPost & { stratum: StratumName }

async function ask(
  tx: WorkspaceTransaction,
  topicId: string,
  draft: Query,
  strata: readonly Filled[],
  { asks }: Plan,
): Promise<Question[]> {
  const questions: Question[] = []
  for (const stratum of new Set(asks)) {
    const members = strata.find((one) => one.stratum === stratum)?.members ?? []
    const next = members
      .filter(({ verdict }) => verdict === null)
      .slice(0, asks.filter((one) => one === stratum).length)
    const stored = next.flatMap((member) => ('stored' in member ? [member.stored] : []))
    const shown = await showPosts(
      tx,
      topicId,
      stored.map(({ place }) => place),
      draft,
    )
    const sampled = next.flatMap((member) => ('sampled' in member ? [showSampled(member.sampled, draft, null)] : []))
    questions.push(...[...shown, ...sampled].map((post) => ({ ...post, stratum })))
  }
  return questions
}
