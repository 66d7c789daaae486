import { sql } from 'kysely'
import { PAST_TEXTS_MAX } from '../../../contract/publishing-policy.ts'
import { listMembers, readWorkspace } from '../../accounts/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { type Draft, draftOf, type Judgement, type Policy } from '../../policy/index.ts'
import type { PolicyDocument } from './document.ts'
import { policyFor } from './judging.ts'
import type { PolicyVersion } from './versions.ts'

/** Judging is arithmetic in this process: after so many texts everything else gets its turn. */
const AT_ONCE = 50

/** Something that we said, whoever of us and through whichever program. */
export interface PastText {
  postId: string
  sourceId: string
  sourceName: string
  text: string
  language: string | null
  isReply: boolean
  publishedAt: Date
  topicIds: readonly string[]
  answered: { text: string; complaint: boolean } | null
}

export interface Past {
  texts: readonly PastText[]
  brand: string
  handles: ReadonlyMap<string, string[]>
  colleagues: readonly { name: string; mails: string[]; phones: string[] }[]
}

/** What our own accounts said last in public, the newest first, with what it answered. Served by post_author, post_parent. */
export async function readPast(tx: WorkspaceTransaction): Promise<Past> {
  const { rows } = await sql<{
    post_id: string
    source_id: string
    source_name: string
    handle: string | null
    text: string
    language: string | null
    is_reply: boolean
    published_at: Date
    topic_ids: string[] | null
    answered: string | null
    intent: string | null
  }>`
    select o.*, s.source_id, s.name as source_name, a.handle, q.text as answered, q.intent,
      array(select m.topic_id::text from mention m where m.workspace_id = q.workspace_id and m.post_id = q.post_id
        and m.state <> 'rejected') as topic_ids
    from (select * from source where workspace_id = ${tx.workspaceId} and own_author_id is not null
        and removed_at is null order by created_at limit 50) s
      join author a on a.workspace_id = s.workspace_id and a.author_id = s.own_author_id
      cross join lateral (
        select p.post_id, concat_ws(E'\n', p.title, p.text) as text, p.language, p.parent_external_id is not null as is_reply,
          p.published_at, p.network, p.scope, p.parent_external_id
        from post p where p.workspace_id = ${tx.workspaceId} and p.author_id = s.own_author_id and p.direction = 'out'
          and p.visibility = 'public' and p.deleted_at is null order by p.published_at desc, p.post_id desc limit ${PAST_TEXTS_MAX}) o
      left join lateral (
        select q.workspace_id, q.post_id, q.text, q.intent from post q where o.is_reply and q.workspace_id = ${tx.workspaceId}
          and q.network = o.network and q.scope = o.scope and q.external_id = o.parent_external_id limit 1) q on true
    order by o.published_at desc limit ${PAST_TEXTS_MAX}`.execute(tx.sql)
  const handles = new Map(rows.map((row) => [row.source_id, row.handle ? [row.handle] : []]))
  return {
    brand: (await readWorkspace(tx)).brand,
    handles,
    colleagues: (await listMembers(tx))
      .filter(({ name }) => /\S\s+\S/.test(name))
      .map(({ name, email }) => ({ name, mails: [email], phones: [] })),
    texts: rows.map((row) => ({
      postId: row.post_id,
      sourceId: row.source_id,
      sourceName: row.source_name,
      text: row.text,
      language: row.language,
      isReply: row.is_reply,
      publishedAt: row.published_at,
      topicIds: row.topic_ids ?? [],
      answered: row.answered === null ? null : { text: row.answered, complaint: row.intent === 'complaint' },
    })),
  }
}

/** As a past text would have been judged: circumstances of then do not count again, and nothing is known of customers. */
const draftOfPast = (text: PastText): Draft =>
  draftOf(text.text, {
    kind: text.isReply ? 'reply' : 'post',
    language: text.language,
    topics: text.topicIds,
    answered: text.answered,
  })

/** The policy that holds where a text was said. */
async function policyAt(
  past: Past,
  text: PastText,
  policy: Pick<PolicyVersion, 'version' | 'measured'> & { document: PolicyDocument },
): Promise<Policy> {
  const facts = {
    topicIds: text.topicIds,
    brand: past.brand,
    handles: past.handles.get(text.sourceId) ?? [],
    otherBrands: [],
    colleagues: policy.document.fullNames ? past.colleagues : [],
  }
  return (await policyFor(policy, text.sourceId, facts)).policy
}

/** One after the other, letting others in between. */
export async function judgePast(
  past: Past,
  policy: Pick<PolicyVersion, 'version' | 'measured'> & { document: PolicyDocument },
): Promise<Judgement[]> {
  const judgements: Judgement[] = []
  const places = new Map<string, Policy>()
  // Desks say many things word for word again.
  const known = new Map<string, Judgement>()
  for (const [index, text] of past.texts.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
    const place = [text.sourceId, ...text.topicIds].join()
    const there = places.get(place) ?? (await policyAt(past, text, policy))
    places.set(place, there)
    const said = JSON.stringify([place, text.text, text.language, text.isReply, text.answered])
    const judgement = known.get(said) ?? there.judge(draftOfPast(text))
    known.set(said, judgement)
    judgements.push(judgement)
  }
  return judgements
}
