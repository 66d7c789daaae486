import { sql } from 'kysely'
import type { z } from 'zod'
import { SPANS_MAX, type StepOutcome, WAITS_EXPLAINED_MAX } from '../../../contract/clock-words.ts'
import type { ClockWait, clocks as contract } from '../../../contract/inbox-clocks.ts'
import { explainReading, planSteps } from '../../clocks/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import { requireAtSource } from '../../platform/reach.ts'
import { requireConversation } from '../conversation.ts'
import { type CrisesOf, type Facts, readFacts } from './facts.ts'
import { readPromises } from './promises.ts'
import { reminderOf } from './reminders.ts'
import { type Wait, waitsOf } from './waits.ts'

type Explained = z.output<NonNullable<(typeof contract.of)['~orpc']['outputSchema']>>

interface DoneStep {
  kind: string
  epoch: string
  step: string
  done_at: Date
  outcome: StepOutcome
}

/** Read from the events at this moment, not from what was kept: what is shown is what can be shown to be so. */
export async function explainClocks(
  tx: WorkspaceTransaction,
  conversationId: string,
  now: Date,
  crisesOf: CrisesOf,
): Promise<Explained> {
  const { state } = await requireConversation(tx, conversationId)
  const promises = await readPromises(tx)
  const [facts] = await readFacts(tx, [conversationId], crisesOf)
  const waits = facts ? waitsOf(promises, facts, now.getTime()) : []
  const { rows: done } = await sql<DoneStep>`
    select kind, epoch, step, done_at, outcome from clock_step
    where workspace_id = ${tx.workspaceId} and conversation_id = ${conversationId}`.execute(tx.sql)
  return {
    now,
    waits: waits
      .sort((a, b) => b.reading.epoch.startedAt - a.reading.epoch.startedAt)
      .slice(0, WAITS_EXPLAINED_MAX)
      .map((wait) => present(wait, conversationId, done, now)),
    turn: state === 'closed' || !facts ? null : turnOf(facts),
    remindMeAt: await reminderOf(tx, conversationId),
  }
}

function present({ promise, reading }: Wait, conversationId: string, done: DoneStep[], now: Date): ClockWait {
  const { epoch } = reading
  const spans = explainReading(promise.policy, reading, now.getTime())
  const own = done.filter(({ kind, epoch: key }) => kind === reading.clock && key === epoch.key)
  return {
    clock: reading.clock,
    epoch: epoch.key,
    clockPolicyId: promise.clockPolicyId,
    policyName: promise.name,
    policyVersion: promise.version,
    state: reading.state,
    because: reading.because,
    startedAt: new Date(epoch.startedAt),
    endedAt: epoch.endedAt === null ? null : new Date(epoch.endedAt),
    endedBy: epoch.endedBy,
    targetMinutes: reading.targetMinutes,
    elapsedMinutes: reading.elapsedMinutes,
    dueAt: reading.dueAt === null ? null : new Date(reading.dueAt),
    dueUnknown: reading.dueUnknown,
    spans: spans
      .slice(-SPANS_MAX)
      .map(({ from, until, ...span }) => ({ ...span, from: new Date(from), until: new Date(until) })),
    earlierSpans: Math.max(0, spans.length - SPANS_MAX),
    steps: planSteps(promise.policy, conversationId, reading, now.getTime()).map((step) => {
      const kept = own.find((each) => each.step === step.step)
      return {
        step: step.step,
        action: step.action as ClockWait['steps'][number]['action'],
        time: step.time,
        at: step.at === null ? null : new Date(step.at),
        doneAt: kept?.done_at ?? null,
        outcome: kept?.outcome ?? null,
      }
    }),
  }
}

/** Whoever spoke last has given the turn away; somebody may have said otherwise since. */
function turnOf({ events }: Facts): 'ours' | 'customer' {
  const last = events
    .filter(({ kind }) => kind === 'customer-wrote' || kind === 'waiting-begun' || kind === 'waiting-ended')
    .sort((a, b) => a.at - b.at)
    .at(-1)
  return last?.kind === 'waiting-begun' ? 'customer' : 'ours'
}

/** After an answer it is the customer's turn; "we look into it" leaves it with us, and no clock that pauses must be won by it. */
export async function takeTurn(
  tx: WorkspaceTransaction,
  conversationId: string,
  turn: 'ours' | 'customer',
): Promise<void> {
  const { source_id } = await requireConversation(tx, conversationId)
  requireAtSource(tx, source_id)
  tx.record({ type: 'conversation.turn-taken', subjects: { conversationId }, codes: { turn } })
}
