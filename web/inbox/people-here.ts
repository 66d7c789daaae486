import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useWorkspace } from '../platform/session.ts'
import type { ConversationTag, Member, Team } from './shapes.ts'

const nothing = { input: {} }
const NO_MEMBERS: Member[] = []
const NO_TEAMS: Team[] = []
const NO_TAGS: ConversationTag[] = []

/** Colleagues and teams by id; empty until they are there, so that the list never waits for names. */
export function usePeopleHere() {
  const api = useApi()
  const { memberId } = useWorkspace()
  const { data: members } = useQuery(api.accounts.members.list.queryOptions(nothing))
  const { data: teams } = useQuery(api.accounts.teams.list.queryOptions(nothing))
  const memberList = members?.items ?? NO_MEMBERS
  const teamList = teams?.items ?? NO_TEAMS
  return useMemo(() => {
    const names = new Map(memberList.map((member) => [member.memberId, member.name]))
    const teamNames = new Map(teamList.map((team) => [team.teamId, team.name]))
    return {
      me: memberId,
      members: memberList.filter(({ state }) => state === 'active'),
      teams: teamList,
      nameOf: (id: string) => names.get(id),
      teamNameOf: (id: string) => teamNames.get(id),
    }
  }, [memberList, teamList, memberId])
}
export type PeopleHere = ReturnType<typeof usePeopleHere>

/** Who has it, as a word: "You", a name, a team, or null for nobody. */
export function useAssigneeName(): (item: {
  assignedMemberId: string | null
  assignedTeamId: string | null
}) => string | null {
  const t = useTexts('inbox')
  const { me, nameOf, teamNameOf } = usePeopleHere()
  return ({ assignedMemberId, assignedTeamId }) => {
    if (assignedMemberId === me) return t('you')
    if (assignedMemberId) return nameOf(assignedMemberId) ?? t('formerMember')
    return assignedTeamId ? (teamNameOf(assignedTeamId) ?? null) : null
  }
}

export function useTags(): ConversationTag[] {
  return useQuery(useApi().inbox.tags.list.queryOptions(nothing)).data?.items ?? NO_TAGS
}
