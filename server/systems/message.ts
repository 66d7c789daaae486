import type { StoredEvent } from '../platform/event-log.ts'
import type { Services } from '../platform/services.ts'

/** Ids and codes: whoever is told asks the API for the rest, with a key that says what they may see. */
export const messageOf = (
  workspaceId: string,
  { eventId, position, type, at, actorKind, subjects, codes }: StoredEvent,
): string => JSON.stringify({ id: eventId, type, at, workspaceId, position, actor: actorKind, subjects, codes })

export const testMessageOf = (workspaceId: string, messageId: string, { clock }: Services): string =>
  JSON.stringify({ id: messageId, type: 'webhook.test', at: clock.now(), workspaceId, subjects: {}, codes: {} })
