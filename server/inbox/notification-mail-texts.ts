import type { MailedNews } from './notifying.ts'

export type Language = 'en' | 'de' | 'nl'

export interface Told {
  kind: MailedNews
  /** Below the workspace's address: 'inbox/…'. */
  path: string
  /** Null: the mail says that something happened, not what. */
  content: string | null
}

interface Texts {
  subject(count: number, workspace: string): string
  greeting: string
  kinds: Record<MailedNews, string>
  goodbye: string
}

const TEXTS: Record<Language, Texts> = {
  en: {
    subject: (count, workspace) =>
      count === 1 ? `Something for you in ${workspace}` : `${count} things for you in ${workspace}`,
    greeting: 'Hello,',
    kinds: {
      assignment: 'A conversation was assigned to you:',
      mention: 'A colleague mentioned you in a note:',
      'newer-post': 'There is a new post in a conversation you work on:',
      'answer-failed': 'An answer of yours did not go out, or nobody knows whether it did:',
      proof: 'A customer whom you invited has proven who they are, or a question about it came up:',
      question: 'A customer proved something that somebody has to decide on:',
      failing: 'A source cannot be heard:',
      silent: 'A source has been silent for longer than ever:',
      'over-budget': 'A source has used up its budget and rests:',
      gap: 'A source missed something that can no longer be heard:',
      'due-soon': 'A request about data is due within five days:',
      overdue: 'A request about data is overdue:',
    },
    goodbye: 'You choose in Rapport, under Settings, what you are told by mail.',
  },
  de: {
    subject: (count, workspace) =>
      count === 1 ? `Etwas für Sie in ${workspace}` : `${count} Hinweise für Sie in ${workspace}`,
    greeting: 'Guten Tag,',
    kinds: {
      assignment: 'Ihnen wurde eine Unterhaltung zugewiesen:',
      mention: 'Jemand aus dem Team hat Sie in einer Notiz erwähnt:',
      'newer-post': 'In einer Unterhaltung, an der Sie arbeiten, gibt es einen neuen Beitrag:',
      'answer-failed': 'Eine Antwort von Ihnen ging nicht hinaus, oder es ist ungewiss, ob sie ankam:',
      proof:
        'Eine Kundin oder ein Kunde hat auf Ihre Einladung hin gezeigt, wer sie oder er ist, oder es gibt dazu eine Frage:',
      question: 'Ein Nachweis passt nicht zum Bekannten und wartet auf eine Entscheidung:',
      failing: 'Eine Quelle ist nicht zu hören:',
      silent: 'Eine Quelle schweigt länger als je zuvor:',
      'over-budget': 'Eine Quelle hat ihr Budget verbraucht und ruht:',
      gap: 'Eine Quelle hat etwas verpasst, das nicht mehr zu hören ist:',
      'due-soon': 'Eine Anfrage zu Daten ist in fünf Tagen oder früher fällig:',
      overdue: 'Eine Anfrage zu Daten ist überfällig:',
    },
    goodbye: 'Worüber Sie per E-Mail benachrichtigt werden, stellen Sie in Rapport unter „Einstellungen“ ein.',
  },
  nl: {
    subject: (count, workspace) =>
      count === 1 ? `Iets voor jou in ${workspace}` : `${count} meldingen voor jou in ${workspace}`,
    greeting: 'Hallo,',
    kinds: {
      assignment: 'Je hebt een gesprek toegewezen gekregen:',
      mention: 'Een collega noemde je in een notitie:',
      'newer-post': 'Er is een nieuw bericht in een gesprek waar je aan werkt:',
      'answer-failed': 'Een antwoord van jou is niet verstuurd, of het is onzeker of het is aangekomen:',
      proof: 'Een klant die je uitnodigde heeft laten zien wie die is, of er is een vraag over:',
      question: 'Een klant bewees iets waarover iemand moet beslissen:',
      failing: 'Een bron is niet te horen:',
      silent: 'Een bron zwijgt langer dan ooit:',
      'over-budget': 'Een bron heeft het budget opgebruikt en rust:',
      gap: 'Een bron heeft iets gemist dat niet meer te horen is:',
      'due-soon': 'Een verzoek over gegevens moet binnen vijf dagen klaar zijn:',
      overdue: 'Een verzoek over gegevens is te laat:',
    },
    goodbye: 'Waarover je mail krijgt, kies je in Rapport onder Instellingen.',
  },
}

/** Links, and content only for those who asked for it: a mailbox is read by more people than an inbox. */
export function mailText(
  language: Language,
  told: Told[],
  place: { workspace: string; link(path: string): string },
): { subject: string; text: string } {
  const texts = TEXTS[language] ?? TEXTS.en
  const entries = told.map(({ kind, path, content }) => {
    const quoted = content === null ? '' : `\n${content.replaceAll(/^/gm, '> ')}`
    return `${texts.kinds[kind]}\n${place.link(path)}${quoted}`
  })
  return {
    subject: texts.subject(told.length, place.workspace),
    text: `${[texts.greeting, ...entries, texts.goodbye].join('\n\n')}\n`,
  }
}
