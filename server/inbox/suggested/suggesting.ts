/**
 * Answers that this desk gave before to questions like this one. All of it happens here: by the words that two questions
 * share, the rarer the more, in one language. What is personal in an old answer is taken out before anybody reads it.
 */
import { sql } from 'kysely'
import type { SuggestedAnswer } from '../../../contract/inbox-suggested.ts'
import { authorBriefs } from '../../people/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { baseLanguage } from '../../text/index.ts'
import { requireConversation } from '../conversation.ts'
import { redact } from './redaction.ts'
import { askedTerms, type Rarity, rank, tellingWords } from './similarity.ts'

/** What a customer said at once; older posts of theirs were answered. */
const POSTS_ASKED_MAX = 3
/** A term that stands in more questions is not counted further. */
const COUNTED_MAX = 1_000
/** The newest of each term. */
const PER_TERM_MAX = 300
const CANDIDATES_MAX = 60
const SNIPPET_CHARACTERS = 200

export async function suggestAnswers(
  tx: WorkspaceTransaction,
  conversationId: string,
): Promise<{ language: string | null; items: SuggestedAnswer[] }> {
  const conversation = await requireConversation(tx, conversationId)
  const question = await questionOf(tx, conversationId)
  const language = question?.language ?? conversation.language
  if (!question || !language) return { language: null, items: [] }
  const base = baseLanguage(language)
  const words = tellingWords(question.text, base)
  const terms = [...words.keys()]
  const rarity = await rarityOf(tx, base, terms)
  const candidates = await candidatesOf(tx, base, askedTerms(terms, rarity), conversationId)
  const names = await authorBriefs(tx, [...new Set(candidates.map(({ authorId }) => authorId))])
  const clean = candidates.map((candidate) => {
    const author = names.get(candidate.authorId)
    const called = [author?.name ?? null, author?.handle ?? null]
    return {
      ...candidate,
      ...redact(candidate.text, base, called),
      question: redact(candidate.question, base, called).text,
    }
  })
  return {
    language: base,
    items: rank(terms, clean, rarity).map((one) => ({
      deliveryId: one.deliveryId,
      conversationId: one.conversationId,
      text: one.text,
      removed: one.removed,
      question: one.question.slice(0, SNIPPET_CHARACTERS),
      answeredAt: one.answeredAt,
      likeness: one.likeness,
      shared: one.shared.map((term) => words.get(term) ?? term),
    })),
  }
}

async function questionOf(tx: WorkspaceTransaction, conversationId: string) {
  const { rows } = await sql<{ text: string; language: string | null }>`
    select p.text, p.language from conversation_post cp
      join post p on p.workspace_id = cp.workspace_id and p.post_id = cp.post_id
    where cp.workspace_id = ${tx.workspaceId} and cp.conversation_id = ${conversationId} and cp.direction = 'in'
      and not cp.deleted
    order by (cp.answered_by is null and cp.settled_at is null) desc, cp.published_at desc limit ${POSTS_ASKED_MAX}`.execute(
    tx.sql,
  )
  const [newest] = rows
  return newest ? { text: rows.map((row) => row.text).join('\n'), language: newest.language } : null
}

/** Served by remembered_term's primary key. */
async function rarityOf(tx: WorkspaceTransaction, language: string, terms: string[]): Promise<Rarity> {
  const { rows } = await sql<{ term: string; count: number }>`
    select g.term, (select count(*)::int from (select from remembered_term t where t.workspace_id = ${tx.workspaceId}
      and t.language = ${language} and t.term = g.term limit ${COUNTED_MAX}) few) as count
    from unnest(${terms}::text[]) as g(term)`.execute(tx.sql)
  const found = rows.filter(({ count }) => count > 0)
  // The commonest term says how many there are at least, which is all that weights need.
  return {
    answers: Math.max(0, ...found.map(({ count }) => count)),
    byTerm: new Map(found.map(({ term, count }) => [term, count])),
  }
}

interface Remembered {
  deliveryId: string
  conversationId: string
  authorId: string
  terms: string[]
  text: string
  question: string
  answeredAt: Date
}

/** Of conversations that the reader may see; not of this one, nor of such as are bad again. */
async function candidatesOf(
  tx: WorkspaceTransaction,
  language: string,
  terms: string[],
  conversationId: string,
): Promise<Remembered[]> {
  if (terms.length === 0) return []
  const { rows } = await sql<Remembered>`
    with found as (
      select t.delivery_id, count(*) as hits from unnest(${terms}::text[]) as g(term)
        cross join lateral (select r.delivery_id from remembered_term r where r.workspace_id = ${tx.workspaceId}
          and r.language = ${language} and r.term = g.term order by r.delivery_id desc limit ${PER_TERM_MAX}) t
      group by t.delivery_id order by hits desc, t.delivery_id desc limit ${CANDIDATES_MAX})
    select r.delivery_id as "deliveryId", r.conversation_id as "conversationId", c.author_id as "authorId", r.terms,
      a.written as text, p.text as question, r.answered_at as "answeredAt"
    from found join remembered_answer r on r.workspace_id = ${tx.workspaceId} and r.delivery_id = found.delivery_id
      join conversation c on c.workspace_id = r.workspace_id and c.conversation_id = r.conversation_id
      join answer a on a.workspace_id = r.workspace_id and a.delivery_id = r.delivery_id
        and a.conversation_id = r.conversation_id
      join post p on p.workspace_id = r.workspace_id and p.post_id = r.post_id and p.deleted_at is null
    where r.conversation_id <> ${conversationId} and a.failed_at is null and a.written <> '' and c.negative_since is null
    order by r.delivery_id desc`.execute(tx.sql)
  return rows
}
