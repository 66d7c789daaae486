import type { InferContractRouterOutputs } from '@orpc/contract'
import { CLOCKS, type ClockName } from '../../../contract/clock-words.ts'
import type { Contract } from '../../../contract/index.ts'
import { RESPONSE_BY, type ResponseBy } from '../../../contract/response-words.ts'
import type { Api } from '../../platform/api.ts'
import { oneOf, searchOf } from '../../platform/search-params.ts'

type Outputs = InferContractRouterOutputs<Contract>['measurement']['response']
export type ResponseFigures = Outputs['read']
export type Group = ResponseFigures['groups'][number]
export type Figures = NonNullable<Group['total']>
export type Row = Outputs['rows']['items'][number]

export const RESPONSE_WEEKS = 12

export const readResponseSearch = searchOf({ clock: oneOf(CLOCKS), by: oneOf(RESPONSE_BY) })
export interface Asked {
  clock: ClockName
  by: ResponseBy
}
/** What the address says; how soon somebody is first answered where it says nothing. */
export const askedIn = ({ clock = 'first-answer', by = 'all' }: ReturnType<typeof readResponseSearch>): Asked => ({
  clock,
  by,
})

export const responseOptions = (api: Api, asked: Asked) =>
  api.measurement.response.read.queryOptions({ input: { ...asked, weeks: RESPONSE_WEEKS } })
