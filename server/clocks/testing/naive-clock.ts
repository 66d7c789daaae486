import type { ClockName } from '../../../contract/clock-words.ts'
import type { ClockEvent } from '../events.ts'
import type { PolicyRules } from '../policy-rules.ts'

/**
 * What a clock means, minute by minute, for tests. Events lie on whole minutes, one at a time; what holds at a minute is asked of
 * the whole history before it.
 */
export interface NaiveWait {
  key: string
  startedAt: number
  endedAt: number | null
  by: 'answered' | 'closed' | null
  counted: number
  /** What was counted by each instant. */
  countedBy: Map<number, number>
  /** When the target was reached, were it after the end. */
  dueAt: number | null
}

const MINUTE = 60_000
type Kind = ClockEvent['kind']

interface Walk {
  rules: PolicyRules
  clock: ClockName
  waits: NaiveWait[]
  settledBy: string
  answeredOnce: boolean
}

export function simulate(
  rules: PolicyRules,
  clock: ClockName,
  told: readonly ClockEvent[],
  time: { now: number; until: number; isOpen(at: number): boolean },
): NaiveWait[] {
  const events = standing(rules, told, time.now)
  const walk: Walk = { rules, clock, waits: [], settledBy: 'start', answeredOnce: false }
  const first = events.find(({ kind }) => kind === 'customer-wrote')?.at ?? time.until
  let history: ClockEvent[] = events.filter(({ at }) => at < first)
  for (let t = first; t < time.until; t += MINUTE) {
    noticeDue(walk, history, t)
    const event = events.find(({ at }) => at === t)
    if (event) {
      happen(walk, event, history)
      history = [...history, event]
    }
    const wait = walk.waits.at(-1)
    wait?.countedBy.set(t, wait.counted)
    noticeDue(walk, history, t)
    if (wait && time.isOpen(t) && !isPaused(rules, clock, history, t)) wait.counted += 1
  }
  return walk.waits
}

/** What was known by then, in order, of the answers those that count. */
function standing(rules: PolicyRules, told: readonly ClockEvent[], now: number): ClockEvent[] {
  const known = told.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
  const isVoided = (id: string): boolean => known.some((e) => e.kind === 'answer-voided' && e.answerId === id)
  return known.filter((e) => e.kind !== 'answered' || (!isVoided(e.id) && rules.answers.includes(e.as)))
}

function happen(walk: Walk, event: ClockEvent, before: readonly ClockEvent[]): void {
  const { clock, waits } = walk
  const wait = waits.at(-1)
  const wasClosed = isLast(before, ['closed'], ['customer-wrote', 'reopened'])
  const opensAgain = wasClosed && (event.kind === 'customer-wrote' || event.kind === 'reopened')
  if (startsNew(walk, event, opensAgain)) {
    waits.push({
      key: walk.settledBy,
      startedAt: event.at,
      endedAt: null,
      by: null,
      counted: 0,
      countedBy: new Map(),
      dueAt: null,
    })
  } else if (wait?.by === 'closed' && opensAgain && (event.kind === 'reopened' || clock === 'resolution')) {
    wait.endedAt = null
    wait.by = null
  }
  end(walk, event)
  if (event.kind === 'answered') walk.answeredOnce = true
}

function end(walk: Walk, event: ClockEvent): void {
  const wait = walk.waits.at(-1)
  const ends = walk.clock === 'resolution' ? ['closed'] : ['answered', 'closed']
  if (!wait || !ends.includes(event.kind)) return
  if (wait.by !== null && !(wait.by === 'closed' && event.kind === 'answered')) return
  wait.endedAt = event.at
  wait.by = event.kind as 'answered' | 'closed'
  walk.settledBy = event.id
}

function startsNew({ clock, rules, waits, answeredOnce }: Walk, event: ClockEvent, opensAgain: boolean): boolean {
  const wait = waits.at(-1)
  if (clock === 'resolution') {
    return wait ? wait.by === 'closed' && opensAgain && rules.reopening === 'restart' : event.kind === 'customer-wrote'
  }
  if (event.kind !== 'customer-wrote' || wait?.by === null) return false
  return clock === 'next-answer' ? answeredOnce : !answeredOnce
}

function noticeDue({ waits, rules, clock }: Walk, history: readonly ClockEvent[], t: number): void {
  const wait = waits.at(-1)
  const target = targetAt(rules, clock, history)
  if (wait && wait.dueAt === null && target !== null && wait.counted >= target) wait.dueAt = t
}

/** Whether the last of all these kinds is one of the first ones. */
function isLast(history: readonly ClockEvent[], begins: Kind[], ends: Kind[]): boolean {
  const last = history.findLast(({ kind }) => begins.includes(kind) || ends.includes(kind))
  return last !== undefined && begins.includes(last.kind)
}

export function isPaused(rules: PolicyRules, clock: ClockName, history: readonly ClockEvent[], t: number): boolean {
  const { pauses } = rules
  if (clock === 'resolution' && isLast(history, ['closed'], ['customer-wrote', 'reopened'])) return true
  if (pauses.waiting && isLast(history, ['waiting-begun'], ['waiting-ended', 'customer-wrote', 'closed'])) return true
  const snooze = history.findLast(({ kind }) => ['snoozed', 'woken', 'customer-wrote', 'closed'].includes(kind))
  if (pauses.snoozed && snooze?.kind === 'snoozed' && snooze.until > t) return true
  const crises = history.flatMap((e) => ('crisisId' in e ? [e] : []))
  return pauses.crisis && crises.some((e) => crises.findLast((f) => f.crisisId === e.crisisId)?.kind === 'crisis-begun')
}

function targetAt(rules: PolicyRules, clock: ClockName, history: readonly ClockEvent[]): number | null {
  const changes = history.flatMap((e) => (e.kind === 'changed' ? [e] : []))
  const priority = changes.findLast((e) => e.priority !== undefined)?.priority ?? null
  const segments = changes.findLast((e) => e.segments !== undefined)?.segments ?? []
  const target = rules.targets.find(
    (each) =>
      each.clock === clock &&
      (each.priority === undefined || each.priority === priority) &&
      (each.segment === undefined || segments.includes(each.segment)),
  )
  return target?.minutes ?? null
}
