import {
  IconClock,
  IconFlag,
  IconHash,
  IconLanguage,
  IconMoodSad,
  IconTag,
  IconUser,
  IconUserCircle,
  IconUsersGroup,
  IconWorld,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { PRIORITIES } from '../../contract/routing-words.ts'
import { useNetworkName } from '../listening/network-names.ts'
import { useTopics } from '../listening/post-facts.tsx'
import { useFormats } from '../platform/formats.ts'
import { useTexts } from '../platform/i18n.ts'
import { useApi, useMay } from '../platform/session.ts'
import { usePeopleHere, useTags } from './people-here.ts'
import type { InboxSearch } from './search.ts'

export interface FilterKind {
  key: keyof InboxSearch
  label: string
  icon: ComponentType<{ size?: number | string; stroke?: number | string; 'aria-hidden'?: boolean }>
  options: { value: string; label: string }[]
  /** Others that go when this one is set. */
  excludes: (keyof InboxSearch)[]
}

const ALWAYS_OFFERED = ['de', 'en', 'nl']

/** What a list can be narrowed by, with what there is to choose from. */
export function useFilterKinds(): FilterKind[] {
  const t = useTexts('inbox')
  const api = useApi()
  const formats = useFormats()
  const networkName = useNetworkName()
  const { members, teams, me } = usePeopleHere()
  const tags = useTags()
  const topics = useTopics()
  const { data: workspace } = useQuery(api.accounts.workspaces.get.queryOptions({ input: {} }))
  const { data: sources } = useQuery(api.listening.sources.list.queryOptions({ input: {} }))
  const mayReadPeople = useMay('people.read')
  const { data: segments } = useQuery({
    ...api.people.segments.list.queryOptions({ input: { counts: 'false' } }),
    enabled: mayReadPeople,
  })
  const languages = [...new Set([...(workspace?.languages ?? []), ...ALWAYS_OFFERED])]
  const networks = [...new Set((sources?.items ?? []).map(({ network }) => networkOfPosts(network)))]
  return [
    {
      key: 'assignee',
      label: t('filter.assignee'),
      icon: IconUserCircle,
      options: [
        { value: 'me', label: t('filter.mine') },
        { value: 'nobody', label: t('filter.unassigned') },
      ],
      excludes: ['member', 'team'],
    },
    {
      key: 'member',
      label: t('filter.colleague'),
      icon: IconUser,
      options: members
        .filter(({ memberId }) => memberId !== me)
        .map(({ memberId, name }) => ({ value: memberId, label: name })),
      excludes: ['assignee', 'team', 'due'],
    },
    {
      key: 'team',
      label: t('filter.team'),
      icon: IconUsersGroup,
      options: teams.map(({ teamId, name }) => ({ value: teamId, label: name })),
      excludes: ['assignee', 'member'],
    },
    {
      key: 'priority',
      label: t('filter.priority'),
      icon: IconFlag,
      options: PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) })),
      excludes: [],
    },
    {
      key: 'waiting',
      label: t('filter.waiting'),
      icon: IconClock,
      options: [
        { value: 'yes', label: t('filter.waits') },
        { value: 'no', label: t('filter.answered') },
      ],
      excludes: [],
    },
    {
      key: 'due',
      label: t('filter.due'),
      icon: IconClock,
      options: [
        { value: 'late', label: t('filter.late') },
        { value: 'soon', label: t('filter.soon') },
      ],
      // How late a colleague is, is nothing that a list says.
      excludes: ['member'],
    },
    {
      key: 'unanswered',
      label: t('filter.mood'),
      icon: IconMoodSad,
      options: [{ value: 'negative', label: t('filter.negative') }],
      excludes: [],
    },
    {
      key: 'tag',
      label: t('filter.tag'),
      icon: IconTag,
      options: tags.map(({ tagId, name }) => ({ value: tagId, label: name })),
      excludes: [],
    },
    {
      key: 'topic',
      label: t('filter.topic'),
      icon: IconHash,
      options: [...topics.values()].map(({ topicId, name }) => ({ value: topicId, label: name })),
      excludes: [],
    },
    {
      key: 'segment',
      label: t('filter.segment'),
      icon: IconUsersGroup,
      options: (segments?.items ?? []).map(({ segmentId, name }) => ({ value: segmentId, label: name })),
      excludes: [],
    },
    {
      key: 'network',
      label: t('filter.network'),
      icon: IconWorld,
      options: networks.map((network) => ({ value: network, label: networkName(network) })),
      excludes: [],
    },
    {
      key: 'language',
      label: t('filter.language'),
      icon: IconLanguage,
      options: languages.map((language) => ({ value: language, label: formats.languageName(language) })),
      excludes: [],
    },
  ]
}

/** A stream brings posts of its network. */
const networkOfPosts = (network: string) => network.replace(/-stream$/, '')
