import { readDraft, writeDraft } from '../../platform/drafts.ts'
import { readChanges, type TopicChanges, topicDraftKey } from '../topic-draft.ts'

interface SuggestedQuery {
  query: string
  reason: string
  /** The topic's version that the suggestion was measured on. */
  version: number
}

/**
 * Puts a suggestion where unsaved changes of the topic are kept, so that its Query tab opens with it. False: somebody has typed
 * another query there, which is not overwritten.
 */
export function proposeQuery(
  workspaceId: string,
  topicId: string,
  { query, reason, version }: SuggestedQuery,
  storage: Storage = localStorage,
): boolean {
  const key = topicDraftKey(workspaceId, topicId)
  const kept = readChanges(readDraft(key, storage)?.text ?? '')
  if (kept?.changes.query !== undefined && kept.changes.query !== query) return false
  const changes: TopicChanges = { changes: { ...kept?.changes, query }, reason, version }
  return writeDraft(key, JSON.stringify(changes), storage)
}
