import { sql } from 'kysely'
import { membersWho } from '../../accounts/index.ts'
import { notify } from '../../notifications/index.ts'
import type { WorkspaceTransaction } from '../../platform/database.ts'
import type { NotificationKind, NotificationSubject } from '../../platform/notification-kind.ts'
import type { Services } from '../../platform/services.ts'
import type { Subscription } from '../../platform/subscriptions.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000

/** Whose data it is about is no content of a notification. */
export const requestSubject: NotificationSubject = {
  subject: 'request',
  path: (requestId) => `protection?request=${requestId}`,
  read: async (_tx, ids) => new Map(ids.map((id) => [id, { name: null, content: null }])),
}

export const REQUEST_IS_DUE: NotificationKind = {
  kind: 'request',
  permission: 'privacy.manage',
  about: 'request',
  toldAgain: true,
  sentences: {
    en: {
      one: {
        'due-soon': 'A request about data is due within five days',
        overdue: 'A request about data is overdue',
      },
      many: (count) => `${count} requests about data are due`,
    },
    de: {
      one: {
        'due-soon': 'Eine Anfrage zu Daten ist in fünf Tagen oder früher fällig',
        overdue: 'Eine Anfrage zu Daten ist überfällig',
      },
      many: (count) => `${count} Anfragen zu Daten sind fällig`,
    },
    nl: {
      one: {
        'due-soon': 'Een verzoek over gegevens moet binnen vijf dagen klaar zijn',
        overdue: 'Een verzoek over gegevens is te laat',
      },
      many: (count) => `${count} verzoeken over gegevens moeten klaar zijn`,
    },
  },
}

/** The law's deadlines do not wait for somebody to look: whoever answers for the data is told. */
export const requestsSubscription = ({ clock }: Services): Subscription => ({
  name: 'privacy.request-news',
  types: ['request.due-soon', 'request.overdue'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    const fresh = events.filter(({ at }) => at.getTime() > since)
    const news = fresh.map(({ type, subjects }) => [String(subjects.request), type.slice('request.'.length)] as const)
    if (news.length > 0) await tellOfRequests(tx, new Map(news))
  },
})

/** Several things about one request are one until it is read, and the latest is told. What was closed meanwhile is not. */
async function tellOfRequests(tx: WorkspaceTransaction, news: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select request_id as id from privacy_request where workspace_id = ${tx.workspaceId} and state = 'open'
      and request_id = any(${[...news.keys()]}::uuid[])`.execute(tx.sql)
  const members = await membersWho(tx, 'privacy.manage')
  const told = members.flatMap((memberId) => rows.map(({ id }) => ({ memberId, id, news: news.get(id) ?? '' })))
  await notify(tx, REQUEST_IS_DUE, told)
}
