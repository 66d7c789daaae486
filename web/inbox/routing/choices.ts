import { useQuery } from '@tanstack/react-query'
import { JUDGEMENTS, LANGUAGE_UNKNOWN, ROUTED_INTENTS, ROUTED_SENTIMENTS } from '../../../contract/routing-words.ts'
import { useNetworkName } from '../../listening/network-names.ts'
import { useTopics } from '../../listening/post-facts.tsx'
import { useFormats } from '../../platform/formats.ts'
import { useTexts } from '../../platform/i18n.ts'
import { useApi, useMay } from '../../platform/session.ts'
import { usePeopleHere, useTags } from '../people-here.ts'

export interface Choice {
  value: string
  label: string
}

const ALWAYS_OFFERED = ['de', 'en', 'nl', 'fr', 'es', 'it', 'pl', 'tr', LANGUAGE_UNKNOWN]
const nothing = { input: {} }

/** Everything that a rule can name, with its name. */
export function useChoices() {
  const t = useTexts('inbox')
  const api = useApi()
  const formats = useFormats()
  const networkName = useNetworkName()
  const topics = useTopics()
  const { members, teams } = usePeopleHere()
  const tags = useTags()
  const sources = useQuery(api.listening.sources.list.queryOptions(nothing)).data?.items ?? []
  const calendars = useQuery(api.inbox.clocks.calendars.list.queryOptions(nothing)).data?.items ?? []
  const promises = useQuery(api.inbox.clocks.policies.list.queryOptions(nothing)).data?.items ?? []
  const staffing = useQuery(api.accounts.staffing.list.queryOptions(nothing)).data?.items ?? []
  const workspace = useQuery(api.accounts.workspaces.get.queryOptions(nothing)).data
  const webhooks = useQuery({
    ...api.inbox.routing.get.queryOptions(nothing),
    enabled: useMay('routing.manage'),
  }).data?.webhooks
  const segments = useQuery({
    ...api.people.segments.list.queryOptions({ input: { counts: 'false' } }),
    enabled: useMay('people.read'),
  }).data?.items
  const named = (values: readonly string[], nameOf: (value: string) => string): Choice[] =>
    values.map((value) => ({ value, label: nameOf(value) }))
  const own = workspace?.languages ?? []
  return {
    own,
    topics: [...topics.values()].map(({ topicId, name }) => ({ value: topicId, label: name })),
    sources: sources.map(({ sourceId, name }) => ({ value: sourceId, label: name })),
    networks: named([...new Set(sources.map(({ network }) => network.replace(/-stream$/, '')))], networkName),
    languages: named([...new Set([...own, ...ALWAYS_OFFERED])], (code) =>
      code === LANGUAGE_UNKNOWN ? t('routing.languageUnknown') : formats.languageName(code),
    ),
    sentiments: named(ROUTED_SENTIMENTS, (value) => t(`routing.sentiment.${value}`)),
    intents: named(ROUTED_INTENTS, (value) => t(`routing.intent.${value}`)),
    judgements: named(JUDGEMENTS, (value) => t(`routing.judgement.${value}`)),
    segments: (segments ?? []).map(({ segmentId, name }) => ({ value: segmentId, label: name })),
    calendars: calendars.map(({ calendarId, name }) => ({ value: calendarId, label: name })),
    teams: teams.map(({ teamId, name }) => ({ value: teamId, label: name })),
    members: members.map(({ memberId, name }) => ({ value: memberId, label: name })),
    tags: tags.map(({ tagId, name }) => ({ value: tagId, label: name })),
    products: [...new Set(staffing.flatMap(({ products }) => products))].sort(),
    promises: promises.map(({ clockPolicyId, name }) => ({ value: clockPolicyId, label: name })),
    webhooks: (webhooks ?? []).map(({ webhookId, name }) => ({ value: webhookId, label: name })),
  }
}
export type Choices = ReturnType<typeof useChoices>
