import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi, useMay } from '../platform/session.ts'

/** Names of what the trail mentions by id: only lists that are short, complete and readable by this person. */
export function useSubjectNames(): Map<string, string> {
  const api = useApi()
  const input = { input: {} }
  const people = { enabled: useMay('members.read') }
  const members = useQuery({ ...api.accounts.members.list.queryOptions(input), ...people }).data
  const teams = useQuery({ ...api.accounts.teams.list.queryOptions(input), ...people }).data
  const topics = useQuery({ ...api.listening.topics.list.queryOptions(input), enabled: useMay('topics.read') }).data
  const sources = useQuery({ ...api.listening.sources.list.queryOptions(input), enabled: useMay('sources.read') }).data
  const tags = useQuery({ ...api.inbox.tags.list.queryOptions(input), enabled: useMay('inbox.read') }).data
  return useMemo(
    () =>
      new Map([
        ...(members?.items ?? []).map(({ memberId, name }) => [memberId, name] as const),
        ...(teams?.items ?? []).map(({ teamId, name }) => [teamId, name] as const),
        ...(topics?.items ?? []).map(({ topicId, name }) => [topicId, name] as const),
        ...(sources?.items ?? []).map(({ sourceId, name }) => [sourceId, name] as const),
        ...(tags?.items ?? []).map(({ tagId, name }) => [tagId, name] as const),
      ]),
    [members, teams, topics, sources, tags],
  )
}
