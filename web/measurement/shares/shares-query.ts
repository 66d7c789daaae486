import type { InferContractRouterOutputs } from '@orpc/contract'
import type { Contract } from '../../../contract/index.ts'
import type { Api } from '../../platform/api.ts'
import type { Formats } from '../../platform/formats.ts'
import { searchOf, text } from '../../platform/search-params.ts'

export type Shares = InferContractRouterOutputs<Contract>['measurement']['shares']['read']
export type Share = Shares['items'][number]

export const SHARES_DAYS = [7, 30, 90] as const

export const readSharesSearch = searchOf({ days: text })
/** What the address says; a month where it says nothing that can be chosen. */
export const sharesDays = (said: string | undefined): number => SHARES_DAYS.find((days) => String(days) === said) ?? 30

/** Mentions come all the time: what stands here is a minute old at most. */
const REFRESH_MS = 60_000
export const sharesOptions = (api: Api, days: number) => ({
  ...api.measurement.shares.read.queryOptions({ input: { days } }),
  refetchInterval: REFRESH_MS,
})

type Texts = (key: 'shares.more' | 'shares.less' | 'shares.same', values: { points: string }) => string

/** In percentage points, because a share of a share says nothing. Nothing where the period before had no mentions. */
export function changeOf(
  { share, shareBefore }: Pick<Share, 'share' | 'shareBefore'>,
  formats: Formats,
  t: Texts,
): { change?: string } {
  if (share === null || shareBefore === null) return {}
  const tenths = Math.round((share - shareBefore) * 1_000)
  const points = formats.number(Math.abs(tenths) / 10)
  if (tenths === 0) return { change: t('shares.same', { points }) }
  return { change: t(tenths > 0 ? 'shares.more' : 'shares.less', { points }) }
}
