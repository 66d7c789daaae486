import type { NotificationName } from '../../contract/notifications.ts'

/** Of these there are several things to tell. */
const WITH_NEWS: readonly NotificationName[] = [
  'approval',
  'clock',
  'crisis',
  'guideline',
  'request',
  'source',
  'training',
]

/** What happened, in a sentence about what it happened to. */
export const toldOf = (
  t: (key: string, values: { name: string }) => string,
  kind: NotificationName,
  news: string | null,
  name: string,
): string => t(WITH_NEWS.includes(kind) ? `told.${kind}.${news}` : `told.${kind}`, { name })
