import { sql } from 'kysely'
import { PostFeatures } from '../matching/index.ts'
import { ownAccounts } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { TopicMatcher } from './topic-matcher.ts'

/** What intake has to know of a workspace, as of a version. */
export interface Listener {
  workspaceId: string
  version: string
  topics: TopicMatcher
  /** Our own accounts, by `network\nscope\nnetworkId`. */
  own: ReadonlySet<string>
  /** The source by which the workspace hears a stream. */
  streamSources: ReadonlyMap<string, string>
}

/**
 * Says that topics, own accounts or stream sources of the workspace changed. In the transaction of the change: whoever
 * sees the new version sees the change.
 */
export async function listeningChanged(tx: WorkspaceTransaction): Promise<void> {
  await sql`
    insert into system.listening_change as c (workspace_id, streams)
    select ${tx.workspaceId}, coalesce(array_agg(distinct network) filter (where hears_stream), '{}') from source
    where workspace_id = ${tx.workspaceId} and removed_at is null and state = 'active'
    on conflict (workspace_id) do update set version = c.version + 1, streams = excluded.streams`.execute(tx.sql)
}

/** Listeners of all workspaces, loaded when first needed and again when their version moved. One per process. */
export class Listeners {
  readonly #services: Services
  readonly #known = new Map<string, Listener>()
  readonly #loading = new Map<string, Promise<Listener>>()
  readonly #post = new PostFeatures()

  constructor(services: Services) {
    this.#services = services
  }

  async of(workspaceId: string): Promise<Listener> {
    const { rows } = await sql<{ version: string }>`
      select version from system.listening_change where workspace_id = ${workspaceId}`.execute(
      this.#services.database.system,
    )
    return this.#fresh(workspaceId, rows[0]?.version ?? '0')
  }

  /** Every workspace that hears the stream. */
  async hearing(stream: string): Promise<Listener[]> {
    const { rows } = await sql<{ workspace_id: string; version: string }>`
      select workspace_id, version from system.listening_change where ${stream} = any(streams)
      order by workspace_id`.execute(this.#services.database.system)
    const listeners: Listener[] = []
    for (const row of rows) listeners.push(await this.#fresh(row.workspace_id, row.version))
    return listeners
  }

  /** One load at a time per workspace, because its matcher is brought up to date in place: an older state must not come last. */
  async #fresh(workspaceId: string, version: string): Promise<Listener> {
    for (;;) {
      const known = this.#known.get(workspaceId)
      if (known && BigInt(known.version) >= BigInt(version)) return known
      const loading = this.#loading.get(workspaceId)
      if (loading) await loading.catch(() => {})
      else {
        const load = this.#load(workspaceId, version, known).finally(() => this.#loading.delete(workspaceId))
        this.#loading.set(workspaceId, load)
        return load
      }
    }
  }

  async #load(workspaceId: string, version: string, known: Listener | undefined): Promise<Listener> {
    const topics = known?.topics ?? new TopicMatcher(this.#post)
    const listener = await this.#services.database.inWorkspace(workspaceId, SYSTEM, (tx) =>
      loadListener(tx, version, topics),
    )
    this.#known.set(workspaceId, listener)
    return listener
  }
}

const listenersOfServices = new WeakMap<Services, Listeners>()

/** The process's one set of listeners. */
export function listenersOf(services: Services): Listeners {
  const known = listenersOfServices.get(services) ?? new Listeners(services)
  listenersOfServices.set(services, known)
  return known
}

async function loadListener(tx: WorkspaceTransaction, version: string, matcher: TopicMatcher): Promise<Listener> {
  const topics = await tx.sql
    .selectFrom('topic')
    .select(['topic_id', 'version', 'query', 'languages'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('state', '=', 'active')
    .where('removed_at', 'is', null)
    .execute()
  const sources = await tx.sql
    .selectFrom('source')
    .select(['source_id', 'network'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('hears_stream', '=', true)
    .where('state', '=', 'active')
    .where('removed_at', 'is', null)
    .execute()
  const own = await ownAccounts(tx)
  return {
    workspaceId: tx.workspaceId,
    version,
    topics: matcher.update(
      topics.map((row) => ({
        topicId: row.topic_id,
        version: row.version,
        query: row.query,
        languages: row.languages,
      })),
    ),
    own: new Set(own.map((account) => `${account.network}\n${account.scope}\n${account.networkId}`)),
    streamSources: new Map(sources.map((row) => [row.network, row.source_id])),
  }
}
