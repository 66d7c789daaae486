import type { useApi } from '../platform/session.ts'

type Plan = ReturnType<typeof useApi>['plan']
export type Goal = Awaited<ReturnType<Plan['goals']['list']['call']>>['items'][number]
export type Stakeholder = Awaited<ReturnType<Plan['stakeholders']['list']['call']>>['items'][number]
export type Scenario = Awaited<ReturnType<Plan['scenarios']['get']['call']>>
export type Walk = Scenario['walks'][number]
export type DeskCheck = Awaited<ReturnType<Plan['desk']['call']>>['checks'][number]
