import { startMail, type TwinMail } from '../../../twin/mail/mail.ts'
import { pollSource } from '../../listening/source-poll.ts'
import { type Desk, openDesk } from './desk.ts'

export const HELP = 'hilfe@nordwind.test'
const PASSWORD = 'letters-nordwind'

/** A care desk that has a mailbox beside its account. */
export interface LetterDesk extends Desk {
  mail: TwinMail
  mailSourceId: string
  /** A customer's letter arrives, is heard, and everything that follows happens. */
  writes(from: string, text: string, head?: Record<string, string>): Promise<void>
  hearMail(): Promise<void>
  closeAll(): Promise<void>
}

export async function openLetterDesk(): Promise<LetterDesk> {
  const desk = await openDesk()
  const mail = await startMail()
  mail.account(HELP, PASSWORD)
  const { sourceId } = await desk.ask<{ sourceId: string }>('listening.sources.create', {
    network: 'mail',
    settings: {
      address: HELP,
      name: 'Nordwind',
      imapHost: '127.0.0.1',
      imapPort: mail.imapPort,
      imapSecurity: 'none',
      smtpHost: '127.0.0.1',
      smtpPort: mail.smtpPort,
      smtpSecurity: 'none',
    },
    credentials: { user: HELP, password: PASSWORD },
  })
  const hearMail = async () => {
    await pollSource(desk.services, desk.workspaceId, sourceId, AbortSignal.timeout(10_000))
    await desk.app.settle()
  }
  let letters = 0
  return {
    ...desk,
    mail,
    mailSourceId: sourceId,
    hearMail,
    writes: async (from, text, head = {}) => {
      letters++
      const lines = { From: from, To: HELP, Subject: 'Hallo', 'Message-ID': `<l${letters}@kundin.test>`, ...head }
      mail.receive(
        HELP,
        `${Object.entries(lines)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}\n\n${text}`,
      )
      await hearMail()
    },
    closeAll: async () => {
      await desk.close()
      await mail.stop()
    },
  }
}
