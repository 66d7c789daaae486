import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import {
  type Background,
  emptyBackground,
  type Scorer,
  unpackedBackground,
  unpackedScorer,
} from '../../relevance/index.ts'
import type { LearningTopic } from './topic-rows.ts'

/** Some 0.7 MB each. */
const SCORERS_MAX = 64

interface Kept {
  version: string
  backgroundVersion: string
  background: Background
  scorer: Scorer
}

/**
 * Scorers of this process, by topic, the one used last at the end. What is kept follows from the row's versions alone, so
 * that processes need not tell each other anything. Ids of topics are unique over all workspaces.
 */
const kept = new Map<string, Kept>()

/** Null: nothing was learned yet, or what was learned is being learned anew. */
export async function scorerOf(tx: WorkspaceTransaction, topic: LearningTopic): Promise<Scorer | null> {
  if (topic.scorerVersion === '0') return null
  const known = kept.get(topic.topicId)
  if (known && known.version === topic.scorerVersion && known.backgroundVersion === topic.backgroundVersion)
    return keep(topic.topicId, known).scorer
  const background =
    known?.backgroundVersion === topic.backgroundVersion ? known.background : await backgroundOf(tx, topic.topicId)
  const { rows } = await sql<{ scorer: Buffer | null; version: string; backgroundVersion: string }>`
    select scorer, scorer_version as version, background_version as "backgroundVersion" from topic_relevance
    where workspace_id = ${tx.workspaceId} and topic_id = ${topic.topicId}`.execute(tx.sql)
  const [row] = rows
  // Learned again between the two readings: the next batch finds both.
  if (!row?.scorer || row.backgroundVersion !== topic.backgroundVersion) return null
  const scorer = unpackedScorer(row.scorer, background)
  return (
    scorer &&
    keep(topic.topicId, { version: row.version, backgroundVersion: row.backgroundVersion, background, scorer }).scorer
  )
}

/** Empty where none was learned, or it has to be learned anew. */
export async function backgroundOf(tx: WorkspaceTransaction, topicId: string): Promise<Background> {
  const { rows } = await sql<{ background: Buffer | null }>`
    select background from topic_relevance where workspace_id = ${tx.workspaceId} and topic_id = ${topicId}`.execute(
    tx.sql,
  )
  const bytes = rows[0]?.background
  return (bytes && unpackedBackground(bytes)) ?? emptyBackground
}

function keep(topicId: string, scorer: Kept): Kept {
  kept.delete(topicId)
  kept.set(topicId, scorer)
  if (kept.size > SCORERS_MAX) kept.delete(kept.keys().next().value as string)
  return scorer
}
