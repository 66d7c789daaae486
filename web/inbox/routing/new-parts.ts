import type { ConditionKind } from '../../../contract/routing-words.ts'
import type { Choices } from './choices.ts'
import type { Action, Condition, Rule } from './shapes.ts'

export const newRule = (name: string): Rule => ({
  ruleId: crypto.randomUUID(),
  name,
  on: true,
  asks: 'first',
  match: 'all',
  conditions: [],
  actions: [],
  stops: false,
})

/** A condition that is about something else now begins with nothing chosen. */
export function newCondition(about: ConditionKind, languages: string[]): Condition {
  const among = { is: 'any-of' } as const
  switch (about) {
    case 'text':
      return { about, is: 'matches', query: '', languages }
    case 'topic':
      return { about, ...among, topicIds: [] }
    case 'source':
      return { about, ...among, sourceIds: [] }
    case 'network':
      return { about, ...among, networks: [] }
    case 'language':
      return { about, ...among, languages: [] }
    case 'sentiment':
      return { about, ...among, sentiments: ['negative'] }
    case 'intent':
      return { about, ...among, intents: ['complaint'] }
    case 'relevance':
      return { about, ...among, judgements: ['for-us'] }
    case 'segment':
      return { about, ...among, segmentIds: [] }
    case 'score':
      return { about, score: 'value', is: 'at-least', points: 70 }
    case 'reach':
      return { about, is: 'at-least', followers: 10_000 }
    case 'time':
      return { about, is: 'outside', calendarId: '' }
    default:
      return { about, is: 'yes' }
  }
}

export function newAction(kind: Action['do'], choices: Choices): Action {
  const first = (options: { value: string }[]) => options[0]?.value ?? ''
  switch (kind) {
    case 'assign':
      return { do: kind, to: { kind: 'team', teamId: first(choices.teams) } }
    case 'priority':
      return { do: kind, priority: 'high' }
    case 'tag':
      return { do: kind, tagIds: [] }
    case 'clock':
      return { do: kind, clockPolicyId: first(choices.promises) }
    case 'webhook':
      return { do: kind, webhookId: first(choices.webhooks) }
    default:
      return { do: kind }
  }
}

/** The server would refuse its shape: something is still to be chosen or typed. */
export const isUnfinished = ({ name, conditions, actions }: Rule): boolean =>
  name.trim() === '' || conditions.some(isOpen) || actions.some(isOpenAction)

function isOpen(condition: Condition): boolean {
  if (condition.about === 'text') return condition.query.trim() === ''
  return Object.values(condition).some((value) => value === '' || (Array.isArray(value) && value.length === 0))
}

function isOpenAction(action: Action): boolean {
  if (action.do === 'assign')
    return (
      (action.to.kind === 'team' && action.to.teamId === '') ||
      (action.to.kind === 'member' && action.to.memberId === '')
    )
  return Object.values(action).some((value) => value === '' || (Array.isArray(value) && value.length === 0))
}
