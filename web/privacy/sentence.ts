import type { useApi } from '../platform/session.ts'

type List = ReturnType<typeof useApi>['privacy']['trail']['list']
export type TrailEntry = Awaited<ReturnType<List['call']>>['items'][number]

/** What tells one sentence of an event type from another: key of its text is `events.<type>_<context>`. */
export function contextOf({
  type,
  codes,
  subjects = {},
}: Pick<TrailEntry, 'type' | 'codes'> & Partial<Pick<TrailEntry, 'subjects'>>): string | undefined {
  switch (type) {
    case 'member.changed':
      if (codes.signOff) return 'signOff'
      if (codes.state) return String(codes.state)
      if (subjects.roleId) return 'own-role'
      return codes.role ? 'role' : undefined
    case 'member.invited':
      return subjects.roleId ? 'own-role' : undefined
    case 'suggestion.policy-changed':
      return String(codes.mode)
    case 'suggestion.confirmed':
      return codes.automatic ? 'automatic' : undefined
    case 'conversation.assigned':
      return codes.toNobody ? 'nobody' : undefined
    case 'conversation.closed':
      return codes.because === 'answered' ? 'answered' : undefined
    case 'approval.approved':
    case 'approval.declined':
      return codes.guest ? 'guest' : undefined
    case 'topic.changed':
      return codes.queryChanged ? 'query' : undefined
    case 'source.changed':
      if (codes.budget) return 'budget'
      return codes.credentials ? 'credentials' : undefined
    case 'import.ended':
    case 'audit.ended':
      return String(codes.state ?? '')
    default:
      return undefined
  }
}

export interface Subject {
  /** 'conversation', 'member', …: key of its text, as far as it has one. */
  kind: string
  id: string
}

/** What it happened to. Names of subjects come in two forms: `topic` and `topicId`. The workspace is where one is. */
export function subjectsOf(entry: Pick<TrailEntry, 'subjects'>): Subject[] {
  return Object.entries(entry.subjects).flatMap(([key, value]) => {
    const kind = key.replace(/Ids?$/, '').replace(/^(post|author|person)s$/, '$1')
    return kind === 'workspace' ? [] : [value].flat().map((id) => ({ kind, id }))
  })
}

/** 'conversation.closed' → 'conversation'. */
export const groupOf = (type: string): string => type.split('.')[0] ?? type

/** Of one kind, in the order they came. A batch of heard posts names hundreds of them. */
export const byKind = (subjects: readonly Subject[]): [kind: string, subjects: Subject[]][] => [
  ...Map.groupBy(subjects, ({ kind }) => kind),
]

interface Screen {
  /** Below the workspace. */
  path: string
  search?: Record<string, string>
}

/** Where a subject of this kind has a screen; null where it has none. */
export function screenOf({ kind, id }: Subject): Screen | null {
  switch (kind) {
    case 'member':
    case 'mentions':
      return { path: 'settings/members' }
    case 'team':
      return { path: 'settings/teams' }
    case 'apiKey':
      return { path: 'settings/keys' }
    case 'macro':
      return { path: 'settings/macros' }
    case 'tag':
    case 'added':
    case 'removed':
      return { path: 'settings/tags' }
    case 'source':
      return { path: `listening/sources/${id}` }
    case 'topic':
      return { path: `listening/topics/${id}` }
    case 'import':
      return { path: `listening/imports/${id}` }
    case 'post':
      return { path: 'listening/posts', search: { post: id } }
    case 'author':
      return { path: `people/authors/${id}` }
    case 'person':
    case 'from':
      return { path: `people/persons/${id}` }
    case 'conversation':
      return { path: `inbox/${id}` }
    default:
      return null
  }
}
