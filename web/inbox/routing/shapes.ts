import type { useApi } from '../../platform/session.ts'

type Routing = ReturnType<typeof useApi>['inbox']['routing']
export type SavedRules = Awaited<ReturnType<Routing['get']['call']>>
export type Rule = SavedRules['rules'][number]
export type Condition = Rule['conditions'][number]
export type Action = Rule['actions'][number]
export type Assignee = Extract<Action, { do: 'assign' }>['to']
export type RuleProblem = Awaited<ReturnType<Routing['check']['call']>>['problems'][number]
export type Run = Awaited<ReturnType<Routing['runs']['call']>>['items'][number]
export type Step = Awaited<ReturnType<Routing['dryRun']['call']>>
export type Findings = Step['findings']
export type RulePlace = Findings['rules'][number]['places'][number]
