import type { useApi } from '../platform/session.ts'

type List = ReturnType<typeof useApi>['privacy']['trail']['list']
export type TrailEntry = Awaited<ReturnType<List['call']>>['items'][number]

/** What tells one sentence of an event type from another: key of its text is `events.<type>_<context>`. */
export function contextOf({ type, codes }: Pick<TrailEntry, 'type' | 'codes'>): string | undefined {
  switch (type) {
    case 'member.changed':
      if (codes.signOff) return 'signOff'
      if (codes.state) return String(codes.state)
      return codes.role ? 'role' : undefined
    case 'conversation.assigned':
      return codes.toNobody ? 'nobody' : undefined
    case 'conversation.closed':
      return codes.because === 'answered' ? 'answered' : undefined
    case 'topic.changed':
      return codes.queryChanged ? 'query' : undefined
    case 'source.changed':
      return codes.credentials ? 'credentials' : undefined
    case 'import.ended':
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
    const kind = key.replace(/Ids?$/, '').replace(/^posts$/, 'post')
    return kind === 'workspace' ? [] : [value].flat().map((id) => ({ kind, id }))
  })
}

/** 'conversation.closed' → 'conversation'. */
export const groupOf = (type: string): string => type.split('.')[0] ?? type

/** Where a subject of this kind has a screen, below the workspace; null where it has none. */
export function screenOf({ kind, id }: Subject): string | null {
  if (kind === 'member') return 'settings/members'
  if (kind === 'team') return 'settings/teams'
  if (kind === 'apiKey') return 'settings/keys'
  if (kind === 'macro') return 'settings/macros'
  if (kind === 'tag' || kind === 'added' || kind === 'removed') return 'settings/tags'
  if (kind === 'source') return 'listening/sources'
  if (kind === 'topic') return `listening/topics/${id}`
  if (kind === 'import') return `listening/imports/${id}`
  if (kind === 'author') return `people/authors/${id}`
  if (kind === 'person') return `people/persons/${id}`
  return null
}
