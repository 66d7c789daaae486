import { sql } from 'kysely'
import type { Sql, WorkspaceTransaction } from '../server/platform/database.ts'

/** Posts per statement, so that none runs into the statement timeout. */
export const WORDY_AT_ONCE = 20_000
const WORDS_PER_POST = 8
const VOCABULARY = 20_000
const AUTHORS = 50_000

/** A number between 0 and 1 that is always the same for the same two. */
const chance = (n: string, k: string) =>
  sql`((hashint8(${sql.raw(n)}::bigint * 16 + ${sql.raw(k)}) & 2147483647) / 2147483647.0)`

/** As in real texts, the word of rank r is r times as rare as the first one. */
const wordOf = (n: string, k: string) => sql`('wort' || floor(exp(${chance(n, k)} * ln(${sql.lit(VOCABULARY)})))::int)`

/** Posts of the last 29 days with their search index, so that the terms of the index are the words of the texts. */
export async function insertWordyPosts(
  tx: WorkspaceTransaction,
  from: number,
  count: number,
  of: number,
): Promise<void> {
  await sql`
    with said as materialized (
      select n, ('0000000b-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as post_id,
        now() - interval '29 days' + (n * 29.0 * 86400 / ${sql.lit(of)} || ' seconds')::interval as published_at,
        array(select ${wordOf('n', 'k')} from generate_series(1, ${sql.lit(WORDS_PER_POST)}) k) as words
      from generate_series(${sql.lit(from)}, ${sql.lit(from + count - 1)}) n),
    posts as (
      insert into post (workspace_id, post_id, network, external_id, author_id, text, language, published_at, heard_at,
        content_hash, indexed)
      select ${tx.workspaceId}, post_id, 'bench', 'wordy-' || n,
        ('0000000a-0000-7000-8000-' || lpad(to_hex(n % ${sql.lit(AUTHORS)}), 12, '0'))::uuid, array_to_string(words, ' '),
        (array['de', 'nl', 'en'])[1 + n % 3], published_at, published_at, 'h' || n, true from said)
    insert into post_term (workspace_id, term, published_at, post_id)
    select distinct ${tx.workspaceId}::uuid, word, published_at, post_id from said, unnest(words) word`.execute(tx.sql)
}

/** A sample of a stream that the workspace hears. */
export async function insertSampled(system: Sql, workspaceId: string, count: number): Promise<void> {
  await sql`insert into system.listening_change (workspace_id, streams) values (${workspaceId}, '{bench}')
    on conflict (workspace_id) do update set streams = excluded.streams`.execute(system)
  await sql`
    insert into system.stream_sample (sample_id, stream, heard_at, network, text, language, is_reply, has_media, published_at,
      address_hash)
    select gen_random_uuid(), 'bench', now() - (n % 70 || ' hours')::interval, 'bench',
      (select string_agg(${wordOf('n', 'k')}, ' ') from generate_series(1, ${sql.lit(WORDS_PER_POST)}) k), 'de', false, false,
      now(), decode(lpad(to_hex(n), 16, '0'), 'hex')
    from generate_series(1, ${sql.lit(count)}) n`.execute(system)
  await sql`
    insert into system.stream_sample_hour (stream, hour, heard, sampled)
    select stream, date_trunc('hour', heard_at at time zone 'UTC') at time zone 'UTC', count(*) * 200, count(*)
    from system.stream_sample group by 1, 2`.execute(system)
}
