import { IconChecks, IconHelpCircle, IconSend } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { WebModule } from '../platform/module.ts'
import { useApi } from '../platform/session.ts'

const COUNTED_MAX = 100

/** Only what waits for a person is counted: the rest takes care of itself. */
function useUndecided(): number | null {
  const input = { needsDecision: 'yes' as const, limit: COUNTED_MAX }
  const { data } = useQuery(useApi().publishing.deliveries.list.queryOptions({ input }))
  return data?.items.length || null
}

/** Texts of others that wait for the reader's eyes. */
function useWaiting(): number | null {
  const { data } = useQuery(useApi().publishing.approvals.count.queryOptions({ input: {} }))
  return data?.waiting || null
}

export const publishing: WebModule = {
  name: 'publishing',
  rail: [
    {
      id: 'approvals',
      label: 'publishing:approvals',
      icon: IconChecks,
      path: 'approvals',
      permission: 'answers.draft',
      useCount: useWaiting,
    },
    {
      id: 'outbox',
      label: 'publishing:title',
      icon: IconSend,
      path: 'outbox',
      permission: 'deliveries.decide',
      useCount: useUndecided,
    },
  ],
  commands: [
    {
      id: 'outbox-decide',
      label: 'publishing:command.decide',
      icon: IconHelpCircle,
      permission: 'deliveries.decide',
      run: ({ go }) => go('outbox', { show: 'decide' }),
    },
  ],
  live: {
    'approval.': (_event, api) => [api.publishing.approvals.key()],
    'policy.': (_event, api) => [api.publishing.policy.key()],
    'delivery.': (_event, api) => [api.publishing.deliveries.key(), api.inbox.answers.key()],
  },
}
