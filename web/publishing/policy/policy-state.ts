import type { useApi } from '../../platform/session.ts'

export type PolicyState = Awaited<ReturnType<ReturnType<typeof useApi>['publishing']['policy']['get']['call']>>
export type Document = PolicyState['document']
