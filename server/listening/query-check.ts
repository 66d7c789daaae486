import type { TextLanguage } from '../matching/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { readQuery, workspaceLanguages } from './query.ts'
import { candidatesFor, spansOf, walkPosts } from './search.ts'

const PREVIEW_DAYS = 30
const PREVIEW_MATCHES_MAX = 1_000
const PREVIEW_BUDGET_MS = 1_000
const SAMPLES = 10

/** What is wrong with a query, or what it would find among the stored posts. */
export async function checkQuery(
  tx: WorkspaceTransaction,
  text: string,
  given: string[] | undefined,
  textLanguage: TextLanguage,
  now: Date,
) {
  const read = readQuery(text, given ?? (await workspaceLanguages(tx)), textLanguage)
  if (!read.ok) return { ok: false as const, faults: read.faults }
  const from = new Date(now.getTime() - PREVIEW_DAYS * 86_400_000)
  const { candidates } = await candidatesFor(tx, read.query)
  const filter = { from, withoutDeleted: true }
  const walk = await walkPosts(tx, candidates, read.query, filter, null, PREVIEW_MATCHES_MAX, PREVIEW_BUDGET_MS)
  const samples = walk.found.slice(0, SAMPLES).map(({ stored: { row, prepared }, spans }) => ({
    postId: row.post_id,
    network: row.network,
    handle: prepared().post.author.handle,
    title: row.title,
    text: row.text,
    publishedAt: row.published_at,
    spans: spansOf(spans),
  }))
  const preview = { from, matches: walk.found.length, atLeast: walk.last !== null, samples }
  return { ok: true as const, warnings: read.warnings, preview }
}
