import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { graph as contract } from '../../../contract/people-graph.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { isKnownError } from '../../platform/errors.ts'
import { linkIdentity } from './link.ts'
import { lockGraph } from './lock.ts'
import { mergePersons } from './merge.ts'
import { cutIdentity, moveIdentity } from './move.ts'
import { setFields } from './overrides.ts'
import { splitPerson } from './split.ts'
import { undoOperation } from './undo.ts'

type BulkItem = z.output<(typeof contract.bulk)['~orpc']['inputSchema'] & z.ZodType>['acts'][number]
export type BulkResult = z.output<(typeof contract.bulk)['~orpc']['outputSchema'] & z.ZodType>['results'][number]
type Done = Pick<BulkResult, 'operationId' | 'personId'>

const KEYS_KEPT_MS = 30 * 86_400_000
const KEYS_DROPPED_AT_ONCE = 1_000

/** Each act on its own, in a transaction of its own. What is refused leaves nothing, and may be sent again. */
export async function doInBulk(
  inWorkspace: <T>(work: (tx: WorkspaceTransaction) => Promise<T>) => Promise<T>,
  items: readonly BulkItem[],
  now: () => Date,
): Promise<BulkResult[]> {
  await inWorkspace((tx) => dropOldKeys(tx, now()))
  const results: BulkResult[] = []
  for (const item of items)
    try {
      results.push(await inWorkspace((tx) => doOnce(tx, item, now())))
    } catch (error) {
      if (!isKnownError(error)) throw error
      results.push(refused(item.key, error.code, error.params))
    }
  return results
}

async function doOnce(tx: WorkspaceTransaction, { key, act }: BulkItem, at: Date): Promise<BulkResult> {
  // First of all: two who send the same key at once come one after the other.
  await lockGraph(tx)
  const asked = createHash('sha256').update(JSON.stringify(act)).digest('base64url')
  const before = await tx.sql
    .selectFrom('graph_request')
    .select(['asked', 'result'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('request_key', '=', key)
    .executeTakeFirst()
  if (before && before.asked !== asked) return refused(key, 'request-differs', {})
  if (before) return { key, state: 'repeated', ...(before.result as unknown as Done), error: null }
  const result = await perform(tx, act, at)
  await tx.sql
    .insertInto('graph_request')
    .values({
      workspace_id: tx.workspaceId,
      request_key: key,
      asked,
      result: JSON.stringify(result),
      done_at: at,
    })
    .execute()
  return { key, state: 'done', ...result, error: null }
}

const refused = (key: string, code: string, params: Record<string, unknown>): BulkResult => ({
  key,
  state: 'refused',
  operationId: null,
  personId: null,
  error: { code, params },
})

async function perform(tx: WorkspaceTransaction, act: BulkItem['act'], at: Date): Promise<Done> {
  switch (act.kind) {
    case 'merge':
      return mergePersons(tx, { ...act, evidence: { reason: act.evidence } }, at)
    case 'split':
      return splitPerson(tx, { ...act, evidence: { reason: act.evidence }, reason: act.evidence }, at)
    case 'move': {
      const { operationId } = await moveIdentity(tx, { ...act, evidence: { reason: act.evidence } }, at)
      return { operationId, personId: act.personId }
    }
    case 'link': {
      const { operationId } = await linkIdentity(tx, { ...act, evidence: { reason: act.evidence } }, at)
      return { operationId, personId: act.personId }
    }
    case 'cut':
      return { ...(await cutIdentity(tx, act, at)), personId: null }
    case 'undo': {
      const { personIds } = await undoOperation(tx, act.operationId, act.reason, at)
      return { operationId: act.operationId, personId: personIds[0] ?? null }
    }
    case 'field':
      return { ...(await setFields(tx, act.personId, act.fields, at)), personId: act.personId }
  }
}

/** graph_request_done. */
async function dropOldKeys(tx: WorkspaceTransaction, now: Date): Promise<void> {
  await sql`
    delete from graph_request where workspace_id = ${tx.workspaceId} and request_key in (
      select request_key from graph_request where workspace_id = ${tx.workspaceId}
        and done_at < ${new Date(now.getTime() - KEYS_KEPT_MS)} order by done_at limit ${KEYS_DROPPED_AT_ONCE})`.execute(
    tx.sql,
  )
}
