import type { Change, ChangeReport, Conversation } from './shapes.ts'

interface Step {
  ids: string[]
  change: Change
}

/**
 * What undoes a change of exactly those that it changed. `before` holds the conversations as they were, where they were
 * loaded; of others only what cannot be wrong is taken back.
 */
export function takeBack(change: Change, changed: readonly string[], before: readonly Conversation[]): Step[] {
  const was = new Map(before.map((item) => [item.conversationId, item]))
  switch (change.change) {
    case 'tag':
      return [{ ids: [...changed], change: { change: 'tag', add: change.remove ?? [], remove: change.add ?? [] } }]
    case 'assign':
      return grouped(changed, (id) => {
        const item = was.get(id)
        return item ? { change: 'assign', memberId: item.assignedMemberId, teamId: item.assignedTeamId } : null
      })
    case 'prioritise':
      return grouped(changed, (id) => {
        const item = was.get(id)
        return item ? { change: 'prioritise', priority: item.priority } : null
      })
    default:
      return grouped(changed, (id) => stateBefore(was.get(id), change))
  }
}

/** Goes back step by step. What the server refuses on the way is told: that it was taken back was on screen already. */
export async function carryBack(
  steps: readonly Step[],
  carryOut: (step: Step) => Promise<ChangeReport>,
  tellRefused: (report: ChangeReport, change: Change) => void,
): Promise<void> {
  for (const step of steps) {
    const report = await carryOut(step)
    if (report.refused.length > 0) tellRefused({ ...report, changed: [], unchanged: 0 }, step.change)
  }
}

function stateBefore(item: Conversation | undefined, change: Change): Change | null {
  if (item?.state === 'snoozed' && item.snoozedUntil && item.snoozedUntil > new Date())
    return { change: 'snooze', until: item.snoozedUntil }
  if (item?.state === 'closed') return { change: 'close' }
  if (item) return { change: 'reopen' }
  // Not loaded: only open ones can be closed or snoozed from a list of open ones, which is what one does by filter.
  return change.change === 'reopen' ? null : { change: 'reopen' }
}

function grouped(ids: readonly string[], stepOf: (id: string) => Change | null): Step[] {
  const steps = new Map<string, Step>()
  for (const id of ids) {
    const change = stepOf(id)
    if (!change) continue
    const key = JSON.stringify(change)
    const step = steps.get(key)
    if (step) step.ids.push(id)
    else steps.set(key, { ids: [id], change })
  }
  return [...steps.values()]
}
