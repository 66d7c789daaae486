/**
 * What customers write to a brand's mailbox, and what a colleague answered. Nobody here exists; their own provider vouches for
 * them, as providers do.
 */
import { paint } from './pictures.ts'

export interface LetterSeed {
  key: string
  from: { name: string; address: string }
  subject: string
  minutesAgo: number
  text: string
  /** Written by a program: nobody waits for an answer to it. */
  automatic?: boolean
  /** Attached to it. */
  files?: { name: string; mediaType: string; content(): Uint8Array }[]
  answer?: { by: string; text: string }
}

export interface MailboxSeed {
  workspace: string
  address: string
  name: string
  /** Below a letter stands more than the two letters that end a post. */
  signOff: { by: string; text: string }
  letters: LetterSeed[]
}

export const mailboxSeeds: MailboxSeed[] = [
  {
    workspace: 'kobaltfon',
    address: 'hilfe@kobaltfon.example.org',
    name: 'Kobaltfon Kundenservice',
    signOff: { by: 'sahra', text: 'Sahra Demirel\nKobaltfon Kundenservice' },
    letters: [
      {
        key: 'bill',
        from: { name: 'Annegret Lüders', address: 'annegret.lueders@example.org' },
        subject: 'Rechnung doppelt abgebucht',
        minutesAgo: 290,
        text: 'Guten Tag,\n\nam 3. und am 5. wurden mir jeweils 39,90 € abgebucht, dabei habe ich nur einen Vertrag. Das Telefon bei Ihnen war eine halbe Stunde besetzt. Können Sie das bitte prüfen und den doppelten Betrag zurücküberweisen?\n\nMit freundlichen Grüßen\nAnnegret Lüders',
        answer: {
          by: 'sahra',
          text: 'Guten Tag Frau Lüders,\n\ndanke, dass Sie uns das so genau schreiben. Die zweite Abbuchung war unser Fehler: Beim Wechsel Ihres Tarifs blieb ein alter Auftrag stehen. Die Buchhaltung überweist Ihnen den Betrag zurück, in drei bis fünf Werktagen ist er da.',
        },
      },
      {
        key: 'move',
        from: { name: 'Tomek Baran', address: 'tomek.baran@example.org' },
        subject: 'Umzug nach Altona: Anschluss zum Ersten?',
        minutesAgo: 130,
        text: 'Hallo,\n\nwir ziehen zum Ersten nach Altona. Ich habe den Umzug vor drei Wochen im Portal gemeldet und seitdem nichts gehört. Gibt es in der neuen Wohnung rechtzeitig Internet? Meine Frau arbeitet von zu Hause.\n\nViele Grüße\nTomek Baran',
      },
      {
        key: 'esim',
        from: { name: 'Ruth Okafor', address: 'ruth.okafor@example.org' },
        subject: 'eSIM on my new phone',
        minutesAgo: 55,
        text: 'Hello,\n\nthe code for my eSIM was used on my old phone, which is broken now. Your app says it cannot be used twice. How do I get my number onto the new one?\n\nBest wishes\nRuth Okafor',
      },
      {
        key: 'lamp',
        from: { name: 'Gesa Wiencken', address: 'gesa.wiencken@example.org' },
        subject: 'Router blinkt rot seit dem Update',
        minutesAgo: 75,
        text: 'Moin,\n\nseit dem Update heute Nacht blinkt die linke Lampe rot, und das Internet ist weg. Neustart hat nicht geholfen. Ein Foto und meine Messungen der letzten Tage hänge ich an.\n\nGesa Wiencken',
        files: [
          { name: 'router.png', mediaType: 'image/png', content: () => paint('router-lamp') },
          {
            name: 'Messungen der letzten Tage.csv',
            mediaType: 'text/csv',
            content: () => Buffer.from('Tag;Mbit/s\nMontag;48,2\nDienstag;47,9\nMittwoch;0\n'),
          },
        ],
      },
      {
        key: 'absence',
        from: { name: 'Hausverwaltung Brinkmann', address: 'post@brinkmann-verwaltung.example.org' },
        subject: 'Automatische Antwort: Leitungsarbeiten im Hof',
        minutesAgo: 40,
        text: 'Unser Büro ist bis Montag geschlossen. Ihre Nachricht wird nicht weitergeleitet.',
        automatic: true,
      },
    ],
  },
]

/** As it arrives: with what the brand's own server found out about the sender (RFC 8601), or it would be nobody's letter. */
export function letterOf(
  { key, from, subject, text, automatic, files = [] }: LetterSeed,
  to: string,
  at: Date,
): string {
  const domain = to.slice(to.indexOf('@') + 1)
  const encoded = (words: string) => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`
  return [
    `Authentication-Results: mx.${domain}; dmarc=pass header.from=${from.address.slice(from.address.indexOf('@') + 1)}`,
    `From: ${encoded(from.name)} <${from.address}>`,
    `To: <${to}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: <${key}@${from.address.slice(from.address.indexOf('@') + 1)}>`,
    ...(automatic ? ['Auto-Submitted: auto-replied'] : []),
    'MIME-Version: 1.0',
    ...(files.length > 0 ? [`Content-Type: multipart/mixed; boundary=${BOUNDARY}`, '', `--${BOUNDARY}`] : []),
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
    '',
    ...files.map(partOf),
    ...(files.length > 0 ? [`--${BOUNDARY}--`, ''] : []),
  ].join('\n')
}

const BOUNDARY = 'what-comes-next'

const partOf = ({ name, mediaType, content }: NonNullable<LetterSeed['files']>[number]): string =>
  [
    `--${BOUNDARY}`,
    `Content-Type: ${mediaType}`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content()).toString('base64').replace(/.{76}/g, '$&\n'),
    '',
  ].join('\n')
