import { sql } from 'kysely'
import type { NotificationKind, NotificationSubject } from '../../platform/notification-kind.ts'

const SNIPPET_CHARACTERS = 280

export const approvalSubject: NotificationSubject = {
  subject: 'approval',
  path: (id) => `approvals/${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; name: string; content: string | null }>`
      select a.approval_id as id, s.name, nullif(left(a.text, ${SNIPPET_CHARACTERS}), '') as content
      from approval a join source s on s.workspace_id = a.workspace_id and s.source_id = a.source_id
      where a.workspace_id = ${tx.workspaceId} and a.approval_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, name, content }) => [id, { name, content }]))
  },
}

/** Asked of those who approve; what became of it, of those who wrote. */
export const APPROVAL: NotificationKind = {
  kind: 'approval',
  permission: 'inbox.read',
  about: 'approval',
  sentences: {
    en: {
      one: {
        asked: 'A text waits for your approval',
        edited: 'A text of yours was changed and waits for approval',
        approved: 'A text of yours was approved',
        declined: 'A text of yours was not approved',
        stale: 'Somebody spoke before your text was approved, so it came back',
        expired: 'Nobody approved a text of yours in time, so it came back',
      },
      many: (count) => `There is news about ${count} approvals`,
    },
    de: {
      one: {
        asked: 'Ein Text wartet auf Ihre Freigabe',
        edited: 'Ein Text von Ihnen wurde geändert und wartet auf Freigabe',
        approved: 'Ein Text von Ihnen wurde freigegeben',
        declined: 'Ein Text von Ihnen wurde nicht freigegeben',
        stale: 'Bevor Ihr Text freigegeben war, hat sich jemand gemeldet; er ist wieder bei Ihnen',
        expired: 'Niemand hat Ihren Text rechtzeitig freigegeben; er ist wieder bei Ihnen',
      },
      many: (count) => `Zu ${count} Freigaben gibt es Neues`,
    },
    nl: {
      one: {
        asked: 'Een tekst wacht op je goedkeuring',
        edited: 'Een tekst van jou is aangepast en wacht op goedkeuring',
        approved: 'Een tekst van jou is goedgekeurd',
        declined: 'Een tekst van jou is niet goedgekeurd',
        stale: 'Voor je tekst was goedgekeurd heeft iemand gereageerd; hij is weer bij jou',
        expired: 'Niemand heeft je tekst op tijd goedgekeurd; hij is weer bij jou',
      },
      many: (count) => `Er is nieuws over ${count} goedkeuringen`,
    },
  },
}
