import { useQuery } from '@tanstack/react-query'
import { usePeopleHere } from '../inbox/people-here.ts'
import { useTopics } from '../listening/post-facts.tsx'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import type { Column, ColumnInput } from './shapes.ts'

export interface Offered {
  value: string
  label: string
  kind: Column['kind']
  /** What it becomes. Null: more has to be said first. */
  column: ColumnInput | null
}

const nothing = { input: {} }
const NEW = { columnId: null, name: null }

export const mentionsColumn: ColumnInput = { ...NEW, kind: 'mentions', filters: { direction: 'in' }, order: 'newest' }
export const topicColumn = (topicId: string): ColumnInput => ({
  ...NEW,
  kind: 'topic',
  topicId,
  filters: {},
  order: 'newest',
})

/** What a column can be made of here, in groups. */
export function useOffered(): { label: string; options: Offered[] }[] {
  const t = useTexts('columns')
  const api = useApi()
  const topics = useTopics()
  const { teams } = usePeopleHere()
  const mayReadInbox = useMay('inbox.read')
  const mayReadPeople = useMay('people.read')
  const { data: views } = useQuery({ ...api.inbox.views.list.queryOptions(nothing), enabled: mayReadInbox })
  const first: Offered[] = [
    { value: 'mentions', label: t('kinds.mentions'), kind: 'mentions', column: mentionsColumn },
    { value: 'search', label: t('add.search'), kind: 'search', column: null },
    ...(mayReadPeople ? [{ value: 'person', label: t('add.person'), kind: 'person' as const, column: null }] : []),
  ]
  const topicColumns = [...topics.values()].map(
    ({ topicId, name }): Offered => ({ value: topicId, label: name, kind: 'topic', column: topicColumn(topicId) }),
  )
  const groups = [
    { label: t('add.posts'), options: first },
    { label: t('add.topics'), options: topicColumns },
  ]
  const queues = useQueues()
  if (!mayReadInbox) return groups
  const approvals: Offered = {
    value: 'approvals',
    label: t('kinds.approvals'),
    kind: 'approvals',
    column: { ...NEW, kind: 'approvals', filters: {}, order: 'due' },
  }
  const ofTeams = teams.map(({ teamId, name }) => queue(teamId, name, { state: 'open', teamId }))
  const ofViews = (views?.items ?? []).map(({ savedViewId, name, filters: { order, ...filters } }) =>
    queue(savedViewId, name, filters, order),
  )
  return [
    ...groups,
    { label: t('add.queues'), options: [...queues, approvals, ...ofTeams] },
    { label: t('add.views'), options: ofViews },
  ]
}

type Queue = Extract<ColumnInput, { kind: 'queue' }>

const queue = (value: string, name: string, filters: Queue['filters'], order: Queue['order'] = 'newest'): Offered => ({
  value,
  label: name,
  kind: 'queue',
  column: { columnId: null, name, kind: 'queue', filters, order },
})

/** Queues that every desk has. */
export function useQueues(): Offered[] {
  const t = useTexts('columns')
  return [
    queue('waiting', t('queues.waiting'), { state: 'open' }, 'waiting'),
    queue('due', t('queues.due'), { state: 'open' }, 'due'),
    queue('nobody', t('queues.nobody'), { state: 'open', assignee: 'nobody' }),
    queue('mine', t('queues.mine'), { state: 'open', assignee: 'me' }),
    queue('negative', t('queues.negative'), {}, 'negative'),
    queue('open', t('queues.open'), { state: 'open' }),
  ]
}
