import type { useApi } from '../../platform/session.ts'

type List = ReturnType<typeof useApi>['systems']['webhooks']['list']
export type Webhook = Awaited<ReturnType<List['call']>>['items'][number]

/** Keys of texts hold no dots of their own. */
export const eventKey = (type: string): string => type.replace('.', '-')
