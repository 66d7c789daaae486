/**
 * Carries acts out, each in steps of its own: marked as under way and committed, then the network is asked, then what
 * became of it is written. A worker is fenced by the token of its lease. Everything but a report may be done twice
 * (server/connectors/connector.ts), so after a crash it is simply done again; of a report nobody knows, and a person
 * decides.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { type Selectable, sql } from 'kysely'
import type { ModeratingAction, ModerationReason } from '../../../contract/moderation-words.ts'
import type { Failure, ModerationAct, ReportReason } from '../../connectors/index.ts'
import { accountOf, forgetOwnPost, type SpeakingAccount } from '../../listening/index.ts'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { DB } from '../../platform/database-types.generated.ts'
import { SYSTEM } from '../../platform/events.ts'
import type { Services } from '../../platform/services.ts'
import { recordRemoval, silenceOf } from '../../publishing/index.ts'
import { MODERATION_FAILED } from '../notification-kinds.ts'

type Row = Selectable<DB['moderation']>

const AT_ONCE = 4
const POLL_MS = 1_000
const LEASE_SECONDS = 60
const CALL_TIMEOUT_MS = 20_000
const ATTEMPTS_MAX = 6
const BACK_OFF_MS_MIN = 2_000
const BACK_OFF_MS_MAX = 10 * 60_000
/** Waiting for a network does not use up attempts; after so long it is given up. */
const AGE_MAX_MS = 24 * 3_600_000

interface Taken {
  workspaceId: string
  moderationId: string
  leaseToken: string
}

export async function runModeration(services: Services, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const done = await moderateDue(services).catch((error: unknown) => {
      services.log.error({ err: error }, 'could not moderate')
      return 0
    })
    if (done === 0) await delay(POLL_MS, undefined, { signal }).catch(() => {})
  }
}

/** One round; returns how many were taken. Any number of processes may run it. */
export async function moderateDue(services: Services): Promise<number> {
  const { rows } = await sql<{ workspace_id: string; moderation_id: string; lease_token: string }>`
    select * from system.take_due_moderations(${LEASE_SECONDS}, ${AT_ONCE})`.execute(services.database.system)
  await Promise.all(
    rows.map((row) =>
      carryOut(services, {
        workspaceId: row.workspace_id,
        moderationId: row.moderation_id,
        leaseToken: row.lease_token,
      }).catch((error: unknown) => {
        // The row keeps its lease: when it runs out, it is taken again.
        services.log.error({ err: error, moderationId: row.moderation_id }, 'moderation step failed')
      }),
    ),
  )
  return rows.length
}

type Result = { ok: true; undoReference: string | null } | { ok: false; failure: Failure }

async function carryOut(services: Services, taken: Taken): Promise<void> {
  const inTransaction = <T>(work: (tx: WorkspaceTransaction, row: Row) => Promise<T>): Promise<T | null> =>
    services.database.inWorkspace(taken.workspaceId, SYSTEM, async (tx) => {
      const row = await lockRow(tx, taken)
      return row ? work(tx, row) : null
    })
  const begun = await inTransaction((tx, row) => begin(services, tx, row))
  if (!begun) return
  const result = await ask(begun)
  await inTransaction((tx, row) => settle(services, tx, row, result))
}

/** Undefined: another worker has it, or it needs nothing any more. */
const lockRow = (tx: WorkspaceTransaction, { moderationId, leaseToken }: Taken): Promise<Row | undefined> =>
  tx.sql
    .selectFrom('moderation')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('moderation_id', '=', moderationId)
    .where('lease_token', '=', leaseToken)
    .where('due_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst()

interface Begun {
  row: Row
  account: SpeakingAccount
  act: ModerationAct | null
  externalId: string
}

async function begin(services: Services, tx: WorkspaceTransaction, row: Row): Promise<Begun | null> {
  const undoing = row.state === 'undoing'
  if (row.state === 'doing' && row.action === 'report') return stop(tx, row, 'unknown', 'interrupted')
  const silence = await silenceOf(services, tx)
  if (silence) return stop(tx, row, undoing ? 'done' : 'refused', silence)
  const account = await accountOf(services, tx, row.source_id)
  if (!account) return stop(tx, row, undoing ? 'done' : 'refused', 'no-account')
  const found = undoing ? null : await actOf(tx, row)
  if (!undoing && !found) return stop(tx, row, 'refused', 'gone')
  await write(tx, row, { state: undoing ? 'undoing' : 'doing', attempts: row.attempts + 1 })
  return { row, account, act: found?.act ?? null, externalId: found?.externalId ?? '' }
}

async function actOf(
  tx: WorkspaceTransaction,
  row: Row,
): Promise<{ act: ModerationAct | null; externalId: string } | null> {
  const { rows } = await sql<{
    external_id: string
    reference: string | null
    root_external_id: string | null
    root_reference: string | null
    network_id: string
    deleted: boolean
  }>`
    select p.external_id, p.reference, p.root_external_id, p.root_reference, a.network_id, p.deleted_at is not null as deleted
    from post p join author a on a.workspace_id = p.workspace_id and a.author_id = p.author_id
    where p.workspace_id = ${tx.workspaceId} and p.post_id = ${row.post_id}`.execute(tx.sql)
  const [post] = rows
  if (!post) return null
  if (row.action === 'delete') return { act: null, externalId: post.external_id }
  const aboutAuthor = row.action === 'block' || row.action === 'mute'
  if (post.deleted && !aboutAuthor) return null
  const root = post.root_external_id ? { externalId: post.root_external_id, reference: post.root_reference } : null
  return {
    externalId: post.external_id,
    act: {
      action: row.action as ModerationAct['action'],
      post: aboutAuthor ? null : { externalId: post.external_id, reference: post.reference },
      root,
      authorNetworkId: post.network_id,
      reason: REPORTED_AS[row.reason as ModerationReason] ?? 'other',
      note: row.action === 'report' ? row.note : '',
      networkKey: row.moderation_id,
      at: row.asked_at,
    },
  }
}

const REPORTED_AS: Partial<Record<ModerationReason, ReportReason>> = {
  insult: 'rude',
  hate: 'violation',
  spam: 'spam',
  advertising: 'spam',
  'personal-data': 'violation',
  'false-claim': 'misleading',
  illegal: 'violation',
  impersonation: 'misleading',
}

async function ask({ row, account: { connector, connection }, act, externalId }: Begun): Promise<Result> {
  const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
  const impossible: Result = { ok: false, failure: { name: 'refused', detail: 'the network cannot do this' } }
  if (row.state === 'undoing') {
    const undone = await connector.undoModeration?.(
      connection,
      row.action as ModerationAct['action'],
      row.undo_reference ?? '',
      signal,
    )
    return undone ? (undone.ok ? { ok: true, undoReference: row.undo_reference } : undone) : impossible
  }
  if (row.action === 'delete') {
    const removed = await connector.remove?.(connection, externalId, signal)
    return removed ? (removed.ok ? { ok: true, undoReference: null } : removed) : impossible
  }
  const done = act && (await connector.moderate?.(connection, act, signal))
  return done ? (done.ok ? { ok: true, undoReference: done.value.undoReference } : done) : impossible
}

async function settle(services: Services, tx: WorkspaceTransaction, row: Row, result: Result): Promise<void> {
  const undoing = row.state === 'undoing'
  const now = services.clock.now()
  // What is gone need not be removed, nor taken back.
  const fulfilled = result.ok || (result.failure.name === 'gone' && (undoing || row.action === 'delete'))
  if (fulfilled) {
    await write(tx, row, {
      state: undoing ? 'undone' : 'done',
      failure: null,
      due_at: null,
      lease_token: null,
      undo_reference: undoing ? null : result.ok ? result.undoReference : null,
      ...(undoing ? { undone_at: now } : { done_at: now }),
    })
    if (row.action === 'delete') await forgetDeleted(services, tx, row)
    return tell(tx, row, undoing ? 'moderation.undone' : 'moderation.done')
  }
  const { failure } = result as Extract<Result, { ok: false }>
  const again = nextTry(row, failure, now)
  if (again) return write(tx, row, { state: undoing ? 'undoing' : 'queued', failure: failure.name, due_at: again })
  const doubted = row.action === 'report' && (failure.name === 'unreachable' || failure.name === 'upstream')
  await stop(tx, row, undoing ? 'done' : doubted ? 'unknown' : 'refused', failure.name)
}

/** Null: trying again changes nothing, or could do harm. */
function nextTry(row: Row, failure: Failure, now: Date): Date | null {
  if (now.getTime() - row.asked_at.getTime() > AGE_MAX_MS && row.state !== 'undoing') return null
  if (failure.name === 'rate-limited') return failure.until
  const passes = failure.name === 'unreachable' || failure.name === 'upstream'
  if (!passes || row.action === 'report' || row.attempts >= ATTEMPTS_MAX) return null
  return new Date(now.getTime() + Math.min(BACK_OFF_MS_MIN * 2 ** row.attempts, BACK_OFF_MS_MAX))
}

async function forgetDeleted(services: Services, tx: WorkspaceTransaction, row: Row): Promise<void> {
  const delivery = await tx.sql
    .selectFrom('delivery')
    .select('delivery_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', row.post_id)
    .executeTakeFirst()
  if (delivery) await recordRemoval(services, tx, delivery.delivery_id, row.note || row.reason)
  else if (row.post_id) await forgetOwnPost(services, tx, row.post_id)
}

/** It rests: refused, unknown, or still done because it could not be taken back. */
async function stop(
  tx: WorkspaceTransaction,
  row: Row,
  state: 'refused' | 'unknown' | 'done',
  failure: string,
): Promise<null> {
  await write(tx, row, { state, failure, due_at: null, lease_token: null })
  await tell(tx, row, state === 'done' ? 'moderation.undo-refused' : `moderation.${state}`, failure)
  return null
}

async function tell(tx: WorkspaceTransaction, row: Row, type: string, failure?: string): Promise<void> {
  const belonging = await tx.sql
    .selectFrom('conversation_post')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('post_id', '=', row.post_id ?? '')
    .orderBy('conversation_id')
    .limit(1)
    .executeTakeFirst()
  const { moderation_id: moderationId, action, reason } = row
  tx.record({
    type,
    subjects: {
      moderationId,
      ...(row.post_id ? { post: row.post_id } : {}),
      ...(belonging ? { conversationId: belonging.conversation_id } : {}),
    },
    codes: { action: action as ModeratingAction, reason, ...(failure ? { failure } : {}) },
    actor: { kind: row.asked_by_kind as 'member', id: row.asked_by },
  })
  if (failure && belonging && row.asked_by_kind === 'member' && row.asked_by)
    await notify(tx, MODERATION_FAILED, [{ memberId: row.asked_by, id: belonging.conversation_id }])
}

async function write(
  tx: WorkspaceTransaction,
  { moderation_id }: Row,
  change: Partial<
    Pick<Row, 'state' | 'failure' | 'attempts' | 'due_at' | 'lease_token' | 'undo_reference' | 'done_at' | 'undone_at'>
  >,
): Promise<void> {
  await tx.sql
    .updateTable('moderation')
    .set(change)
    .where('workspace_id', '=', tx.workspaceId)
    .where('moderation_id', '=', moderation_id)
    .execute()
}
