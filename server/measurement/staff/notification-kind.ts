import { sql } from 'kysely'
import type { NotificationKind, NotificationSubject } from '../../platform/notification-kind.ts'

/** By the agreement under which it was made. */
export const analysisSubject: NotificationSubject = {
  subject: 'staff-analysis',
  path: () => 'settings/staff-protection',
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; title: string; reason: string }>`
      select s.analysis_id as id, a.title, s.reason from staff_analysis s
        join staff_agreement a on a.workspace_id = s.workspace_id and a.agreement_id = s.agreement_id
      where s.workspace_id = ${tx.workspaceId} and s.analysis_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, title, reason }) => [id, { name: title, content: reason }]))
  },
}

/** Told to whom it was about. */
export const STAFF_ANALYSIS: NotificationKind = {
  kind: 'staff-analysis',
  permission: 'workspace.read',
  about: 'staff-analysis',
  sentences: {
    en: {
      one: 'Figures about your work were looked at under an agreement',
      many: (count) => `Figures about your work were looked at ${count} times under agreements`,
    },
    de: {
      one: 'Auf Grundlage einer Vereinbarung wurden Zahlen zu Ihrer Arbeit ausgewertet',
      many: (count) => `Auf Grundlage von Vereinbarungen wurden ${count}-mal Zahlen zu Ihrer Arbeit ausgewertet`,
    },
    nl: {
      one: 'Op grond van een overeenkomst zijn cijfers over je werk bekeken',
      many: (count) => `Op grond van overeenkomsten zijn ${count} keer cijfers over je werk bekeken`,
    },
  },
}
