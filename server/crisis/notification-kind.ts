import { sql } from 'kysely'
import type { NotificationKind, NotificationSubject } from '../platform/notification-kind.ts'

export const crisisSubject: NotificationSubject = {
  subject: 'crisis',
  path: (id) => `crisis/${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select crisis_id as id, name from crisis
      where workspace_id = ${tx.workspaceId} and crisis_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, name }) => [id, { name, content: name }]))
  },
}

/** By its topic; it waits where crises are declared. */
export const proposalSubject: NotificationSubject = {
  subject: 'crisis-proposal',
  path: () => 'crisis',
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select p.proposal_id as id, coalesce(t.name, w.name) as name from crisis_proposal p
        join workspace w on w.workspace_id = p.workspace_id
        left join topic t on t.workspace_id = p.workspace_id and t.topic_id = p.topic_id
      where p.workspace_id = ${tx.workspaceId} and p.proposal_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, name }) => [id, { name, content: name }]))
  },
}

/** Urgent: members choose whether it reaches them outside their shifts too. */
export const CRISIS: NotificationKind = {
  kind: 'crisis',
  permission: 'workspace.read',
  about: 'crisis',
  urgent: true,
  toldAgain: true,
  sentences: {
    en: {
      one: { declared: 'A crisis was declared', ended: 'The all-clear was given for a crisis' },
      many: (count) => `There is news of ${count} crises`,
    },
    de: {
      one: { declared: 'Eine Krise wurde ausgerufen', ended: 'Für eine Krise wurde Entwarnung gegeben' },
      many: (count) => `Es gibt Neues zu ${count} Krisen`,
    },
    nl: {
      one: { declared: 'Er is een crisis uitgeroepen', ended: 'Het sein veilig is gegeven na een crisis' },
      many: (count) => `Er is nieuws over ${count} crises`,
    },
  },
}

export const CRISIS_PROPOSED: NotificationKind = {
  kind: 'crisis-proposed',
  permission: 'crisis.declare',
  about: 'crisis-proposal',
  urgent: true,
  sentences: {
    en: { one: 'Something looks like a crisis', many: (count) => `${count} things look like a crisis` },
    de: { one: 'Etwas sieht nach einer Krise aus', many: (count) => `${count} Dinge sehen nach einer Krise aus` },
    nl: { one: 'Iets lijkt op een crisis', many: (count) => `${count} dingen lijken op een crisis` },
  },
}
