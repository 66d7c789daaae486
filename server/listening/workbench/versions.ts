import { differenceOf } from '../../matching/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { NotFound } from '../../platform/errors.ts'
import { updateTopic } from '../topics.ts'

export interface Version {
  version: number
  query: string
  languages: string[]
}

/** A version of a topic that is still there. */
async function readVersion(tx: WorkspaceTransaction, topicId: string, version: number): Promise<Version> {
  const row = await tx.sql
    .selectFrom('topic_version as v')
    .innerJoin('topic as t', (join) =>
      join.onRef('t.workspace_id', '=', 'v.workspace_id').onRef('t.topic_id', '=', 'v.topic_id'),
    )
    .select(['v.version', 'v.query', 'v.languages'])
    .where('v.workspace_id', '=', tx.workspaceId)
    .where('v.topic_id', '=', topicId)
    .where('v.version', '=', version)
    .where('t.removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new NotFound('topic-version-unknown', { version })
  return row
}

export async function versionDifference(tx: WorkspaceTransaction, topicId: string, from: number, to: number) {
  const [before, after] = [await readVersion(tx, topicId, from), await readVersion(tx, topicId, to)]
  return {
    from: before,
    to: after,
    pieces: differenceOf(before.query, after.query),
    languagesAdded: after.languages.filter((language) => !before.languages.includes(language)),
    languagesRemoved: before.languages.filter((language) => !after.languages.includes(language)),
  }
}

/** History stays as it was: what comes back is a version of its own, with its own reason. */
export async function restoreVersion(
  tx: WorkspaceTransaction,
  {
    topicId,
    version,
    reason,
    againstVersion,
  }: {
    topicId: string
    version: number
    reason: string
    againstVersion?: number | undefined
  },
  at: Date,
): Promise<number> {
  const { query, languages } = await readVersion(tx, topicId, version)
  return updateTopic(tx, topicId, { query, languages, reason, againstVersion }, at)
}
