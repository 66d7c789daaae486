import { sql } from 'kysely'
import type { ScoreCard } from '../../../contract/crisis-drills.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { readUnderstanding, splitInto, TokenPlaces } from '../../text/index.ts'
import type { DoneStep } from '../reading.ts'
import { scored } from './score.ts'

/** A post of the storm, as the twin told it. */
export interface StormPost {
  externalId: string
  part: 'must' | 'troll' | 'crowd'
  handle: string
  text: string
  saidAt: Date
}

const MISSED_SHOWN_MAX = 30
const MINUTE_MS = 60_000

/**
 * What the team did with the storm, read from the sandbox. Nothing here asks who of the team did it (T11): counts are of
 * conversations, deliveries and steps.
 */
export async function cardOf(
  tx: WorkspaceTransaction,
  posts: readonly StormPost[],
  begunAt: Date,
  until: Date,
): Promise<ScoreCard> {
  const met = await metPosts(tx, posts)
  const minutes = met
    .flatMap(({ saidAt, sentAt }) => (sentAt ? Math.max(0, sentAt.getTime() - saidAt.getTime()) / MINUTE_MS : []))
    .sort((one, other) => one - other)
  const musts = met.filter(({ part }) => part === 'must')
  const missed = musts.filter(({ sentAt }) => sentAt === null)
  const trolls = met.filter(({ part }) => part === 'troll')
  const said = await saidBy(tx, begunAt, until)
  const lead = await leadOf(tx)
  const firstAt = said.firstAt
  const sinceBegin = (at: Date | null) => at && Math.max(0, at.getTime() - begunAt.getTime()) / MINUTE_MS
  return scored({
    posts: posts.length,
    conversations: new Set(met.flatMap(({ conversationId }) => conversationId ?? [])).size,
    answered: minutes.length,
    firstAnswerMinutes: at(minutes, 0.5),
    slowAnswerMinutes: at(minutes, 0.9),
    crisisDeclaredMinutes: sinceBegin(lead.declaredAt),
    statementMinutes: sinceBegin(firstAt),
    musts: musts.length,
    mustsMissed: missed.length,
    missed: missed.slice(0, MISSED_SHOWN_MAX).map(({ handle, text }) => ({ handle, text })),
    trolls: trolls.length,
    trollsFed: trolls.filter(({ sentAt }) => sentAt !== null).length,
    breaches: said.breaches,
    answersWithBreach: said.withBreach,
    escalations: await escalations(tx),
    stepsDone: lead.stepsDone,
    stepCount: lead.stepCount,
    tone: said.tone,
  })
}

const at = (sorted: readonly number[], share: number): number | null =>
  sorted.length === 0 ? null : (sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? null)

/** Each post of the storm with the first answer that stands under it. */
async function metPosts(tx: WorkspaceTransaction, posts: readonly StormPost[]) {
  const { rows } = await sql<{ external_id: string; conversation_id: string | null; sent_at: Date | null }>`
    select p.external_id, min(c.conversation_id::text) as conversation_id, min(d.sent_at) as sent_at
    from post p left join conversation_post c on c.workspace_id = p.workspace_id and c.post_id = p.post_id
      left join delivery d on d.workspace_id = p.workspace_id and d.state = 'sent'
        and (d.delivery_id = c.answered_by or d.reply_to_post_id = p.post_id)
    where p.workspace_id = ${tx.workspaceId} and p.external_id = any(${posts.map(({ externalId }) => externalId)}::text[])
    group by p.external_id`.execute(tx.sql)
  const found = new Map(rows.map((row) => [row.external_id, row]))
  return posts.map((post) => {
    const row = found.get(post.externalId)
    return { ...post, conversationId: row?.conversation_id ?? null, sentAt: row?.sent_at ?? null }
  })
}

interface Kept {
  findings?: { check: string; risk: string; action: string }[]
}

/** What went out: which rules of the policy it broke although somebody let it go, and how it sounds. */
async function saidBy(tx: WorkspaceTransaction, from: Date, until: Date) {
  const { rows } = await sql<{ text: string; language: string | null; sent_at: Date; findings: Kept | null }>`
    select d.text, d.language, d.sent_at, j.findings
    from delivery d left join judgement j on j.workspace_id = d.workspace_id and j.judgement_id = d.judgement_id
    where d.workspace_id = ${tx.workspaceId} and d.state = 'sent' and d.sent_at >= ${from} and d.sent_at <= ${until}
    order by d.sent_at`.execute(tx.sql)
  const counts = new Map<string, ScoreCard['breaches'][number]>()
  const tone = { positive: 0, neutral: 0, negative: 0 }
  const places = new TokenPlaces()
  let withBreach = 0
  for (const { text, language, findings } of rows) {
    const broken = (findings?.findings ?? []).filter(({ action }) => action !== 'inform')
    if (broken.length > 0) withBreach++
    for (const { check, risk } of broken) {
      const known = counts.get(check) ?? { check, risk, count: 0 }
      counts.set(check, { ...known, count: known.count + 1 })
    }
    splitInto(places, text)
    tone[readUnderstanding(text, places, language).sentiment ?? 'neutral']++
  }
  const breaches = [...counts.values()].sort((one, other) => other.count - one.count)
  return { firstAt: rows[0]?.sent_at ?? null, breaches, withBreach, tone }
}

/** Whether somebody took the lead: a crisis, and its checklist. */
async function leadOf(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('crisis')
    .select(['declared_at', 'steps'])
    .where('workspace_id', '=', tx.workspaceId)
    .orderBy('declared_at')
    .execute()
  const steps = rows.flatMap((row) => row.steps as unknown as DoneStep[])
  return {
    declaredAt: rows[0]?.declared_at ?? null,
    stepCount: steps.length,
    stepsDone: steps.filter(({ doneAt }) => doneAt !== null).length,
  }
}

async function escalations(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) from event where workspace_id = ${tx.workspaceId} and type = 'conversation.assigned'
      and actor_kind = 'member'`.execute(tx.sql)
  return Number(rows[0]?.count ?? 0)
}
