import { sql } from 'kysely'
import type { NotificationKind, NotificationSubject } from '../platform/notification-kind.ts'
import { anyTitle, type Titles } from './titles.ts'

const titleOf = (id: string, titles: Titles | null) => {
  const name = titles ? anyTitle(titles) : null
  return [id, { name, content: name }] as const
}

export const guidelineSubject: NotificationSubject = {
  subject: 'guideline',
  path: (id) => `programme/guidelines/${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; titles: Titles | null }>`
      select g.guideline_id as id, (select jsonb_object_agg(t.key, t.value ->> 'title')
        from guideline_version v, jsonb_each(v.texts) t where v.workspace_id = g.workspace_id
          and v.guideline_id = g.guideline_id and v.version = (select max(l.version) from guideline_version l
            where l.workspace_id = g.workspace_id and l.guideline_id = g.guideline_id and l.valid_from <= now())) as titles
      from guideline g where g.workspace_id = ${tx.workspaceId} and g.retired_at is null
        and g.guideline_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, titles }) => titleOf(id, titles)))
  },
}

export const trainingSubject: NotificationSubject = {
  subject: 'training',
  path: (id) => `programme/trainings/${id}`,
  async read(tx, ids) {
    const { rows } = await sql<{ id: string; titles: Titles | null }>`
      select training_id as id, (select jsonb_object_agg(t.key, t.value ->> 'title') from jsonb_each(texts) t) as titles
      from training where workspace_id = ${tx.workspaceId} and retired_at is null
        and training_id = any(${[...ids]}::uuid[])`.execute(tx.sql)
    return new Map(rows.map(({ id, titles }) => titleOf(id, titles)))
  },
}

export const GUIDELINE: NotificationKind = {
  kind: 'guideline',
  permission: 'workspace.read',
  about: 'guideline',
  toldAgain: true,
  sentences: {
    en: {
      one: {
        asked: 'A guideline asks for your acknowledgement',
        'due-soon': 'A guideline needs your acknowledgement within three days, or you can no longer answer',
        overdue: 'You cannot answer until you acknowledge a guideline',
      },
      many: (count) => `${count} guidelines ask for your acknowledgement`,
    },
    de: {
      one: {
        asked: 'Eine Leitlinie bittet um Ihre Bestätigung',
        'due-soon': 'Eine Leitlinie braucht binnen drei Tagen Ihre Bestätigung, sonst können Sie nicht mehr antworten',
        overdue: 'Sie können erst wieder antworten, wenn Sie eine Leitlinie bestätigt haben',
      },
      many: (count) => `${count} Leitlinien bitten um Ihre Bestätigung`,
    },
    nl: {
      one: {
        asked: 'Een richtlijn vraagt om je bevestiging',
        'due-soon': 'Een richtlijn heeft binnen drie dagen je bevestiging nodig, anders kun je niet meer antwoorden',
        overdue: 'Je kunt pas weer antwoorden als je een richtlijn hebt bevestigd',
      },
      many: (count) => `${count} richtlijnen vragen om je bevestiging`,
    },
  },
}

export const TRAINING: NotificationKind = {
  kind: 'training',
  permission: 'workspace.read',
  about: 'training',
  toldAgain: true,
  sentences: {
    en: {
      one: {
        asked: 'A training waits for you',
        renew: 'A training of yours ends soon and can be renewed',
        'due-soon': 'A training has to be passed within three days',
        overdue: 'A training of yours is overdue',
      },
      many: (count) => `${count} trainings wait for you`,
    },
    de: {
      one: {
        asked: 'Eine Schulung wartet auf Sie',
        renew: 'Eine Ihrer Schulungen läuft bald ab und kann erneuert werden',
        'due-soon': 'Eine Schulung ist binnen drei Tagen zu bestehen',
        overdue: 'Eine Ihrer Schulungen ist überfällig',
      },
      many: (count) => `${count} Schulungen warten auf Sie`,
    },
    nl: {
      one: {
        asked: 'Er staat een training voor je klaar',
        renew: 'Een van je trainingen verloopt binnenkort en kan worden vernieuwd',
        'due-soon': 'Een training moet binnen drie dagen worden gehaald',
        overdue: 'Een training had al gehaald moeten zijn',
      },
      many: (count) => `Er staan ${count} trainingen voor je klaar`,
    },
  },
}
