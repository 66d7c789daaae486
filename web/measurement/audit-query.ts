import type { InferContractRouterOutputs } from '@orpc/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Contract } from '../../contract/index.ts'
import type { Api } from '../platform/api.ts'
import { isLanguage } from '../platform/i18n.ts'

const PAGE_AUDITS = 30
const REFRESH_MS = 1_500

export type Audit = InferContractRouterOutputs<Contract>['measurement']['audits']['list']['items'][number]

export const isUnderWay = ({ state }: Pick<Audit, 'state'>): boolean => state === 'queued' || state === 'running'

export const auditsOptions = (api: Api) =>
  infiniteQueryOptions({
    ...api.measurement.audits.list.infiniteOptions({
      input: (after: string | undefined) => ({ limit: PAGE_AUDITS, ...(after ? { after } : {}) }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(isUnderWay)) ? REFRESH_MS : false,
  })

export const auditOptions = (api: Api, auditId: string, language: string) =>
  queryOptions({
    ...api.measurement.audits.get.queryOptions({
      input: { auditId, language: isLanguage(language) ? language : 'en' },
    }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? REFRESH_MS : false),
  })
