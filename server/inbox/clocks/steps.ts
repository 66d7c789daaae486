import { sql } from 'kysely'
import type { StepOutcome } from '../../../contract/clock-words.ts'
import { listMembers, type Member, membersWhoAt, presenceAt, whoCanTake } from '../../accounts/index.ts'
import type { PlannedStep, StepAction } from '../../clocks/index.ts'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { changeConversations } from '../changing.ts'
import { liveLeases } from '../leases.ts'
import { openByMember } from '../load.ts'
import type { Facts } from './facts.ts'
import { CLOCK } from './notification-kinds.ts'
import type { Wait } from './waits.ts'

export interface Plan {
  wait: Wait
  steps: PlannedStep[]
}

/** As it is while the steps of one look are done: each may move it. */
interface Standing {
  conversationId: string
  sourceId: string | null
  language: string | null
  memberId: string | null
  teamId: string | null
}

/**
 * Does what ladders ask for by now. Each step is kept with what came of it in the transaction in which it is done, under the
 * name of its clock, wait and step: neither a crash nor a clock that is set back does it twice. What was due before the
 * promise was even made, and a warning of what has happened, moves nothing.
 */
export async function performSteps(
  tx: WorkspaceTransaction,
  facts: Facts,
  plans: readonly Plan[],
  now: Date,
): Promise<{ postponed: boolean }> {
  const standing: Standing = { ...facts }
  let postponed = false
  for (const { wait, steps } of plans)
    for (const step of steps.filter(({ isDue }) => isDue)) {
      const place: Place = { clock: wait.reading.clock, epoch: wait.reading.epoch.key, step: step.step }
      if (await isKept(tx, facts.conversationId, place)) continue
      const outcome = await outcomeOf(tx, standing, step, wait, now)
      if (outcome === 'postponed') postponed = true
      else await keep(tx, facts.conversationId, place, outcome, now)
      if (outcome === 'done') tellOf(tx, standing, place, step)
    }
  return { postponed }
}

interface Place {
  clock: string
  epoch: string
  step: string
}

async function isKept(
  tx: WorkspaceTransaction,
  conversationId: string,
  { clock, epoch, step }: Place,
): Promise<boolean> {
  const { rows } = await sql`
    select from clock_step where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId}
      and kind = ${clock} and epoch = ${epoch} and step = ${step}`.execute(tx.sql)
  return rows.length > 0
}

async function keep(
  tx: WorkspaceTransaction,
  conversationId: string,
  { clock, epoch, step }: Place,
  outcome: StepOutcome,
  now: Date,
): Promise<void> {
  await tx.sql
    .insertInto('clock_step')
    .values({
      workspace_id: tx.workspaceId,
      conversation_id: conversationId,
      kind: clock,
      epoch,
      step,
      done_at: now,
      outcome,
    })
    .execute()
}

function tellOf(
  tx: WorkspaceTransaction,
  { conversationId }: Standing,
  { clock }: Place,
  { action }: PlannedStep,
): void {
  tx.record({ type: 'conversation.clock-moved', subjects: { conversationId }, codes: { clock, did: action.do } })
}

async function outcomeOf(
  tx: WorkspaceTransaction,
  standing: Standing,
  { action, at, isOvertaken }: PlannedStep,
  { promise, reading }: Wait,
  now: Date,
): Promise<StepOutcome | 'postponed'> {
  if (at !== null && at < promise.madeAt) return 'before-promise'
  if (isOvertaken) return 'overtaken'
  switch (action.do) {
    case 'warn':
      return tell(
        tx,
        standing,
        await responsible(tx, standing, now),
        reading.state === 'breached' ? 'late' : 'nearly-due',
      )
    case 'return-to-queue':
      return returnToQueue(tx, standing, now)
    case 'reassign':
      return reassign(tx, standing, now)
    case 'escalate':
      return escalate(tx, standing, action.to, now)
  }
}

async function tell(
  tx: WorkspaceTransaction,
  { conversationId }: Standing,
  memberIds: readonly string[],
  news: 'nearly-due' | 'late' | 'returned' | 'escalated',
): Promise<StepOutcome> {
  await notify(
    tx,
    CLOCK,
    memberIds.map((memberId) => ({ memberId, id: conversationId, news })),
  )
  return memberIds.length > 0 ? 'done' : 'nobody-there'
}

/** Whoever has it; else whoever of its team is there; else those who are there of all who lead the inbox. */
async function responsible(tx: WorkspaceTransaction, standing: Standing, now: Date): Promise<string[]> {
  if (standing.memberId) return [standing.memberId]
  const inTeam = standing.teamId ? await thereOf(tx, await teamOf(tx, standing.teamId), now) : []
  return inTeam.length > 0 ? inTeam : thereOf(tx, await membersWhoAt(tx, 'inbox.manage', standing.sourceId), now)
}

async function thereOf(tx: WorkspaceTransaction, memberIds: readonly string[], now: Date): Promise<string[]> {
  const presence = await presenceAt(tx, now)
  return memberIds.filter((memberId) => presence.get(memberId) === 'available')
}

async function teamOf(tx: WorkspaceTransaction, teamId: string): Promise<string[]> {
  const rows = await tx.sql
    .selectFrom('team_member')
    .select('member_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', teamId)
    .orderBy('member_id')
    .execute()
  return rows.map((row) => row.member_id)
}

/** Nobody loses what they are writing on: it is looked at again a moment later. */
async function isBeingAnswered(tx: WorkspaceTransaction, { conversationId }: Standing): Promise<boolean> {
  return (await liveLeases(tx, [conversationId])).has(conversationId)
}

async function assignTo(
  tx: WorkspaceTransaction,
  standing: Standing,
  memberId: string | null,
  teamId: string | null,
  now: Date,
): Promise<void> {
  const change = { change: 'assign' as const, memberId, teamId }
  await changeConversations(tx, { conversationIds: [standing.conversationId] }, change, { now, mayManage: true })
  standing.memberId = memberId
  standing.teamId = teamId
}

async function returnToQueue(
  tx: WorkspaceTransaction,
  standing: Standing,
  now: Date,
): Promise<StepOutcome | 'postponed'> {
  const { memberId } = standing
  if (!memberId) return 'was-so'
  if (await isBeingAnswered(tx, standing)) return 'postponed'
  await assignTo(tx, standing, null, standing.teamId, now)
  await tell(tx, standing, [memberId], 'returned')
  return 'done'
}

/** To whoever of its team, or of all where it has none, can take it and has most room; not to whom it lay with. */
async function reassign(tx: WorkspaceTransaction, standing: Standing, now: Date): Promise<StepOutcome | 'postponed'> {
  if (await isBeingAnswered(tx, standing)) return 'postponed'
  const able = await whoCanTake(tx, {
    at: now,
    permission: 'answers.speak',
    sourceId: standing.sourceId,
    language: standing.language,
    product: null,
    ...(standing.teamId ? { teamId: standing.teamId } : {}),
    loadOf: openByMember,
  })
  const next = able.find((memberId) => memberId !== standing.memberId)
  if (!next) return 'nobody-can'
  await assignTo(tx, standing, next, standing.teamId, now)
  return 'done'
}

/** A team gets it; a role is told of it and it stays where it is. */
async function escalate(
  tx: WorkspaceTransaction,
  standing: Standing,
  to: Extract<StepAction, { do: 'escalate' }>['to'],
  now: Date,
): Promise<StepOutcome | 'postponed'> {
  if (!('teamId' in to)) {
    const members = await withRole(tx, to)
    return members ? tell(tx, standing, members, 'escalated') : 'gone'
  }
  const team = await tx.sql
    .selectFrom('team')
    .select('team_id')
    .where('workspace_id', '=', tx.workspaceId)
    .where('team_id', '=', to.teamId)
    .executeTakeFirst()
  if (!team) return 'gone'
  const members = await teamOf(tx, to.teamId)
  if (standing.teamId !== to.teamId || (standing.memberId && !members.includes(standing.memberId))) {
    if (await isBeingAnswered(tx, standing)) return 'postponed'
    await assignTo(tx, standing, null, to.teamId, now)
  }
  const there = await thereOf(tx, members, now)
  await tell(tx, standing, there.length > 0 ? there : members, 'escalated')
  return 'done'
}

/** An owner is an admin. Null: the workspace has taken its role away. */
async function withRole(tx: WorkspaceTransaction, to: { role: string } | { roleId: string }): Promise<string[] | null> {
  if ('roleId' in to && !(await hasRole(tx, to.roleId))) return null
  const isMeant = ({ role, roleId }: Member): boolean =>
    'roleId' in to ? roleId === to.roleId : role === to.role || (to.role === 'admin' && role === 'owner')
  return (await listMembers(tx))
    .filter((member) => member.state === 'active' && isMeant(member))
    .map(({ memberId }) => memberId)
}

async function hasRole(tx: WorkspaceTransaction, roleId: string): Promise<boolean> {
  const { rows } = await sql`
    select from role where workspace_id = ${tx.workspaceId} and role_id = ${roleId}`.execute(tx.sql)
  return rows.length > 0
}
