import { sql } from 'kysely'
import type { NotificationKind, NotificationSubject } from '../../platform/notification-kind.ts'

/** By the name of its topic. */
export const alarmSubject: NotificationSubject = {
  subject: 'alarm',
  path: (id) => `measure/alarms?alarm=${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; name: string }>`
      select a.alarm_id as id, t.name from alarm a
        join topic t on t.workspace_id = a.workspace_id and t.topic_id = a.topic_id
      where a.workspace_id = ${tx.workspaceId} and a.alarm_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, name }) => [id, { name, content: name }]))
  },
}

/** Its mails say what happened, in figures and posts: they are written here (mail.ts), when the topic's quiet hours allow. */
export const ALARM: NotificationKind = {
  kind: 'alarm',
  permission: 'topics.read',
  about: 'alarm',
  ownMail: true,
  urgent: true,
  sentences: {
    en: {
      one: 'An alarm was raised',
      many: (count) => `${count} alarms were raised`,
    },
    de: {
      one: 'Es gibt einen Alarm',
      many: (count) => `Es gibt ${count} Alarme`,
    },
    nl: {
      one: 'Er is een alarm',
      many: (count) => `Er zijn ${count} alarmen`,
    },
  },
}
