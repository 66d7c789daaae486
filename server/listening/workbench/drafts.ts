import { parse, type Query, type TextLanguage } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { type QueryFault, readQuery, workspaceLanguages } from '../query.ts'

export interface DraftInput {
  query: string
  languages?: string[] | undefined
  textLanguage: TextLanguage
}

export interface SavedVersion {
  version: number
  query: string
  languages: string[]
}

export type ReadDraft<Saved> =
  | { ok: false; faults: QueryFault[] }
  | { ok: true; query: Query; warnings: QueryFault[]; saved: Saved }

/** A draft beside the saved version of its topic, from which it takes its languages. */
export async function readDraft(
  tx: WorkspaceTransaction,
  topicId: string,
  draft: DraftInput,
): Promise<ReadDraft<SavedVersion>> {
  const saved = await tx.sql
    .selectFrom('topic')
    .select(['version', 'query', 'languages'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('topic_id', '=', topicId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!saved) throw new NotFound('topic-unknown')
  const read = readQuery(draft.query, draft.languages ?? saved.languages, draft.textLanguage)
  return read.ok ? { ...read, saved } : read
}

/** A query that may not belong to a topic yet. */
export async function readLooseDraft(
  tx: WorkspaceTransaction,
  topicId: string | undefined,
  draft: DraftInput,
): Promise<ReadDraft<SavedVersion | null>> {
  if (topicId !== undefined) return readDraft(tx, topicId, draft)
  const read = readQuery(draft.query, draft.languages ?? (await workspaceLanguages(tx)), draft.textLanguage)
  return read.ok ? { ...read, saved: null } : read
}

/** Null: one that was saved before the language changed, and matches nothing. */
export function querySaved({ query, languages }: SavedVersion): Query | null {
  const read = parse(query, { languages })
  return read.ok ? read.query : null
}
