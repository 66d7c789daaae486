import { sql } from 'kysely'
import { membersWho } from '../accounts/index.ts'
import { notify } from '../notifications/index.ts'
import type { WorkspaceTransaction } from '../platform/database.ts'
import type { NotificationKind, NotificationSubject } from '../platform/notification-kind.ts'
import type { Services } from '../platform/services.ts'
import type { Subscription } from '../platform/subscriptions.ts'

/** What is read long after it happened, after an update for instance, is no news. */
const NEWS_MS = 24 * 3_600_000

export const sourceSubject: NotificationSubject = {
  subject: 'source',
  path: (id) => `listening/sources/${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select source_id as id, name from source
      where workspace_id = ${tx.workspaceId} and source_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, name }) => [id, { name, content: name }]))
  },
}

export const SOURCE_NEEDS_SOMEBODY: NotificationKind = {
  kind: 'source',
  permission: 'sources.manage',
  about: 'source',
  sentences: {
    en: {
      one: {
        failing: 'A source cannot be heard',
        silent: 'A source has been silent for longer than ever',
        'over-budget': 'A source has used up its budget and rests',
        gap: 'A source missed something that can no longer be heard',
      },
      many: (count) => `${count} sources need somebody`,
    },
    de: {
      one: {
        failing: 'Eine Quelle ist nicht zu hören',
        silent: 'Eine Quelle schweigt länger als je zuvor',
        'over-budget': 'Eine Quelle hat ihr Budget verbraucht und ruht',
        gap: 'Eine Quelle hat etwas verpasst, das nicht mehr zu hören ist',
      },
      many: (count) => `Um ${count} Quellen muss sich jemand kümmern`,
    },
    nl: {
      one: {
        failing: 'Een bron is niet te horen',
        silent: 'Een bron zwijgt langer dan ooit',
        'over-budget': 'Een bron heeft het budget opgebruikt en rust',
        gap: 'Een bron heeft iets gemist dat niet meer te horen is',
      },
      many: (count) => `${count} bronnen hebben iemand nodig`,
    },
  },
}

/** Nothing fails silently: whoever looks after sources is told when one needs somebody. */
export const sourcesSubscription = ({ clock }: Services): Subscription => ({
  name: 'listening.source-news',
  types: ['source.failing', 'source.silent', 'source.over-budget', 'source.gap'],
  handle: async (tx, events) => {
    const since = clock.now().getTime() - NEWS_MS
    const fresh = events.filter(({ at }) => at.getTime() > since)
    const news = fresh.map(({ type, subjects }) => [String(subjects.source), type.slice('source.'.length)] as const)
    await tellOfSources(tx, new Map(news))
  },
})

/** Several things about one source are one until it is read, and the latest is told. */
async function tellOfSources(tx: WorkspaceTransaction, news: ReadonlyMap<string, string>): Promise<void> {
  if (news.size === 0) return
  const { rows } = await sql<{ id: string }>`
    select source_id as id from source where workspace_id = ${tx.workspaceId} and removed_at is null
      and source_id = any(${[...news.keys()]}::uuid[])`.execute(tx.sql)
  const members = await membersWho(tx, 'sources.manage')
  const told = members.flatMap((memberId) => rows.map(({ id }) => ({ memberId, id, news: news.get(id) ?? '' })))
  await notify(tx, SOURCE_NEEDS_SOMEBODY, told)
}
