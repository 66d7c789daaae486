import type { useApi } from '../../platform/session.ts'

type List = ReturnType<typeof useApi>['accounts']['roles']['list']
/** A role of the workspace's own. */
export type OwnRole = Awaited<ReturnType<List['call']>>['items'][number]
