import { sql } from 'kysely'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { Subscription } from '../../platform/subscriptions.ts'
import { baseLanguage } from '../../text/index.ts'
import { tellingTerms } from './similarity.ts'

/** One word alone finds everything that has it. */
const TERMS_MIN = 2

/** Answers that went out are remembered by what they answered, and forgotten with it. */
export const rememberingSubscription: Subscription = {
  name: 'inbox.remembering',
  types: ['answer.sent', 'answer.removed', 'posts.deleted', 'posts.edited'],
  handle: async (tx, events) => {
    for (const { type, subjects } of events)
      if (type === 'answer.sent') await remember(tx, String(subjects.deliveryId), String(subjects.conversationId))
      else if (type === 'answer.removed') await forget(tx, 'delivery_id', [String(subjects.deliveryId)])
      else await forget(tx, 'post_id', [subjects.posts ?? []].flat())
  },
}

/**
 * One answer to several customers is remembered by the first question that tells something. What was said to one alone is not,
 * though it answers what they had asked in public as well.
 */
async function remember(tx: WorkspaceTransaction, deliveryId: string, conversationId: string): Promise<void> {
  const { rows } = await sql<{ post_id: string; text: string; language: string; at: Date }>`
    select p.post_id, p.text, p.language, d.sent_at as at
    from conversation_post cp join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
      join delivery d on d.workspace_id = cp.workspace_id and d.delivery_id = cp.answered_by
    where cp.workspace_id = ${tx.workspaceId} and cp.answered_by = ${deliveryId} and d.visibility = 'public'
      and cp.conversation_id = ${conversationId} and cp.direction = 'in' and p.deleted_at is null and p.visibility = 'public'
      and p.language is not null and d.sent_at is not null and d.removed_at is null
    order by cp.published_at desc, cp.post_id desc limit 1`.execute(tx.sql)
  const [question] = rows
  if (!question) return
  const language = baseLanguage(question.language)
  const terms = tellingTerms(question.text, language)
  if (terms.length < TERMS_MIN) return
  const { rows: stored } = await sql`
    insert into remembered_answer (workspace_id, delivery_id, post_id, conversation_id, language, terms, answered_at)
    values (${tx.workspaceId}, ${deliveryId}, ${question.post_id}, ${conversationId}, ${language}, ${terms}, ${question.at})
    on conflict do nothing returning delivery_id`.execute(tx.sql)
  if (stored.length === 0) return
  await sql`
    insert into remembered_term (workspace_id, language, term, delivery_id)
    select ${tx.workspaceId}, ${language}, term, ${deliveryId} from unnest(${terms}::text[]) as term`.execute(tx.sql)
}

/** Terms go with their answer. Served by the primary key and remembered_answer_post. */
async function forget(tx: WorkspaceTransaction, by: 'delivery_id' | 'post_id', ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from remembered_answer where workspace_id = ${tx.workspaceId}
    and ${sql.ref(by)} = any(${ids}::uuid[])`.execute(tx.sql)
}
