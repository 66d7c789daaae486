import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type SqlBool, sql } from 'kysely'
import { SETTINGS_DEFAULTS } from '../../contract/accounts-workspaces.ts'
import { importFolder } from '../imports/index.ts'
import { forgetAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { SYSTEM } from '../platform/events.ts'
import type { Services } from '../platform/services.ts'
import { ageTallies } from './discovery/expiring.ts'
import { holdMentions } from './holding.ts'
import { deleteVerdicts, forgetPosts as forgetLearnedFrom } from './triage/changed-posts.ts'
import { releaseOldLabels } from './triage/label-keeping.ts'
import { endOldLabels, forgetLabels, forgetSampledLabels } from './workbench/labels.ts'
import { forgetOldSample } from './workbench/unmatched-sample.ts'

/**
 * What was only heard is kept for a short time. A post stays longer when it is in a conversation or labelled
 * (kept_because), or when its author belongs to a person. Before posts go, their days are counted without anybody's name,
 * so that trends stay. Small batches, each its own transaction: safe to stop and to run twice.
 */
const DAY_MS = 86_400_000
const POSTS_AT_ONCE = 1_000
const AUTHORS_AT_ONCE = 1_000
/** A batch that was being stored when a day was sealed carries an earlier heard_at. */
const SEAL_MARGIN_MS = 3_600_000
const QUARANTINE_DAYS = 30
const UPLOADS_DAYS = 7
const REJECTIONS_DAYS = 30

/** What a workspace may set beside its posts' days (privacy). Authors: as long as posts, when nothing is set. */
export interface KeptDays {
  authors?: number
  quarantine: number
  uploads: number
  rejections: number
}
const KEPT_DAYS: KeptDays = { quarantine: QUARANTINE_DAYS, uploads: UPLOADS_DAYS, rejections: REJECTIONS_DAYS }

export interface Forgotten {
  posts: number
  authors: number
}

/** Over all workspaces, from the clock. One that fails does not let the others keep what has to go. */
export async function forgetExpired(
  services: Services,
  workspaceIds: string[],
  keptDaysOf: (workspaceId: string) => Promise<Partial<KeptDays>> = async () => ({}),
): Promise<void> {
  for (const workspaceId of workspaceIds) {
    try {
      const kept = { ...KEPT_DAYS, ...(await keptDaysOf(workspaceId)) }
      const forgotten = await forgetExpiredIn(services, workspaceId, kept)
      await forgetFiles(services, workspaceId, kept.uploads)
      services.log.info({ workspaceId, ...forgotten }, 'retention has run')
    } catch (error) {
      services.log.error({ err: error, workspaceId }, 'retention failed, will be tried again within the hour')
    }
  }
  await forgetOldSample(services)
  const before = new Date(services.clock.now().getTime() - QUARANTINE_DAYS * DAY_MS)
  await services.database.system.deleteFrom('system.stream_quarantine').where('received_at', '<', before).execute()
}

export async function forgetExpiredIn(
  services: Services,
  workspaceId: string,
  kept: KeptDays = KEPT_DAYS,
): Promise<Forgotten> {
  const inWorkspace = <T>(work: (tx: WorkspaceTransaction) => Promise<T>) =>
    services.database.inWorkspace(workspaceId, SYSTEM, work)
  const now = services.clock.now()
  const before = await inWorkspace((tx) => retentionStart(tx, now))
  await inWorkspace(releaseOldLabels)
  while (await inWorkspace((tx) => endOldLabels(tx, now)));
  await inWorkspace((tx) => sealDays(tx, before, new Date(now.getTime() - SEAL_MARGIN_MS)))
  let posts = 0
  let gone: { posts: number; more: boolean }
  do {
    gone = await inWorkspace((tx) => forgetPosts(tx, before))
    posts += gone.posts
  } while (gone.more)
  while (await inWorkspace((tx) => ageTallies(tx, before, now)));
  const silentSince = kept.authors === undefined ? before : new Date(now.getTime() - kept.authors * DAY_MS)
  let authors = 0
  let place: Place | null = null
  do {
    const step: { authors: number; last: Place | null } = await inWorkspace((tx) =>
      forgetSilentAuthors(tx, silentSince, place),
    )
    authors += step.authors
    place = step.last
  } while (place)
  await inWorkspace((tx) => forgetOldInput(tx, now, kept))
  return { posts, authors }
}

/** What was heard before this, and has no reason to stay, goes. */
export async function retentionStart(tx: WorkspaceTransaction, now: Date): Promise<Date> {
  const row = await tx.sql
    .selectFrom('workspace')
    .select('settings')
    .where('workspace_id', '=', tx.workspaceId)
    .executeTakeFirst()
  const days =
    (row?.settings as { retentionDays?: number } | undefined)?.retentionDays ?? SETTINGS_DEFAULTS.retentionDays
  return new Date(now.getTime() - days * DAY_MS)
}

/** Counts every day that has posts about to expire: what of it was heard since the day's last seal, by topic and in all. */
export async function sealDays(tx: WorkspaceTransaction, before: Date, until: Date): Promise<void> {
  await sql`
    with expiring as (
      select distinct (published_at at time zone 'UTC')::date as day from post
      where workspace_id = ${tx.workspaceId} and heard_at < ${before} and kept_because is null),
    open as (
      select e.day, coalesce(s.sealed_until, '-infinity') as since from expiring e
        left join daily_seal s on s.workspace_id = ${tx.workspaceId} and s.day = e.day
      where coalesce(s.sealed_until, '-infinity') < ${before}),
    counted as (
      select o.day, p.post_id, p.author_id, p.network, coalesce(p.language, '') as language from open o
        join post p on p.workspace_id = ${tx.workspaceId} and p.published_at >= o.day::timestamp at time zone 'UTC'
          and p.published_at < (o.day + 1)::timestamp at time zone 'UTC'
          and p.heard_at > o.since and p.heard_at <= ${until} and p.direction = 'in' and p.visibility = 'public'),
    written as (
      insert into daily_count as d (workspace_id, day, topic_id, network, language, posts, authors)
      select ${tx.workspaceId}, day, topic_id, network, language, count(*), count(distinct author_id) from (
        select day, ${EVERY_TOPIC}::uuid as topic_id, network, language, author_id from counted
        union all
        select c.day, m.topic_id, c.network, c.language, c.author_id from counted c
          join mention m on m.workspace_id = ${tx.workspaceId} and m.post_id = c.post_id) each
      group by day, topic_id, network, language
      on conflict (workspace_id, day, topic_id, network, language) do update
        set posts = d.posts + excluded.posts, authors = d.authors + excluded.authors)
    insert into daily_seal (workspace_id, day, sealed_until) select ${tx.workspaceId}, day, ${until} from open
    on conflict (workspace_id, day) do update set sealed_until = excluded.sealed_until`.execute(tx.sql)
}
const EVERY_TOPIC = '00000000-0000-0000-0000-000000000000'

/** Of a row called `t`: nobody has a reason to keep it longer. */
export const POST_IS_ONLY_HEARD = sql<SqlBool>`t.kept_because is null and not exists (select from author a
  where a.workspace_id = t.workspace_id and a.author_id = t.author_id and (a.own or a.person_id is not null))`
export const AUTHOR_IS_SILENT = sql<SqlBool>`t.kind = 'account' and not t.own
  and not exists (select from post p where p.workspace_id = t.workspace_id and p.author_id = t.author_id)
  and not exists (select from person_link l where l.workspace_id = t.workspace_id and l.author_id = t.author_id)`

/** Only posts that their day's seal has counted. Served by post_expiring. */
async function forgetPosts(tx: WorkspaceTransaction, before: Date): Promise<{ posts: number; more: boolean }> {
  const { rows } = await sql<{ post_id: string }>`
    select p.post_id from post p
      join daily_seal s on s.workspace_id = p.workspace_id and s.day = (p.published_at at time zone 'UTC')::date
        and s.sealed_until >= p.heard_at
    where p.workspace_id = ${tx.workspaceId} and p.kept_because is null and p.heard_at < ${before}
      and not exists (select from author a where a.workspace_id = p.workspace_id and a.author_id = p.author_id
        and (a.own or a.person_id is not null))
    order by p.heard_at, p.post_id limit ${POSTS_AT_ONCE} for update of p skip locked`.execute(tx.sql)
  const ids = rows.map((row) => row.post_id)
  if (ids.length === 0) return { posts: 0, more: false }
  await forgetLearnedFrom(tx, ids)
  await deleteVerdicts(tx, ids)
  await forgetLabels(tx, ids)
  await holdMentions(tx, ids)
  for (const table of ['post_term', 'mention', 'post'])
    await sql`delete from ${sql.ref(table)} where workspace_id = ${tx.workspaceId} and post_id = any(${ids}::uuid[])`.execute(
      tx.sql,
    )
  tx.record({ type: 'posts.expired', subjects: {}, codes: { count: ids.length } })
  return { posts: ids.length, more: ids.length === POSTS_AT_ONCE }
}

interface Place {
  lastHeardAt: Date
  authorId: string
}

/** Authors without any post left, in the order in which they were last heard. */
async function forgetSilentAuthors(
  tx: WorkspaceTransaction,
  before: Date,
  place: Place | null,
): Promise<{ authors: number; last: Place | null }> {
  const { rows } = await sql<{ author_id: string; last_heard_at: Date; silent: boolean }>`
    select a.author_id, a.last_heard_at, not exists (select from post p where p.workspace_id = a.workspace_id
      and p.author_id = a.author_id) as silent
    from author a where a.workspace_id = ${tx.workspaceId} and a.kind = 'account' and a.last_heard_at < ${before}
      ${place ? sql`and (a.last_heard_at, a.author_id) > (${place.lastHeardAt}::timestamptz, ${place.authorId}::uuid)` : sql``}
    order by a.last_heard_at, a.author_id limit ${AUTHORS_AT_ONCE}`.execute(tx.sql)
  const silent = rows.filter((row) => row.silent).map((row) => row.author_id)
  const authors = await forgetAuthors(tx, silent, before)
  const last = rows.length === AUTHORS_AT_ONCE ? rows.at(-1) : undefined
  return { authors, last: last ? { lastHeardAt: last.last_heard_at, authorId: last.author_id } : null }
}

async function forgetOldInput(tx: WorkspaceTransaction, now: Date, kept: KeptDays): Promise<void> {
  await forgetSampledLabels(tx, now)
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  await tx.sql
    .deleteFrom('quarantine')
    .where('workspace_id', '=', tx.workspaceId)
    .where('received_at', '<', daysAgo(kept.quarantine))
    .execute()
  await sql`delete from import_rejection r using import i where r.workspace_id = ${tx.workspaceId}
    and i.workspace_id = r.workspace_id and i.import_id = r.import_id and i.finished_at < ${daysAgo(kept.rejections)}`.execute(
    tx.sql,
  )
}

/** Uploads that nobody started, and what a crash left. */
async function forgetFiles(services: Services, workspaceId: string, keptDays: number): Promise<void> {
  const folder = importFolder(services, workspaceId)
  const before = services.clock.now().getTime() - keptDays * DAY_MS
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name)
    const found = await stat(file).catch(() => null)
    if (found && found.mtimeMs < before) await rm(file, { force: true })
  }
}
