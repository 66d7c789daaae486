import { sql } from 'kysely'
import {
  beginPersonOf,
  comeBack,
  linkIdentity,
  lockGraph,
  mayProfile,
  mergePersons,
  recordConsent,
} from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { NotFound } from '../platform/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { ask, type QuestionReason } from './asking.ts'
import { type Attempt, endAttempt } from './attempts.ts'
import { noteProgress } from './progress.ts'
import { personOfVisit } from './proven-here.ts'

export type Outcome = 'proven' | 'before-staff'

/** An identity that was just proven, by whom and how. */
export interface Proven {
  authorId: string
  /** Ids and words that speak for it. */
  evidence: Record<string, string>
  /** It came along with what the attempt was for, which has its end already. */
  besides?: true
  /** Known beforehand: people decide, whatever else speaks for it. */
  doubt?: QuestionReason
}

/**
 * What a proof does: the identity belongs to whoever proved it in this visit. If it belongs to somebody already, that is
 * who the customer is, or both are the same person. What a person has to decide is asked; until then nothing is
 * joined, and the statement stays with the attempt: in the ledger it would count as said by whoever the identity hangs on. What
 * was erased before begins anew: its owner says so, and the statement is in the ledger.
 * The caller holds the attempt's row; all of it happens or nothing.
 */
export async function joinProven(
  secrets: Secrets,
  tx: WorkspaceTransaction,
  attempt: Attempt,
  proven: Proven,
  now: Date,
): Promise<Outcome> {
  const { authorId } = proven
  const visit = await lockVisit(tx, attempt.customer_session_id)
  const standing = await standingOf(tx, authorId)
  // Under the graph's lock, as the standing is: whom the customer is may change until then.
  const mine = await personOfVisit(tx, { customerSessionId: attempt.customer_session_id, personId: visit.person_id })
  // Somebody's wish to be forgotten is not ended by whoever writes under their name.
  if (!proven.doubt) await comeBack(tx, secrets, authorId, standing)
  const doubt = (await doubtOf(tx, authorId, standing, mine)) ?? proven.doubt
  const progress = { proofInvitationId: visit.proof_invitation_id, now }
  if (doubt) {
    if (!proven.besides) await endAttempt(tx, attempt.proof_id, 'before-staff', now, { authorId })
    const question = { proofId: attempt.proof_id, authorId, personId: mine, because: doubt }
    await ask(tx, { ...question, otherPersonId: standing.personId, ...progress })
    return 'before-staff'
  }
  await writeStatement(tx, authorId, attempt, now)
  const evidence = { ...proven.evidence, proof: attempt.proof_id, way: attempt.way }
  const personId = await tie(tx, { authorId, standing, mine, evidence }, now)
  await tx.sql
    .updateTable('customer_session')
    .set({ person_id: personId })
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', attempt.customer_session_id)
    .execute()
  if (!proven.besides) await endAttempt(tx, attempt.proof_id, 'proven', now, { authorId })
  tx.record({
    type: 'identity.proved',
    subjects: { person: personId, author: authorId, proof: attempt.proof_id },
    codes: { way: attempt.way, network: attempt.network },
  })
  await noteProgress(tx, personId, { ...progress, customerSessionId: attempt.customer_session_id })
  return 'proven'
}

/** In the ledger, on the identity: only once it is said whose it is. */
export const writeStatement = (
  tx: WorkspaceTransaction,
  authorId: string,
  { consent_text: text, language }: Pick<Attempt, 'consent_text' | 'language'>,
  at: Date,
): Promise<string> =>
  recordConsent(tx, { authorId, purpose: 'linking', given: true, text, language, channel: 'portal', at })

async function lockVisit(tx: WorkspaceTransaction, customerSessionId: string) {
  return tx.sql
    .selectFrom('customer_session')
    .select(['person_id', 'proof_invitation_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('customer_session_id', '=', customerSessionId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** Whose an identity is now, and by what. */
export interface Standing {
  personId: string | null
  method: string | null
  network: string
  scope: string
  networkId: string
}

/** Under the graph's lock, so that what is decided on still holds when it is written. */
export async function standingOf(tx: WorkspaceTransaction, authorId: string): Promise<Standing> {
  await lockGraph(tx)
  const { rows } = await sql<Standing>`
    select a.person_id as "personId", l.method, a.network, a.scope, a.network_id as "networkId"
    from author a left join lateral (
      select method from person_link where workspace_id = a.workspace_id and author_id = a.author_id
        and withdrawn_at is null and not shared order by position desc limit 1) l on true
    where a.workspace_id = ${tx.workspaceId} and a.author_id = ${authorId}`.execute(tx.sql)
  const row = rows[0]
  if (!row) throw new NotFound('author-unknown')
  return row
}

/** What forbids to join by a proof alone; null: nothing. The strictest rule holds. */
export async function doubtOf(
  tx: WorkspaceTransaction,
  authorId: string,
  standing: Standing,
  mine: string | null,
): Promise<QuestionReason | null> {
  const persons = [...new Set([mine, standing.personId])].filter((id) => id !== null)
  const joins = persons.length === 2
  if (joins && (await mayProfile(tx, persons)).size < 2) return 'objection'
  // Somebody else proved what hangs together with it, and that it does was only said by us: then we were wrong, perhaps.
  if (standing.personId && standing.personId !== mine && standing.method !== 'customer-proved') {
    const others = (await provenOf(tx, [standing.personId])).filter((proven) => proven.authorId !== authorId)
    if (others.length > 0) return 'proved-by-another'
  }
  const numbers = (await provenOf(tx, persons))
    .filter(({ network }) => network === 'customer-number')
    .concat(standing.network === 'customer-number' ? [{ ...standing, authorId }] : [])
  const systems = Map.groupBy(numbers, ({ scope }) => scope)
  return [...systems.values()].some((those) => new Set(those.map(({ networkId }) => networkId)).size > 1)
    ? 'two-customer-numbers'
    : null
}

type ProvenIdentity = Pick<Standing, 'network' | 'scope' | 'networkId'> & { authorId: string }

/** What of these persons was proven by a customer, as it stands. Served by author_person and person_link_stack. */
async function provenOf(tx: WorkspaceTransaction, personIds: string[]): Promise<ProvenIdentity[]> {
  if (personIds.length === 0) return []
  const { rows } = await sql<ProvenIdentity>`
    select a.author_id as "authorId", a.network, a.scope, a.network_id as "networkId" from author a
      cross join lateral (
        select method from person_link where workspace_id = a.workspace_id and author_id = a.author_id
          and withdrawn_at is null and not shared order by position desc limit 1) l
    where a.workspace_id = ${tx.workspaceId} and a.person_id = any(${personIds}::uuid[])
      and l.method = 'customer-proved'`.execute(tx.sql)
  return rows
}

interface Tie {
  authorId: string
  standing: Standing
  mine: string | null
  evidence: Record<string, string>
}

/** Writes what was decided. Returns whom the customer is now. */
export async function tie(
  tx: WorkspaceTransaction,
  { authorId, standing, mine, evidence }: Tie,
  now: Date,
): Promise<string> {
  const grounds = { method: 'customer-proved', legalBasis: 'consent', evidence } as const
  const other = standing.personId
  const begun =
    mine || other
      ? null
      : await beginPersonOf(tx, { authorId, because: 'proved', reason: '', evidence, legalBasis: 'consent' }, now)
  if (begun) return begun.personId
  const holder = (other ?? mine) as string
  await linkIdentity(tx, { ...grounds, authorId, personId: holder }, now)
  if (!mine || !other || mine === other) return holder
  const { personId } = await mergePersons(tx, { ...grounds, personIds: [mine, other] }, now)
  return personId
}
