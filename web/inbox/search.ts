import type { ConversationFilters } from '../../contract/inbox-conversations.ts'
import { oneOf, searchOf, text } from '../platform/search-params.ts'

/** The list's filters live in the address: back, reload and a shared link keep the place. */
export const STATES = ['open', 'snoozed', 'closed', 'all'] as const
export const ORDERS = ['newest', 'oldest', 'due', 'waiting', 'negative'] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const ASSIGNEES = ['me', 'nobody'] as const
const DUE = ['late', 'soon'] as const
const WAITING = ['yes', 'no'] as const
const UNANSWERED = ['negative'] as const

export const readInboxSearch = searchOf({
  state: oneOf(STATES),
  assignee: oneOf(ASSIGNEES),
  member: text,
  team: text,
  tag: text,
  topic: text,
  author: text,
  person: text,
  segment: text,
  network: text,
  language: text,
  priority: oneOf(PRIORITIES),
  waiting: oneOf(WAITING),
  unanswered: oneOf(UNANSWERED),
  due: oneOf(DUE),
  q: text,
  order: oneOf(ORDERS),
})
export type InboxSearch = ReturnType<typeof readInboxSearch>
export type StateChoice = (typeof STATES)[number]
export type Order = (typeof ORDERS)[number]

/** Nothing said: the open ones, newest first. */
export const stateOf = (search: InboxSearch): StateChoice => search.state ?? 'open'
export const orderOf = (search: InboxSearch): Order => search.order ?? 'newest'

/** Absent keys stay absent: a key with `undefined` would be another query. */
export function filtersOf(search: InboxSearch): ConversationFilters {
  const state = stateOf(search)
  const filters: ConversationFilters = {
    state: state === 'all' ? undefined : state,
    assignee: search.assignee,
    memberId: search.member,
    teamId: search.team,
    tagId: search.tag,
    topicId: search.topic,
    authorId: search.author,
    personId: search.person,
    segmentId: search.segment,
    network: search.network,
    language: search.language,
    priority: search.priority,
    waiting: search.waiting,
    unanswered: search.unanswered,
    due: search.due,
    text: search.q,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

export function searchOfFilters(filters: ConversationFilters & { order?: Order | undefined }): InboxSearch {
  const search: InboxSearch = readInboxSearch({
    // A view without a state shows all states.
    state: filters.state ?? 'all',
    assignee: filters.assignee,
    member: filters.memberId,
    team: filters.teamId,
    tag: filters.tagId,
    topic: filters.topicId,
    author: filters.authorId,
    person: filters.personId,
    segment: filters.segmentId,
    network: filters.network,
    language: filters.language,
    priority: filters.priority,
    waiting: filters.waiting,
    unanswered: filters.unanswered,
    due: filters.due,
    q: filters.text,
    order: filters.order,
  })
  return plain(search)
}

/** Without what goes without saying, so that the same list has one address. */
export function plain(search: InboxSearch): InboxSearch {
  return Object.fromEntries(
    Object.entries(search).filter(
      ([key, value]) =>
        value !== undefined && !(key === 'state' && value === 'open') && !(key === 'order' && value === 'newest'),
    ),
  )
}

export const sameSearch = (one: InboxSearch, other: InboxSearch): boolean => keyOf(one) === keyOf(other)

const keyOf = (search: InboxSearch): string =>
  JSON.stringify(Object.entries(plain(search)).sort(([one], [other]) => (one < other ? -1 : 1)))

/** Whether more than the state is asked for: then "nothing here" means "nothing fits", not "all done". */
export const isNarrowed = (search: InboxSearch): boolean =>
  Object.keys(plain(search)).some((key) => key !== 'state' && key !== 'order')
