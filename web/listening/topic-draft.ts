import { useState } from 'react'
import { readDraft, useDraft } from '../platform/drafts.ts'
import type { TopicKind } from './shapes.ts'

export interface TopicDraft {
  name: string
  kind: TopicKind
  query: string
  languages: string[]
  opensConversations: boolean
}

/** What was changed and not saved. Only changes, so that everything else follows the topic. */
export interface TopicChanges {
  changes: Partial<TopicDraft>
  /** Why the query changes. */
  reason: string
  /** The topic's version when the first of it was typed: saving is refused once the topic has moved on. */
  version: number
}

export const NEW_TOPIC = 'new'
export const topicDraftKey = (workspaceId: string, topicId: string) => `${workspaceId}.topic.${topicId}`

/** Unsaved changes of a topic, on the device as answers are: whoever leaves the screen by accident loses nothing. */
export function useTopicChanges(key: string) {
  const { text, change, clear } = useDraft(key)
  const [keptSince, setKeptSince] = useState(() => readDraft(key)?.at ?? null)
  return {
    kept: readChanges(text),
    /** When what was found on coming here had been typed; null: nothing was found, or it is done with. */
    keptSince,
    keep: (changes: TopicChanges) => change(JSON.stringify(changes)),
    forget: () => {
      clear()
      setKeptSince(null)
    },
  }
}

/** Null also for what an older version of the app may have left. */
export function readChanges(text: string): TopicChanges | null {
  try {
    const { changes, reason, version } = JSON.parse(text) as TopicChanges
    const isText = (value: unknown) => value === undefined || typeof value === 'string'
    const isWhole =
      isText(changes.name) && isText(changes.query) && Array.isArray(changes.languages ?? []) && isText(changes.kind)
    return isWhole && typeof reason === 'string' && typeof version === 'number' ? { changes, reason, version } : null
  } catch {
    return null
  }
}

/** Of these changes the ones that make a difference to the topic. */
export const differing = (changes: Partial<TopicDraft>, topic: TopicDraft): Partial<TopicDraft> =>
  Object.fromEntries(
    Object.entries(changes).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(topic[name as keyof TopicDraft]),
    ),
  )
