import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { givenInWorkspace } from '../../platform/callers.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { isId } from '../../platform/ids.ts'

/**
 * Covers words of masked posts in whole answers, whichever procedure gave them: every id in an answer is looked up, and where a
 * masked post or its conversation is among them, its words give way wherever they stand. So a new procedure is covered from its
 * first day. What somebody writes themselves (a draft) is left alone: it would be saved as it was shown.
 */
const COVER = '███'
const IDS_MAX = 20_000
const OWN_WORDS: ReadonlySet<string> = new Set(['myDraft'])
/** Codes that no schema lists: a colleague may be called as a network or a language is (De, Mai, X). */
const CODES: ReadonlySet<string> = new Set([
  'network',
  'networks',
  'language',
  'languages',
  'timeZone',
  'mediaType',
  'type',
  'codes',
  'nextCursor',
])

/** Everybody sees masked posts with their words covered: whoever covered them too. */
export const masked = givenInWorkspace(() => ({ mask: coverNames }))

/** The same value with the words of masked posts covered. One cheap query where a workspace has no masks, as most have none. */
export async function coverNames<Value>(tx: WorkspaceTransaction, value: Value, schema?: unknown): Promise<Value> {
  const ids = [...idsIn(value)].slice(0, IDS_MAX)
  if (ids.length === 0) return value
  const any = await sql`select from post_mask where workspace_id = ${tx.workspaceId} limit 1`.execute(tx.sql)
  if (any.rows.length === 0) return value
  const { rows } = await masksQuery(tx, ids).execute(tx.sql)
  if (rows.length === 0) return value
  const cover = coveringOf(rows.flatMap(({ words }) => words))
  const words = wordsOf(schema)
  return covered(value, (text) => (words.has(text) ? text : cover(text))) as Value
}

const wordsBySchema = new WeakMap<object, ReadonlySet<string>>()

/**
 * What the schema itself says (states, kinds): a covered word may be spelt like one (Open), and an answer whose state is covered
 * is no answer. What somebody said is longer than that, or tells nobody's name.
 */
function wordsOf(schema: unknown): ReadonlySet<string> {
  if (!(schema instanceof z.ZodType)) return new Set()
  const known = wordsBySchema.get(schema)
  if (known) return known
  const words = new Set<string>()
  gatherWords(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }), words)
  wordsBySchema.set(schema, words)
  return words
}

function gatherWords(schema: unknown, words: Set<string>): void {
  if (typeof schema !== 'object' || schema === null) return
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'const' && typeof value === 'string') words.add(value)
    else if (key === 'enum' && Array.isArray(value))
      for (const word of value) if (typeof word === 'string') words.add(word)
    gatherWords(value, words)
  }
}

/** Of these posts, and of the posts of these conversations. Served by both primary keys. */
export const masksQuery = (tx: WorkspaceTransaction, ids: readonly string[]): RawBuilder<{ words: string[] }> => sql`
  select m.words from post_mask m where m.workspace_id = ${tx.workspaceId} and m.post_id = any(${[...ids]}::uuid[])
  union all
  select m.words from conversation_post c
    join post_mask m on m.workspace_id = c.workspace_id and m.post_id = c.post_id
  where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${[...ids]}::uuid[])`

/** Whole words, in whatever case; longer ones first, so that a full name is one cover. */
export function coveringOf(words: readonly string[]): (text: string) => string {
  const wanted = [...new Set(words)]
    .sort((one, other) => other.length - one.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const inside = new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return (text) => text.replace(inside, COVER)
}

function idsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (isId(value)) found.add(value)
  } else if (Array.isArray(value)) for (const one of value) idsIn(one, found)
  else if (typeof value === 'object' && value !== null && !(value instanceof Date))
    for (const one of Object.values(value)) idsIn(one, found)
  return found
}

function covered(value: unknown, cover: (text: string) => string): unknown {
  // A name may be spelt like a part of an id (Edda), and an id that is cut leads nowhere.
  if (typeof value === 'string') return isId(value) ? value : cover(value)
  if (Array.isArray(value)) return value.map((one) => covered(one, cover))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, OWN_WORDS.has(key) || CODES.has(key) ? one : covered(one, cover)]),
  )
}
