import type { NotificationKind, TextLanguage } from '../platform/notification-kind.ts'
import { sentenceOf } from '../platform/notification-kind.ts'

export interface MailedItem {
  kind: NotificationKind
  news: string | null
  /** Below the workspace's address: 'inbox/…'. */
  path: string
  /** Null: the mail says that something happened, not what. */
  content: string | null
}

interface Texts {
  subject(count: number, workspace: string): string
  greeting: string
  goodbye: string
}

const TEXTS: Record<TextLanguage, Texts> = {
  en: {
    subject: (count, workspace) =>
      count === 1 ? `Something for you in ${workspace}` : `${count} things for you in ${workspace}`,
    greeting: 'Hello,',
    goodbye: 'You choose in Rapport, under Settings, what you are told by mail.',
  },
  de: {
    subject: (count, workspace) =>
      count === 1 ? `Etwas für Sie in ${workspace}` : `${count} Hinweise für Sie in ${workspace}`,
    greeting: 'Guten Tag,',
    goodbye: 'Worüber Sie per E-Mail benachrichtigt werden, stellen Sie in Rapport unter „Einstellungen“ ein.',
  },
  nl: {
    subject: (count, workspace) =>
      count === 1 ? `Iets voor jou in ${workspace}` : `${count} meldingen voor jou in ${workspace}`,
    greeting: 'Hallo,',
    goodbye: 'Waarover je mail krijgt, kies je in Rapport onder Instellingen.',
  },
}

/** Links, and content only for those who asked for it: a mailbox is read by more people than an inbox. */
export function mailText(
  language: string,
  items: readonly MailedItem[],
  place: { workspace: string; link(path: string): string },
): { subject: string; text: string } {
  const known = language in TEXTS ? (language as TextLanguage) : 'en'
  const texts = TEXTS[known]
  const entries = items.map(({ kind, news, path, content }) => {
    const quoted = content === null ? '' : `\n${content.replaceAll(/^/gm, '> ')}`
    return `${sentenceOf(kind.sentences[known], news)}:\n${place.link(path)}${quoted}`
  })
  return {
    subject: texts.subject(items.length, place.workspace),
    text: `${[texts.greeting, ...entries, texts.goodbye].join('\n\n')}\n`,
  }
}
