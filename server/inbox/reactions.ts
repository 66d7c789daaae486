import { sql } from 'kysely'
import { notify } from '../notifications/index.ts'
import { beginByContact } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { StoredEvent } from '../platform/event-log.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'
import { recountWaiting, reopen } from './changing.ts'
import { takeIntoAccount } from './continuation.ts'
import { lockConversations } from './conversation.ts'
import { answersOf } from './guard.ts'
import { forgetMedia } from './media-cache.ts'
import { ANSWER_FAILED } from './notification-kinds.ts'

/** Posts heard, edited, deleted make conversations; so do those that were kept out as noise and are for us after all. */
export const postsSubscription = (services: Services): Subscription => ({
  name: 'inbox.posts',
  types: ['posts.heard', 'posts.edited', 'posts.deleted', 'posts.sorted', 'posts.let-in'],
  handle: async (tx, events) => {
    const postsOf = (some: StoredEvent[]) => some.flatMap(({ subjects }) => subjects.posts ?? [])
    await forgetMedia(
      services,
      postsOf(events.filter(({ type }) => type === 'posts.edited' || type === 'posts.deleted')),
    )
    await takeIntoAccount(services, tx, postsOf(events))
  },
})

/** What becomes of deliveries moves the conversations that they answer. */
export const deliveriesSubscription = (services: Services): Subscription => ({
  name: 'inbox.deliveries',
  types: ['delivery.sent', 'delivery.refused', 'delivery.unknown', 'delivery.cancelled', 'delivery.removed'],
  handle: async (tx, events) => {
    for (const event of events) await react(services, tx, event)
  },
})

type Answers = Awaited<ReturnType<typeof answersOf>>

async function react(services: Services, tx: WorkspaceTransaction, event: StoredEvent): Promise<void> {
  const deliveryId = String(event.subjects.deliveryId)
  const answers = await answersOf(tx, deliveryId)
  if (answers.length === 0) return
  await lockConversations(
    tx,
    answers.map((answer) => answer.conversation_id),
  )
  const outcome = event.type.slice('delivery.'.length)
  for (const { conversation_id } of answers)
    tx.record({
      type: `answer.${outcome}`,
      subjects: { conversationId: conversation_id, deliveryId },
      codes: event.codes,
      actor: { kind: event.actorKind, id: event.actorId },
    })
  if (event.type === 'delivery.sent') await stands(services, tx, answers, event)
  else if (event.type === 'delivery.unknown') await tellWriter(tx, answers)
  else await failed(tx, answers, event)
}

/** Our post joins the conversations, and whoever was answered is no longer a passer-by. */
async function stands(
  services: Services,
  tx: WorkspaceTransaction,
  answers: Answers,
  { subjects }: StoredEvent,
): Promise<void> {
  const takenForFailed = answers.filter((answer) => answer.failed_at !== null)
  if (takenForFailed.length > 0) await countAgain(tx, takenForFailed)
  const postId = typeof subjects.postId === 'string' ? subjects.postId : null
  if (!postId) return
  await takeIntoAccount(services, tx, [postId])
  const authors = await tx.sql
    .selectFrom('conversation')
    .select('author_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where(
      'conversation_id',
      'in',
      answers.map((answer) => answer.conversation_id),
    )
    .execute()
  for (const { author_id } of authors) await beginByContact(tx, author_id, 'answered', postId, services.clock.now())
}

/** A delivery that was given up and then heard from the network after all. */
async function countAgain(tx: WorkspaceTransaction, answers: Answers): Promise<void> {
  for (const answer of answers)
    await sql`
      update conversation_post set answered_by = ${answer.delivery_id}
      where workspace_id = ${tx.workspaceId} and conversation_id = ${answer.conversation_id} and direction = 'in'
        and answered_by is null and version <= ${answer.version}`.execute(tx.sql)
  await setFailed(tx, answers, null)
  await recountWaiting(
    tx,
    answers.map((answer) => answer.conversation_id),
  )
}

/** The customers wait again, a conversation that it closed is open again, and the text is not lost. */
async function failed(tx: WorkspaceTransaction, answers: Answers, event: StoredEvent): Promise<void> {
  const fresh = answers.filter((answer) => answer.failed_at === null)
  const [first] = fresh
  if (!first) return
  const ids = fresh.map((answer) => answer.conversation_id)
  // Whoever answered past one that a crisis held back knew what it was to answer.
  await sql`
    update conversation_post p set answered_by = (
      select a.delivery_id from answer a join delivery d on d.workspace_id = a.workspace_id and d.delivery_id = a.delivery_id
      where ${event.type !== 'delivery.removed'} and a.workspace_id = p.workspace_id
        and a.conversation_id = p.conversation_id and a.delivery_id <> ${first.delivery_id} and a.version >= p.version
        and a.failed_at is null and d.state = 'sent' order by a.version limit 1)
    where p.workspace_id = ${tx.workspaceId} and p.answered_by = ${first.delivery_id}`.execute(tx.sql)
  await setFailed(tx, fresh, event.at)
  await recountWaiting(tx, ids)
  await reopen(tx, await closedBy(tx, fresh, event.type === 'delivery.removed'), 'answer-failed')
  if (event.type === 'delivery.removed') return
  await giveBackDraft(tx, first)
  if (event.type === 'delivery.refused') await tellWriter(tx, fresh)
}

async function setFailed(tx: WorkspaceTransaction, answers: Answers, at: Date | null): Promise<void> {
  await tx.sql
    .updateTable('answer')
    .set({ failed_at: at })
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', 'in', [...new Set(answers.map((answer) => answer.delivery_id))])
    .execute()
}

/** A post that was taken off the network opens only what waits again; a failed answer everything that it closed. */
async function closedBy(tx: WorkspaceTransaction, answers: Answers, onlyWaiting: boolean): Promise<string[]> {
  const closing = answers.filter((answer) => answer.closes || onlyWaiting).map((answer) => answer.conversation_id)
  if (closing.length === 0) return []
  let query = tx.sql
    .selectFrom('conversation')
    .select('conversation_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('conversation_id', 'in', closing)
    .where('state', '=', 'closed')
  if (onlyWaiting) query = query.where('waiting_since', 'is not', null)
  return (await query.execute()).map((row) => row.conversation_id)
}

/** Unless something new was begun meanwhile. */
async function giveBackDraft(tx: WorkspaceTransaction, answer: Answers[number]): Promise<void> {
  await sql`
    insert into draft (workspace_id, conversation_id, member_id, text, against_version, attachments, visibility)
    select d.workspace_id, ${answer.conversation_id}, d.created_by, ${answer.written}, ${answer.against_version},
      array(select (a ->> 'attachmentId')::uuid from jsonb_array_elements(d.attachments) a), d.visibility
    from delivery d join member m on m.workspace_id = d.workspace_id and m.member_id = d.created_by
    where d.workspace_id = ${tx.workspaceId} and d.delivery_id = ${answer.delivery_id} and d.created_by_kind = 'member'
    on conflict do nothing`.execute(tx.sql)
}

async function tellWriter(tx: WorkspaceTransaction, answers: Answers): Promise<void> {
  const [first] = answers
  if (!first) return
  const delivery = await tx.sql
    .selectFrom('delivery')
    .select('created_by')
    .where('workspace_id', '=', tx.workspaceId)
    .where('delivery_id', '=', first.delivery_id)
    .where('created_by_kind', '=', 'member')
    .executeTakeFirst()
  if (delivery?.created_by)
    await notify(tx, ANSWER_FAILED, [{ memberId: delivery.created_by, id: first.conversation_id }])
}
