import { sql } from 'kysely'
import type { HeardItem } from '../connectors/index.ts'
import { rememberAuthors, staleProfiles } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { type Kept, keep, mayKeep } from './keep.ts'
import { type Listener, listenersOf } from './listeners.ts'
import type { Candidate, KeepOptions } from './newly-stored.ts'
import { type Normalised, normalise, postKey } from './normalise.ts'
import { quarantine, quarantineStream } from './quarantine.ts'
import { applyStreamWithdrawals, rememberStreamWithdrawals } from './stream-withdrawals.ts'
import { asHeardBy, ask, type UnderstoodPost, understand } from './understand.ts'
import { groupsOf } from './understanding/groups.ts'
import { understandPost } from './understanding/read-post.ts'
import { applyAccountStates, deletePosts } from './withdraw.ts'
import { unmatchedSamplerOf } from './workbench/unmatched-sample.ts'

/**
 * heard ─▶ normalise ─▶ language ─▶ match ─▶ drop what nobody asked for ─▶ per workspace one transaction: drop what was seen
 * or is suppressed, store authors, posts, mentions and events ─▶ the caller moves the cursor, last. Taking the same
 * batch in again changes nothing, so a process may die between any two steps.
 */
export interface Taken {
  heard: number
  kept: number
  /** When the posts heard were published. */
  published: Date[]
}

export interface SourceOrigin {
  workspaceId: string
  sourceId: string
  name: string
  keepsEverything: boolean
  /** Whether a post seen again with other content was edited. */
  tellsEdits: boolean
}

/** A batch of a workspace's own source. */
export async function takeFromSource(services: Services, items: HeardItem[], source: SourceOrigin): Promise<Taken> {
  const heardAt = services.clock.now()
  const heard = normalise(items, heardAt)
  const understood = await understand(heard.posts, source.name)
  const listener = await listenersOf(services).of(source.workspaceId)
  const { sourceId } = source
  const options: KeepOptions = {
    sourceId,
    importId: null,
    origin: 'source',
    everything: source.keepsEverything,
    edits: source.tellsEdits ? 'seen' : 'never',
    heardAt,
    secrets: services.secrets,
    groups: groupsOf(services),
  }
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(source.workspaceId, SYSTEM, work)
  // Each in a transaction of its own, because each locks posts or authors anew (holding.ts).
  if (heard.deletions.length > 0) await inWorkspace((tx) => deletePosts(tx, heard.deletions))
  const kept = await inWorkspace(async (tx) => {
    await quarantine(tx, heard.malformed, sourceId, heardAt)
    return keep(tx, candidatesOf(listener, understood), options)
  })
  if (heard.changedAuthors.length > 0) await inWorkspace((tx) => updateKnownAuthors(tx, heard, heardAt))
  if (heard.states.length > 0) await inWorkspace((tx) => applyAccountStates(tx, heard.states))
  await applyStreamWithdrawals(services, source.workspaceId, kept.newPlaces)
  return { heard: heard.posts.length, kept: kept.posts, published: heard.posts.map((post) => post.publishedAt) }
}

/** Rows of a file, inside the importer's transaction: everything is kept, nothing stored is changed. */
export async function takeFromImport(
  services: Services,
  tx: WorkspaceTransaction,
  items: HeardItem[],
  importing: { importId: string; fileName: string },
): Promise<Kept & { malformed: Normalised['malformed']; normalised: number }> {
  const heardAt = services.clock.now()
  const heard = normalise(items, heardAt)
  const understood = await understand(heard.posts, importing.fileName)
  const listener = await listenersOf(services).of(tx.workspaceId)
  const kept = await keep(tx, candidatesOf(listener, understood), {
    sourceId: null,
    importId: importing.importId,
    origin: 'import',
    everything: true,
    edits: 'never',
    heardAt,
    secrets: services.secrets,
    groups: groupsOf(services),
  })
  return { ...kept, malformed: heard.malformed, normalised: heard.posts.length }
}

/** What a stream brought, understood but not stored yet. */
export interface StreamShare {
  heard: Normalised
  byListener: { listener: Listener; candidates: Candidate[] }[]
  heardAt: Date
}

/** Matches what a stream brought against every workspace that hears it. `urgent`: somebody asked for something in it. */
export async function understandStream(
  services: Services,
  items: HeardItem[],
  listeners: Listener[],
): Promise<StreamShare & { urgent: boolean }> {
  const heardAt = services.clock.now()
  const heard = normalise(items, heardAt)
  const understood = await understand(heard.posts, null)
  const byListener = listeners.map((listener) => ({
    listener,
    candidates: candidatesOf(listener, understood).filter((candidate) => mayKeep(candidate, false)),
  }))
  const urgent = byListener.some(({ candidates }) =>
    candidates.some(({ topics, addressed, own }) => topics.length > 0 || addressed || own),
  )
  return { heard: { ...heard, posts: understood.map(({ post }) => post) }, byListener, heardAt, urgent }
}

/** Shares in the order of the stream as one; of several versions of a post the last stands. */
export function mergeShares(shares: StreamShare[]): StreamShare {
  const [first, ...rest] = shares as [StreamShare, ...StreamShare[]]
  if (rest.length === 0) return first
  const byWorkspace = new Map<string, { listener: Listener; candidates: Map<string, Candidate> }>()
  for (const { listener, candidates } of shares.flatMap((share) => share.byListener)) {
    const merged = byWorkspace.get(listener.workspaceId)?.candidates ?? new Map<string, Candidate>()
    for (const candidate of candidates) merged.set(candidate.post.key, candidate)
    byWorkspace.set(listener.workspaceId, { listener, candidates: merged })
  }
  return {
    heard: {
      posts: shares.flatMap(({ heard }) => heard.posts),
      deletions: shares.flatMap(({ heard }) => heard.deletions),
      states: shares.flatMap(({ heard }) => heard.states),
      changedAuthors: shares.flatMap(({ heard }) => heard.changedAuthors),
      malformed: shares.flatMap(({ heard }) => heard.malformed),
    },
    byListener: [...byWorkspace.values()].map(({ listener, candidates }) => ({
      listener,
      candidates: [...candidates.values()],
    })),
    heardAt: first.heardAt,
  }
}

/** Stores the share of each workspace, then what concerns all. The caller moves the stream's cursor when this is done. */
export async function storeStream(
  services: Services,
  stream: string,
  share: StreamShare,
): Promise<Omit<Taken, 'published'>> {
  const { heard, heardAt } = share
  const keptBy = new Map<string, string[]>()
  let kept = 0
  for (const { listener, candidates } of share.byListener) {
    // In a transaction of its own, because it locks authors anew (holding.ts).
    if (heard.changedAuthors.length > 0)
      await services.database.inWorkspace(listener.workspaceId, SYSTEM, (tx) => updateKnownAuthors(tx, heard, heardAt))
    if (candidates.length === 0) continue
    const options: KeepOptions = {
      sourceId: listener.streamSources.get(stream) ?? null,
      importId: null,
      origin: 'stream',
      everything: false,
      edits: 'told',
      heardAt,
      secrets: services.secrets,
      groups: groupsOf(services),
    }
    const stored = await services.database.inWorkspace(listener.workspaceId, SYSTEM, async (tx) => {
      const { posts, newPlaces } = await keep(tx, candidates, options)
      if (posts > 0 && options.sourceId) await noteKept(tx, options.sourceId, posts, heardAt)
      return newPlaces
    })
    kept += stored.length
    for (const place of stored)
      keptBy.set(postKey(place), [...(keptBy.get(postKey(place)) ?? []), listener.workspaceId])
  }
  await rememberStreamWithdrawals(services, heard)
  const sampler = unmatchedSamplerOf(services)
  await sampler.withdraw([...heard.deletions, ...heard.posts.filter(({ editedAt }) => editedAt !== null)])
  sampler.take(stream, withoutDeleted(heard), keptBy)
  await quarantineStream(services, stream, heard.malformed, heardAt)
  return { heard: heard.posts.length, kept }
}

/** Several shares stored as one may hold a post and its deletion. */
function withoutDeleted({ posts, deletions }: Normalised): Normalised['posts'] {
  const deleted = new Set(deletions.map(postKey))
  return deleted.size === 0 ? posts : posts.filter(({ key }) => !deleted.has(key))
}

/** A stream's own counts are the installation's; the workspace sees what it kept. */
async function noteKept(tx: WorkspaceTransaction, sourceId: string, posts: number, heardAt: Date): Promise<void> {
  await sql`update source set kept_count = kept_count + ${posts}, heard_count = heard_count + ${posts},
    last_heard_at = ${heardAt}, last_success_at = ${heardAt}
    where workspace_id = ${tx.workspaceId} and source_id = ${sourceId}`.execute(tx.sql)
}

const candidatesOf = (listener: Listener, understood: UnderstoodPost[]): Candidate[] =>
  understood.map((one) => {
    const post = asHeardBy(listener, one.post)
    const asked = ask(listener, { ...one, post })
    if (asked.topics.length > 0 || asked.addressed)
      one.understanding ??= understandPost(one.post, listener.topics.placesOf(one.prepared))
    return { post, ...asked, understanding: one.understanding }
  })

/** A change of name or handle concerns accounts that the workspace knows; others are not taken in by it. */
async function updateKnownAuthors(tx: WorkspaceTransaction, heard: Normalised, heardAt: Date): Promise<void> {
  if (heard.changedAuthors.length === 0) return
  await rememberAuthors(tx, heard.changedAuthors, heardAt, { onlyKnown: true })
  await staleProfiles(
    tx,
    heard.changedAuthors.filter(({ handle }) => handle === null),
  )
}
