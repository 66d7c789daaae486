import { sql } from 'kysely'
import { accountOf } from '../listening/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { requireAtSource } from '../platform/reach.ts'
import type { Services } from '../platform/services.ts'
import type { DraftKind, DraftOrigin } from '../policy/index.ts'
import { type AttachedFile, type DeliveryRow, lockDelivery } from './delivery.ts'
import { clear, keepJudgement } from './policy/judgements.ts'
import { judge } from './policy/judging.ts'
import { type Saying, saidHash } from './policy/saying.ts'
import { readTimes } from './policy/versions.ts'

export interface NewDelivery {
  sourceId: string
  /** Null: a post of our own accord. */
  replyToPostId: string | null
  /** As it will stand on the network, sign-off included. */
  text: string
  language: string | null
  attachments: AttachedFile[]
  /** The delivery waits so long for an "Undo"; longer where the workspace wants it. */
  undoSeconds: number
  /** Absent: a reply where it answers something, else a post. 'private': goes to one person alone. */
  kind?: DraftKind
  /** Whom a private message is for that answers nothing yet. */
  recipientAuthorId?: string | undefined
  /** What a letter is about that begins a thread. */
  title?: string | undefined
  /** Absent: typed by a member, written by a bot. */
  origin?: DraftOrigin
  /** A second person looks at it, whatever the checks find. */
  fourEyes?: boolean | undefined
  /** What the author repeats of the policy's findings, having seen them. */
  confirmed?: string | undefined
}

/** Words that somebody else let go: they go in their author's name, under the judgement that was approved. */
export interface ApprovedDelivery extends NewDelivery {
  judgementId: string
  author: { kind: 'member' | 'bot'; id: string }
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
 * key is made here, once. Throws Invalid for what the network would refuse anyway, and the policy's Conflicts.
 */
export async function queueDelivery(
  services: Services,
  tx: WorkspaceTransaction,
  delivery: NewDelivery,
): Promise<string> {
  requireAtSource(tx, delivery.sourceId)
  const network = await requireSayable(services, tx, delivery)
  const saying = sayingOf(tx, delivery)
  const judged = await judge(services, tx, saying)
  const judgementId = await keepJudgement(tx, judged, saying, clear(judged, saying, delivery.confirmed))
  const author = { kind: actorKindOf(tx), id: tx.actor.id }
  return insertDelivery(tx, delivery, { network, judgementId, author })
}

/** The judgement is cleared by its approval; the database refuses one that is not, or that another delivery has. */
export async function queueApproved(
  services: Services,
  tx: WorkspaceTransaction,
  delivery: ApprovedDelivery,
): Promise<string> {
  const network = await requireSayable(services, tx, delivery)
  const { judgementId, author } = delivery
  return insertDelivery(tx, delivery, { network, judgementId, author })
}

/** What is about to be said, as the policy reads it. */
export const sayingOf = (tx: WorkspaceTransaction, delivery: Omit<NewDelivery, 'undoSeconds'>): Saying => ({
  sourceId: delivery.sourceId,
  replyToPostId: delivery.replyToPostId,
  text: delivery.text.trim(),
  language: delivery.language,
  attachments: delivery.attachments,
  kind: delivery.kind ?? (delivery.replyToPostId === null ? 'post' : 'reply'),
  origin: delivery.origin ?? (tx.actor.kind === 'member' ? 'typed' : 'bot'),
  memberId: tx.actor.kind === 'member' ? tx.actor.id : null,
  recipientAuthorId: delivery.recipientAuthorId,
  title: delivery.title,
  fourEyes: delivery.fourEyes,
})

/** Throws Invalid for what its account or network would refuse. Returns the network. */
export async function requireSayable(
  services: Services,
  tx: WorkspaceTransaction,
  { sourceId, text, attachments, kind }: Pick<NewDelivery, 'sourceId' | 'text' | 'attachments' | 'kind'>,
): Promise<string> {
  const account = await accountOf(services, tx, sourceId)
  if (!account) throw new Invalid('source-unknown')
  const { capabilities, network } = account.connector
  if (!capabilities.speaks) throw new Invalid('source-cannot-speak')
  const limits = kind === 'private' ? capabilities.private : capabilities
  if (!limits) throw new Invalid('source-carries-nothing-private')
  // Of a network of letters the public half does not exist.
  if (kind !== 'private' && capabilities.private?.kind === 'letters') throw new Invalid('source-only-private')
  const { textCharactersMax, pictures } = limits
  assertFits(text.trim(), attachments.length, textCharactersMax, pictures?.countMax ?? 0)
  await requireAttachments(tx, attachments)
  return network
}

async function insertDelivery(
  tx: WorkspaceTransaction,
  delivery: NewDelivery,
  made: {
    network: string
    judgementId: string
    author: { kind: 'member' | 'rule' | 'bot' | 'system'; id: string | null }
  },
): Promise<string> {
  const deliveryId = newId()
  const undoSeconds = Math.max(delivery.undoSeconds, (await readTimes(tx)).undoSeconds)
  const undoUntil = sql<Date>`clock_timestamp() + make_interval(secs => ${undoSeconds})`
  await tx.sql
    .insertInto('delivery')
    .values({
      workspace_id: tx.workspaceId,
      delivery_id: deliveryId,
      source_id: delivery.sourceId,
      network: made.network,
      reply_to_post_id: delivery.replyToPostId,
      text: delivery.text.trim(),
      language: delivery.language,
      attachments: JSON.stringify(delivery.attachments),
      network_key: newId(),
      visibility: delivery.kind === 'private' ? 'private' : 'public',
      recipient_author_id: delivery.recipientAuthorId ?? null,
      title: delivery.title ?? null,
      judgement_id: made.judgementId,
      created_by_kind: made.author.kind,
      created_by: made.author.id,
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

/** Whether what is about to go is still exactly the text that was judged. */
export async function isAsJudged(
  tx: WorkspaceTransaction,
  row: DeliveryRow,
  attachments: readonly AttachedFile[],
): Promise<boolean> {
  if (row.judgement_id === null) return row.before_policy
  const judgement = await tx.sql
    .selectFrom('judgement')
    .select(['said_hash', 'clears'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('judgement_id', '=', row.judgement_id)
    .executeTakeFirst()
  const said = {
    sourceId: row.source_id,
    replyToPostId: row.reply_to_post_id,
    text: row.text,
    attachments,
    kind: row.visibility === 'private' ? ('private' as const) : undefined,
    recipientAuthorId: row.recipient_author_id ?? undefined,
    title: row.title ?? undefined,
  }
  return judgement?.clears === true && judgement.said_hash === saidHash(said)
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
