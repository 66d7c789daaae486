import { sql } from 'kysely'
import { accountOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import { type AttachedFile, lockDelivery } from './delivery.ts'

export interface NewDelivery {
  sourceId: string
  /** Null: a post of our own accord. */
  replyToPostId: string | null
  /** As it will stand on the network, sign-off included. */
  text: string
  language: string | null
  attachments: AttachedFile[]
  /** The delivery waits so long for an "Undo". */
  undoSeconds: number
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What a person counts as characters (grapheme clusters, Unicode Annex 29): an emoji with skin tone is one. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of segmenter.segment(text)) count++
  return count
}

/**
 * Puts a post into the outbox, in the caller's transaction: it is sent if that commits, and not otherwise. The network
 * key is made here, once. Throws Invalid for what the network would refuse anyway.
 */
export async function queueDelivery(
  services: Services,
  tx: WorkspaceTransaction,
  delivery: NewDelivery,
): Promise<string> {
  requireAtSource(tx, delivery.sourceId)
  const account = await accountOf(services, tx, delivery.sourceId)
  if (!account) throw new Invalid('source-unknown')
  const { capabilities, network } = account.connector
  if (!capabilities.speaks) throw new Invalid('source-cannot-speak')
  const text = delivery.text.trim()
  assertFits(text, delivery.attachments.length, capabilities.textCharactersMax, capabilities.pictures?.countMax ?? 0)
  await requireAttachments(tx, delivery.attachments)
  const deliveryId = newId()
  const undoUntil = sql<Date>`clock_timestamp() + make_interval(secs => ${delivery.undoSeconds})`
  await tx.sql
    .insertInto('delivery')
    .values({
      workspace_id: tx.workspaceId,
      delivery_id: deliveryId,
      source_id: delivery.sourceId,
      network,
      reply_to_post_id: delivery.replyToPostId,
      text,
      language: delivery.language,
      attachments: JSON.stringify(delivery.attachments),
      network_key: newId(),
      created_by_kind: actorKindOf(tx),
      created_by: tx.actor.id,
      undo_until: undoUntil,
      due_at: undoUntil,
    })
    .execute()
  tx.record({
    type: 'delivery.queued',
    subjects: { deliveryId, sourceId: delivery.sourceId },
    codes: { answer: delivery.replyToPostId !== null },
  })
  return deliveryId
}

/** Undo: possible as long as nobody has begun to send, also while a rate limit makes it wait. */
export async function cancelDelivery(
  tx: WorkspaceTransaction,
  deliveryId: string,
  mayDecide: (sourceId: string) => boolean,
): Promise<void> {
  const row = await lockDelivery(tx, deliveryId)
  if (row.created_by !== tx.actor.id && !mayDecide(row.source_id)) throw new Forbidden('delivery-of-another')
  if (row.state === 'cancelled') return
  if (row.state !== 'queued') throw new Conflict('delivery-on-its-way', { state: row.state })
  if (row.doubted) throw new Conflict('delivery-on-its-way', { state: row.state })
  await tx.sql
    .updateTable('delivery')
    .set({ state: 'cancelled', due_at: null, lease_until: null, lease_token: null })
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', deliveryId)
    .execute()
  tx.record({ type: 'delivery.cancelled', subjects: { deliveryId, sourceId: row.source_id } })
}

function assertFits(text: string, attachments: number, charactersMax: number | null, attachmentsMax: number): void {
  if (text === '' && attachments === 0) throw new Invalid('answer-empty')
  const characters = countCharacters(text)
  if (charactersMax !== null && characters > charactersMax)
    throw new Invalid('answer-too-long', { characters, charactersMax })
  if (attachments > attachmentsMax) throw new Invalid('attachments-too-many', { attachmentsMax })
}

async function requireAttachments(tx: WorkspaceTransaction, attachments: AttachedFile[]): Promise<void> {
  const ids = [...new Set(attachments.map(({ attachmentId }) => attachmentId))]
  if (ids.length === 0) return
  const known = await tx.sql
    .selectFrom('attachment')
    .select('attachment_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('attachment_id', 'in', ids)
    .execute()
  if (known.length < ids.length) throw new NotFound('attachment-unknown')
}

function actorKindOf({ actor }: WorkspaceTransaction): 'member' | 'rule' | 'bot' | 'system' {
  if (actor.kind === 'customer') throw new Error('customers publish nothing')
  return actor.kind
}
