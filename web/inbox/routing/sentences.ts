import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { type Choice, useChoices } from './choices.ts'
import type { Action, Condition, Rule, RulePlace } from './shapes.ts'

/** Conditions, actions and whole rules in words. */
export function useRuleWords() {
  const t = useTexts('inbox')
  const formats = useFormats()
  const choices = useChoices()
  const nameOf = (options: Choice[], value: string) =>
    // What is still to be chosen was not removed.
    value === '' ? '…' : (options.find((option) => option.value === value)?.label ?? t('routing.gone'))
  const names = (options: Choice[], values: readonly string[]) =>
    formats.list(values.map((value) => nameOf(options, value)))

  const chosen = (condition: Condition): string => {
    switch (condition.about) {
      case 'text':
        return condition.query
      case 'topic':
        return names(choices.topics, condition.topicIds)
      case 'source':
        return names(choices.sources, condition.sourceIds)
      case 'network':
        return names(choices.networks, condition.networks)
      case 'language':
        return formats.list(
          condition.languages.map((code) =>
            code === 'und' ? t('routing.languageUnknown') : formats.languageName(code),
          ),
        )
      case 'sentiment':
        return names(choices.sentiments, condition.sentiments)
      case 'intent':
        return names(choices.intents, condition.intents)
      case 'relevance':
        return names(choices.judgements, condition.judgements)
      case 'segment':
        return names(choices.segments, condition.segmentIds)
      case 'score':
        return formats.number(condition.points)
      case 'reach':
        return formats.number(condition.followers)
      case 'time':
        return nameOf(choices.calendars, condition.calendarId)
      default:
        return ''
    }
  }
  const conditionText = (condition: Condition): string =>
    t(`routing.says.${condition.about}.${condition.is}`, {
      what: chosen(condition),
      ...(condition.about === 'score' ? { score: t(`routing.score.${condition.score}`) } : {}),
    })

  const actionText = (action: Action): string => {
    switch (action.do) {
      case 'assign': {
        const { to } = action
        if (to.kind === 'member') return t('routing.acts.assign.member', { name: nameOf(choices.members, to.memberId) })
        if (to.kind === 'team') return t('routing.acts.assign.team', { name: nameOf(choices.teams, to.teamId) })
        return to.teamId
          ? t('routing.acts.assign.skillTeam', { name: nameOf(choices.teams, to.teamId) })
          : t('routing.acts.assign.skill')
      }
      case 'priority':
        return t('routing.acts.priority', { name: t(`priority.${action.priority}`) })
      case 'tag':
        return t('routing.acts.tag', { name: names(choices.tags, action.tagIds) })
      case 'clock':
        return t('routing.acts.clock', { name: nameOf(choices.promises, action.clockPolicyId) })
      case 'webhook':
        return t('routing.acts.webhook', { name: nameOf(choices.webhooks, action.webhookId) })
      default:
        return t(`routing.acts.${action.do}`)
    }
  }

  const ruleText = ({ conditions, actions, stops, match }: Rule): string => {
    const done = actions.length > 0 ? formats.list(actions.map(actionText)) : t('routing.nothing')
    const said = { actions: stops ? `${done}; ${t('routing.stopsHere')}` : done }
    if (conditions.length === 0) return t('routing.always', said)
    return t('routing.when', { ...said, conditions: joined(conditions.map(conditionText), match) })
  }
  const joined = (texts: string[], match: Rule['match']): string =>
    match === 'all' ? formats.list(texts) : new Intl.ListFormat(formats.locale, { type: 'disjunction' }).format(texts)

  const placeText = ({ kind, teamId }: Pick<RulePlace, 'kind' | 'teamId'>): string => {
    if (kind === 'team') return t('routing.place.team', { name: nameOf(choices.teams, teamId ?? '') })
    if (kind === 'skill' && teamId) return t('routing.place.skillTeam', { name: nameOf(choices.teams, teamId) })
    return t(`routing.place.${kind}`)
  }
  return { choices, conditionText, actionText, ruleText, placeText, joined }
}
