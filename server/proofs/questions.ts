import { sql } from 'kysely'
import { authorBriefs, currentPerson, linkIdentity, lockGraph, moveIdentity, splitPerson } from '../people/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import { Conflict, NotFound } from '../platform/errors.ts'
import type { QuestionReason } from './asking.ts'
import { standingOf, tie, writeStatement } from './joining.ts'
import { noteProgress } from './progress.ts'

const QUESTIONS_MAX = 100

/** How many wait, counted no further than are listed. Served by proof_question_open. */
export async function countQuestions(tx: WorkspaceTransaction): Promise<number> {
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from (select from proof_question
      where workspace_id = ${tx.workspaceId} and decided_at is null limit ${QUESTIONS_MAX}) few`.execute(tx.sql)
  return rows[0]?.open ?? 0
}

/** What waits for a decision, the oldest first. */
export async function listQuestions(tx: WorkspaceTransaction) {
  const rows = await tx.sql
    .selectFrom('proof_question')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('decided_at', 'is', null)
    .orderBy('asked_at')
    .limit(QUESTIONS_MAX)
    .execute()
  const authors = await authorBriefs(
    tx,
    rows.map((row) => row.author_id),
  )
  const persons = await personsNamed(
    tx,
    rows.flatMap((row) => [row.person_id, row.other_person_id]).filter((id) => id !== null),
  )
  const shown = await valuesOf(
    tx,
    rows.map((row) => row.author_id),
  )
  return rows.flatMap((row) => {
    const author = authors.get(row.author_id)
    if (!author) return []
    return [
      {
        questionId: row.proof_question_id,
        because: row.because as QuestionReason,
        author,
        shown: author.handle ?? shown.get(row.author_id) ?? '',
        person: persons.get(row.person_id ?? '') ?? null,
        other: persons.get(row.other_person_id ?? '') ?? null,
        askedAt: row.asked_at,
      },
    ]
  })
}

async function valuesOf(tx: WorkspaceTransaction, authorIds: string[]): Promise<Map<string, string>> {
  if (authorIds.length === 0) return new Map()
  const rows = await tx.sql
    .selectFrom('author')
    .select(['author_id', 'network_id'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('author_id', 'in', authorIds)
    .execute()
  return new Map(rows.map((row) => [row.author_id, row.network_id]))
}

/** By the id that the question holds: whom they are now. */
async function personsNamed(tx: WorkspaceTransaction, personIds: string[]) {
  if (personIds.length === 0) return new Map<string, { personId: string; name: string }>()
  const rows = await tx.sql
    .selectFrom('person as p')
    .innerJoin('person as c', (join) =>
      join.onRef('c.workspace_id', '=', 'p.workspace_id').onRef('c.person_id', '=', 'p.current_id'),
    )
    .select(['p.person_id', 'c.person_id as current_id', 'c.name'])
    .where('p.workspace_id', '=', tx.workspaceId)
    .where('p.person_id', 'in', personIds)
    .execute()
  return new Map(rows.map((row) => [row.person_id, { personId: row.current_id, name: row.name }]))
}

export type Decision = 'join' | 'move' | 'leave'

/** What somebody decided, done as their act; it rests on the proof all the same. */
export async function decide(
  tx: WorkspaceTransaction,
  questionId: string,
  decision: Decision,
  now: Date,
): Promise<void> {
  const question = await tx.sql
    .selectFrom('proof_question')
    .selectAll()
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_question_id', '=', questionId)
    .forUpdate()
    .executeTakeFirst()
  if (!question) throw new NotFound('question-unknown')
  if (question.decided_at) throw new Conflict('question-decided')
  await lockGraph(tx)
  const mine = question.person_id && (await currentPerson(tx, question.person_id))
  const evidence = { ...(question.proof_id ? { proof: question.proof_id } : {}), question: questionId }
  if (decision !== 'leave') await stateDecided(tx, question)
  const personId =
    decision === 'leave'
      ? null
      : await carryOut(tx, { authorId: question.author_id, mine: mine || null, evidence }, decision, now)
  await tx.sql
    .updateTable('proof_question')
    .set({ decided_at: now, decided_by: tx.actor.id, decision })
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_question_id', '=', questionId)
    .execute()
  tx.record({
    type: 'proof.question-decided',
    subjects: { proofQuestion: questionId, author: question.author_id, ...(personId ? { person: personId } : {}) },
    codes: { decision },
  })
  if (personId)
    await noteProgress(tx, personId, {
      proofInvitationId: question.proof_invitation_id,
      customerSessionId: null,
      now,
    })
}

/** What the customer agreed to in that visit counts from when they said it; left as it was, nobody ever said it. */
async function stateDecided(
  tx: WorkspaceTransaction,
  { proof_id: proofId, author_id: authorId }: { proof_id: string | null; author_id: string },
): Promise<void> {
  if (!proofId) return
  const proof = await tx.sql
    .selectFrom('proof')
    .select(['consent_text', 'language', 'began_at', 'ended_at'])
    .where('workspace_id', '=', tx.workspaceId)
    .where('proof_id', '=', proofId)
    .executeTakeFirst()
  if (proof) await writeStatement(tx, authorId, proof, proof.ended_at ?? proof.began_at)
}

interface Proven {
  authorId: string
  mine: string | null
  evidence: Record<string, string>
}

async function carryOut(
  tx: WorkspaceTransaction,
  proven: Proven,
  decision: 'join' | 'move',
  now: Date,
): Promise<string> {
  const standing = await standingOf(tx, proven.authorId)
  const { authorId, mine, evidence } = proven
  const grounds = { method: 'customer-proved', legalBasis: 'consent', evidence } as const
  // Whatever it hung on before may be gone by now: then it is simply theirs.
  if (decision === 'join' || !standing.personId || standing.personId === mine)
    return tie(tx, { authorId, standing, mine, evidence }, now)
  if (mine) {
    await moveIdentity(tx, { ...grounds, authorId, personId: mine }, now)
    return mine
  }
  const split = await splitPerson(
    tx,
    { ...grounds, personId: standing.personId, authorIds: [authorId], reason: 'proof' },
    now,
  )
  await linkIdentity(tx, { ...grounds, authorId, personId: split.personId }, now)
  return split.personId
}
