import { sql } from 'kysely'
import type { z } from 'zod'
import type { inbox } from '../../contract/inbox.ts'
import { authorBriefs, authorsOfPerson, mayContact, personsOfAuthors } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import type { Services } from '../platform/services.ts'
import { strandAccount } from './answering-place.ts'
import { requireConversation } from './conversation.ts'
import { readDraft } from './drafts.ts'
import { presentConversations } from './items.ts'
import { signOffOf } from './sign-off.ts'
import { participantsOf, readThread, type Thread, threadAround } from './thread.ts'
import { timelineOf } from './timeline.ts'

type Opened = z.output<NonNullable<(typeof inbox.conversations.get)['~orpc']['outputSchema']>>

const OTHER_CONVERSATIONS_MAX = 20
const POSTS_COUNTED_MAX = 1_000
const SNIPPET_CHARACTERS = 120

/** Everything that the middle and the right of the inbox show, in one transaction, so that it fits together. */
export async function openConversation(
  services: Services,
  tx: WorkspaceTransaction,
  conversationId: string,
): Promise<Opened> {
  const row = await requireConversation(tx, conversationId)
  const [conversation] = await presentConversations(tx, [conversationId])
  if (!conversation) throw new NotFound('conversation-unknown')
  const thread = await readThread(tx, row.thread_id)
  const around = await threadAround(tx, thread, conversationId)
  return {
    conversation,
    thread: {
      rootExternalId: thread.rootExternalId,
      posts: around.posts,
      more: around.more,
      participants: await presentParticipants(tx, thread),
    },
    timeline: await timelineOf(tx, conversationId),
    myDraft: await readDraft(tx, row),
    history: await historyOf(tx, row.author_id, conversationId),
    mayContact: await mayContact(tx, { authorId: row.author_id }),
    answer: await answerOf(services, tx, conversationId, 'public'),
    privateAnswer: await answerOf(services, tx, conversationId, 'private'),
  }
}

async function presentParticipants(
  tx: WorkspaceTransaction,
  thread: Thread,
): Promise<Opened['thread']['participants']> {
  const rows = await participantsOf(tx, thread)
  const authors = await authorBriefs(
    tx,
    rows.map((row) => row.author_id),
  )
  return rows.flatMap((row) => {
    const author = authors.get(row.author_id)
    return author ? [{ author, posts: row.posts, conversationId: row.conversation_id, state: row.state }] : []
  })
}

/** The author's history beside the conversation, over all accounts of the person where there is one. */
async function historyOf(
  tx: WorkspaceTransaction,
  authorId: string,
  conversationId: string,
): Promise<Opened['history']> {
  const person = (await personsOfAuthors(tx, [authorId])).get(authorId)
  const authorIds = person ? await authorsOfPerson(tx, person.personId) : [authorId]
  const { rows } = await sql<{ posts: number; first_heard_at: Date }>`
    select (select count(*)::int from (select from post p where p.workspace_id = ${tx.workspaceId}
        and p.author_id = any(${authorIds}::uuid[]) limit ${POSTS_COUNTED_MAX}) few) as posts,
      (select min(a.first_heard_at) from author a where a.workspace_id = ${tx.workspaceId}
        and a.author_id = any(${authorIds}::uuid[])) as first_heard_at`.execute(tx.sql)
  const others = await sql<Opened['history']['otherConversations'][number]>`
    select c.conversation_id as "conversationId", c.network, c.state, c.opened_at as "openedAt",
      c.last_post_at as "lastPostAt", coalesce(left(p.text, ${SNIPPET_CHARACTERS}), '') as snippet
    from conversation c left join post p on p.workspace_id = c.workspace_id and p.post_id = c.last_post_id
    where c.workspace_id = ${tx.workspaceId} and c.author_id = any(${authorIds}::uuid[])
      and c.conversation_id <> ${conversationId}
    order by c.last_post_at desc limit ${OTHER_CONVERSATIONS_MAX}`.execute(tx.sql)
  const [row] = rows
  return {
    personId: person?.personId ?? null,
    postCount: row?.posts ?? 0,
    firstHeardAt: row?.first_heard_at ?? new Date(0),
    otherConversations: others.rows,
  }
}

async function answerOf(
  services: Services,
  tx: WorkspaceTransaction,
  conversationId: string,
  strand: 'public' | 'private',
): Promise<Opened['privateAnswer']> {
  const account = await strandAccount(services, tx, conversationId, strand)
  if (!account) return null
  const { sourceId, name: sourceName, network, charactersMax, attachmentsMax, answerableUntil } = account
  const signOff = await signOffOf(tx, network)
  return { sourceId, sourceName, network, charactersMax, attachmentsMax, signOff, answerableUntil }
}
