import { sql } from 'kysely'
import { coverNames } from '../listening/index.ts'
import { authorBriefs } from '../people/index.ts'
import type { NotificationKind, NotificationSubject } from '../platform/notification-kind.ts'

const SNIPPET_CHARACTERS = 280

/** By whoever writes in it; the words are those of its last post. */
export const conversationSubject: NotificationSubject = {
  subject: 'conversation',
  path: (id) => `inbox/${id}?state=all`,
  async read(tx, ids) {
    const { rows: said } = await sql<{ id: string; author_id: string; content: string | null }>`
      select c.conversation_id as id, c.author_id, nullif(left(p.text, ${SNIPPET_CHARACTERS}), '') as content
      from conversation c left join post p on p.workspace_id = c.workspace_id and p.post_id = c.last_post_id
      where c.workspace_id = ${tx.workspaceId} and c.conversation_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    const rows = await coverNames(tx, said)
    const authors = await authorBriefs(tx, [...new Set(rows.map(({ author_id }) => author_id))])
    return new Map(
      rows.map(({ id, author_id, content }) => {
        const author = authors.get(author_id)
        return [id, { name: author?.name ?? author?.handle ?? null, content }]
      }),
    )
  },
}

const about = { permission: 'inbox.read', about: 'conversation' } as const

export const ASSIGNMENT: NotificationKind = {
  kind: 'assignment',
  ...about,
  sentences: {
    en: {
      one: 'A conversation was assigned to you',
      many: (count) => `${count} conversations were assigned to you`,
    },
    de: {
      one: 'Ihnen wurde ein Gespräch zugewiesen',
      many: (count) => `Ihnen wurden ${count} Gespräche zugewiesen`,
    },
    nl: {
      one: 'Je hebt een gesprek toegewezen gekregen',
      many: (count) => `Je hebt ${count} gesprekken toegewezen gekregen`,
    },
  },
}

export const MENTION: NotificationKind = {
  kind: 'mention',
  ...about,
  sentences: {
    en: {
      one: 'A colleague mentioned you in a note',
      many: (count) => `Colleagues mentioned you in notes on ${count} conversations`,
    },
    de: {
      one: 'Jemand aus dem Team hat Sie in einer Notiz erwähnt',
      many: (count) => `In Notizen zu ${count} Gesprächen wurden Sie erwähnt`,
    },
    nl: {
      one: 'Een collega noemde je in een notitie',
      many: (count) => `Je bent genoemd in notities bij ${count} gesprekken`,
    },
  },
}

export const NEWER_POST: NotificationKind = {
  kind: 'newer-post',
  ...about,
  sentences: {
    en: {
      one: 'There is a new post in a conversation you work on',
      many: (count) => `There are new posts in ${count} conversations you work on`,
    },
    de: {
      one: 'In einem Gespräch, an dem Sie arbeiten, gibt es einen neuen Beitrag',
      many: (count) => `In ${count} Gesprächen, an denen Sie arbeiten, gibt es neue Beiträge`,
    },
    nl: {
      one: 'Er is een nieuw bericht in een gesprek waar je aan werkt',
      many: (count) => `Er zijn nieuwe berichten in ${count} gesprekken waar je aan werkt`,
    },
  },
}

export const ANSWER_FAILED: NotificationKind = {
  kind: 'answer-failed',
  ...about,
  sentences: {
    en: {
      one: 'An answer of yours did not go out, or nobody knows whether it did',
      many: (count) => `${count} answers of yours did not go out, or nobody knows whether they did`,
    },
    de: {
      one: 'Eine Antwort von Ihnen ging nicht hinaus, oder es ist ungewiss, ob sie ankam',
      many: (count) => `${count} Antworten von Ihnen gingen nicht hinaus, oder es ist ungewiss, ob sie ankamen`,
    },
    nl: {
      one: 'Een antwoord van jou is niet verstuurd, of het is onzeker of het is aangekomen',
      many: (count) => `${count} antwoorden van jou zijn niet verstuurd, of het is onzeker of ze zijn aangekomen`,
    },
  },
}

/** To whoever asked for it; what became of each stands in the list of acts. */
export const MODERATION_FAILED: NotificationKind = {
  kind: 'moderation-failed',
  ...about,
  sentences: {
    en: {
      one: 'The network did not do what you asked for on a page of yours',
      many: (count) => `The network did not do what you asked for in ${count} conversations`,
    },
    de: {
      one: 'Das Netzwerk hat eine Moderation von Ihnen nicht ausgeführt',
      many: (count) => `In ${count} Gesprächen hat das Netzwerk Ihre Moderation nicht ausgeführt`,
    },
    nl: {
      one: 'Het netwerk heeft een moderatie van je niet uitgevoerd',
      many: (count) => `In ${count} gesprekken heeft het netwerk je moderatie niet uitgevoerd`,
    },
  },
}

export const inboxKinds: readonly NotificationKind[] = [
  ASSIGNMENT,
  MENTION,
  NEWER_POST,
  ANSWER_FAILED,
  MODERATION_FAILED,
]
