import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../server/platform/database.ts'

/** Rows per statement, so that none runs into the statement timeout. */
export const ROWS_AT_ONCE = 20_000
const AUTHORS = 50_000

const idOf = (kind: string) =>
  sql`('0000000' || ${sql.lit(kind)} || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`
const authorOf = (n: string) =>
  sql`('0000000a-0000-7000-8000-' || lpad(to_hex(${sql.raw(n)} % ${sql.lit(AUTHORS)}), 12, '0'))::uuid`

export async function insertAuthors(tx: WorkspaceTransaction): Promise<void> {
  await sql`
    insert into author (workspace_id, author_id, network, network_id, handle, name, handle_key, name_key, first_heard_at, last_heard_at)
    select ${tx.workspaceId}, ${idOf('a')}, 'bench', 'seeded-' || n, 'seeded' || n, 'Seeded ' || n, 'seeded' || n, 'seeded ' || n,
      now() - interval '30 days', now() - (n || ' seconds')::interval
    from generate_series(0, ${sql.lit(AUTHORS - 1)}) n`.execute(tx.sql)
}

/**
 * Posts from `from` on: five to a thread. The first of a thread opens a conversation, the second is its author's too, and
 * the others are other people's. A twentieth is open, the rest closed long ago.
 */
export async function insertPosts(tx: WorkspaceTransaction, from: number, count: number): Promise<void> {
  const numbers = sql`generate_series(${sql.lit(from)}, ${sql.lit(from + count - 1)}) n`
  await sql`
    insert into post (workspace_id, post_id, network, external_id, author_id, addressed, text, language, url, published_at,
      heard_at, content_hash, parent_external_id, root_external_id, kept_because, indexed)
    select ${tx.workspaceId}, ${idOf('b')}, 'bench', 'seeded-' || n,
      case when n % 5 = 1 then ${authorOf('(n - 1)')} else ${authorOf('n')} end, n % 5 < 2,
      'The router is down again since this morning and nobody answers, post number ' || n,
      (array['de', 'nl', 'en'])[1 + n % 3], 'https://bench.example/' || n, now() - interval '29 days' + (n || ' seconds')::interval,
      now() - interval '29 days' + (n || ' seconds')::interval, 'h' || n,
      case when n % 5 > 0 then 'seeded-' || (n - n % 5) end, case when n % 5 > 0 then 'seeded-' || (n - n % 5) end,
      'conversation', true
    from ${numbers}`.execute(tx.sql)
  await sql`
    insert into thread (workspace_id, thread_id, network, root_external_id)
    select ${tx.workspaceId}, ${idOf('c')}, 'bench', 'seeded-' || n from ${numbers} where n % 5 = 0`.execute(tx.sql)
  await sql`
    insert into conversation (workspace_id, conversation_id, thread_id, author_id, version, heard_version, state, language,
      network, opened_because, last_post_id, last_post_at, post_count, waiting_since, closed_at)
    select ${tx.workspaceId}, ${idOf('d')}, ${idOf('c')}, ${authorOf('n')}, 2, 2,
      case when n % 100 = 0 then 'open' else 'closed' end, (array['de', 'nl', 'en'])[1 + n % 3], 'bench', 'addressed',
      ('0000000b-0000-7000-8000-' || lpad(to_hex(n + 1), 12, '0'))::uuid,
      now() - interval '29 days' + ((n + 1) || ' seconds')::interval, 2,
      case when n % 100 = 0 then now() - interval '29 days' + (n || ' seconds')::interval end,
      case when n % 100 > 0 then now() end
    from ${numbers} where n % 5 = 0`.execute(tx.sql)
  await sql`
    insert into conversation_post (workspace_id, conversation_id, post_id, published_at, direction, content_hash, version)
    select ${tx.workspaceId}, ('0000000d-0000-7000-8000-' || lpad(to_hex(n - n % 5), 12, '0'))::uuid, ${idOf('b')},
      now() - interval '29 days' + (n || ' seconds')::interval, 'in', 'h' || n, 1 + n % 5
    from ${numbers} where n % 5 < 2`.execute(tx.sql)
}
