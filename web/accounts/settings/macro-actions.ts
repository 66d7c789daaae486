import type { MacroAction } from '../../../contract/inbox-setup.ts'

/** What a macro does beside its text, as the dialog's fields hold it. */
export interface MacroDeeds {
  tagIds: string[]
  /** 'member:ID', 'team:ID', or '' for nobody. */
  assignee: string
  after: 'nothing' | 'close' | 'snooze'
  snoozeHours: number
}

const SNOOZE_HOURS = 24

export function deedsOf(actions: readonly MacroAction[]): MacroDeeds {
  const deeds: MacroDeeds = { tagIds: [], assignee: '', after: 'nothing', snoozeHours: SNOOZE_HOURS }
  for (const action of actions) {
    if (action.action === 'tag') deeds.tagIds.push(action.tagId)
    if (action.action === 'assign' && action.memberId) deeds.assignee = `member:${action.memberId}`
    else if (action.action === 'assign' && action.teamId) deeds.assignee = `team:${action.teamId}`
    if (action.action === 'close') deeds.after = 'close'
    if (action.action === 'snooze') {
      deeds.after = 'snooze'
      deeds.snoozeHours = action.hours
    }
  }
  return deeds
}

export function actionsOf({ tagIds, assignee, after, snoozeHours }: MacroDeeds): MacroAction[] {
  const [kind, id] = assignee.split(':')
  return [
    ...tagIds.map((tagId) => ({ action: 'tag' as const, tagId })),
    ...(id
      ? [{ action: 'assign' as const, memberId: kind === 'member' ? id : null, teamId: kind === 'team' ? id : null }]
      : []),
    ...(after === 'close' ? [{ action: 'close' as const }] : []),
    ...(after === 'snooze' ? [{ action: 'snooze' as const, hours: snoozeHours }] : []),
  ]
}
