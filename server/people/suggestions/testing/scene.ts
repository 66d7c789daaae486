import { sql } from 'kysely'
import type { HeardAuthor } from '../../../connectors/index.ts'
import type { WorkspaceTransaction } from '../../../platform/database.ts'
import { SYSTEM } from '../../../platform/events.ts'
import { createTestApp, type TestApp } from '../../../testing/app.ts'
import { rememberAuthors } from '../../authors.ts'
import { beginPersonOf, type ContactPoint, contactPoint, linkIdentity } from '../../graph/index.ts'
import type { Suggestion } from '../listing.ts'
import { keepUpSuggestions } from '../upkeep.ts'

export const NOON = new Date('2026-11-20T12:00:00Z')
const TURNS_MAX = 200

/** A workspace with accounts of persons, and everything that compares them, without a loop's clock. */
export interface Scene {
  app: TestApp
  inWorkspace<T>(work: (tx: WorkspaceTransaction) => Promise<T>): Promise<T>
  /** Hears an account; gives its author. */
  hear(network: string, handle: string, change?: Partial<HeardAuthor>, at?: Date): Promise<string>
  /** Hears an account whose owner is known. */
  person(
    network: string,
    handle: string,
    change?: Partial<HeardAuthor>,
  ): Promise<{ authorId: string; personId: string }>
  /** A contact point of a person, told of or proved by them. */
  point(
    personId: string,
    point: ContactPoint,
    how?: { method?: 'customer-proved' | 'imported'; shared?: boolean },
  ): Promise<string>
  policy(
    mode: 'none' | 'suggest' | 'automatic',
    more?: { proofLevel?: string | null; heardToo?: boolean },
  ): Promise<void>
  /** Everything that is due is done. */
  settle(): Promise<void>
  open(): Promise<Suggestion[]>
  listed(state: 'open' | 'confirmed' | 'refused'): Promise<Suggestion[]>
  call(path: string, input: unknown): Promise<{ status: number; body: unknown }>
  personOf(authorId: string): Promise<string | null>
  /** Who was confirmed to pretend to be us. */
  readonly pretending: Set<string>
  close(): Promise<void>
}

export async function openScene(): Promise<Scene> {
  const app = await createTestApp()
  const { workspaceId, owner } = app.workspace
  const pretending = new Set<string>()
  const impersonators = async (_: WorkspaceTransaction, ids: string[]) =>
    new Set(ids.filter((id) => pretending.has(id)))
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    app.services.database.inWorkspace(workspaceId, SYSTEM, work)
  const call = (path: string, input: unknown) =>
    app.call(`people.suggestions.${path}`, input, { cookie: owner.cookie, workspaceId })
  const hear: Scene['hear'] = async (network, handle, change = {}, at = NOON) => {
    const heard = {
      network,
      scope: '',
      networkId: `${network}-${handle}`,
      handle,
      name: null,
      avatarUrl: null,
      bio: null,
      url: null,
      followers: null,
      stable: true,
      ...change,
    }
    const { byKey } = await inWorkspace((tx) => rememberAuthors(tx, [heard], at))
    return [...byKey.values()][0]?.authorId ?? ''
  }
  const listed: Scene['listed'] = async (state) => {
    const { status, body } = await call('list', { state, limit: 100 })
    if (status !== 200) throw new Error(JSON.stringify(body))
    return (body as { items: Suggestion[] }).items
  }
  return {
    app,
    inWorkspace,
    hear,
    call,
    listed,
    pretending,
    person: async (network, handle, change) => {
      const authorId = await hear(network, handle, change)
      const beginning = { because: 'wrote-to-us', reason: '', evidence: {}, legalBasis: 'legitimate-interest' } as const
      const { personId } = await inWorkspace((tx) => beginPersonOf(tx, { authorId, ...beginning }, NOON))
      return { authorId, personId }
    },
    point: (personId, point, { method = 'imported', shared = false } = {}) =>
      inWorkspace(async (tx) => {
        const authorId = await contactPoint(tx, point, NOON)
        await linkIdentity(tx, { authorId, personId, method, shared, evidence: {}, legalBasis: 'contract' }, NOON)
        return authorId
      }),
    policy: async (mode, { proofLevel = mode === 'automatic' ? 'mutual' : null, heardToo = false } = {}) => {
      const { status, body } = await call('changePolicy', { mode, proofLevel, heardToo })
      if (status !== 200) throw new Error(JSON.stringify(body))
    },
    settle: async () => {
      for (let turn = 0; turn < TURNS_MAX; turn++) {
        await app.settle()
        const isMore = await keepUpSuggestions(app.services, workspaceId, impersonators)
        const { rows } = await inWorkspace((tx) =>
          sql`select from identity_due union all select from comparison_run where state = 'running' limit 1`.execute(
            tx.sql,
          ),
        )
        if (!isMore && rows.length === 0) return
      }
      throw new Error('suggestions never settled')
    },
    open: () => listed('open'),
    personOf: async (authorId) => {
      const { rows } = await inWorkspace((tx) =>
        sql<{ person_id: string | null }>`select person_id from author where author_id = ${authorId}`.execute(tx.sql),
      )
      return rows[0]?.person_id ?? null
    },
    close: () => app.close(),
  }
}
