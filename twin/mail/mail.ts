/**
 * Mail in a small world: addresses of brands with a mailbox each (IMAP), and one way out (SMTP). What a brand sends arrives
 * in `sent`; what customers write is put into its mailbox. Listens on loopback only.
 */
import { once } from 'node:events'
import type { AddressInfo, Server, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { type MailAccount, newMailAccount, put } from './box.ts'
import { type MailFaults, mailFaults } from './faults.ts'
import { imapServer } from './imap.ts'

export interface SentLetter {
  from: string
  to: string[]
  raw: string
}

export interface TwinMail {
  imapPort: number
  smtpPort: number
  faults: MailFaults
  accounts: Map<string, MailAccount>
  /** What left for the outside, oldest first. */
  sent: SentLetter[]
  account(address: string, password: string): MailAccount
  /** A customer's letter, as it stands in the mailbox since it was received: now, unless it is said when. */
  receive(address: string, raw: string, at?: Date): void
  stop(): Promise<void>
}

/** On these ports, or on any that are free. */
export async function startMail(at: { imapPort?: number; smtpPort?: number } = {}): Promise<TwinMail> {
  const accounts = new Map<string, MailAccount>()
  const sent: SentLetter[] = []
  const faults = mailFaults()
  const imap = imapServer(accounts, faults)
  const open = new Set<Socket>()
  imap.on('connection', (socket) => void open.add(socket.on('close', () => open.delete(socket))))
  const smtp = smtpServer(accounts, sent, faults)
  const ports = [
    await portOf(imap, () => void imap.listen(at.imapPort ?? 0, '127.0.0.1')),
    await portOf(smtp.server, () => void smtp.listen(at.smtpPort ?? 0, '127.0.0.1')),
  ] as const
  return {
    imapPort: ports[0],
    smtpPort: ports[1],
    faults,
    accounts,
    sent,
    account: (address, password) => {
      const account = newMailAccount(address, password)
      accounts.set(account.address, account)
      return account
    },
    receive: (address, raw, at) => {
      const account = accounts.get(address.toLowerCase())
      const inbox = account?.folders.get('INBOX')
      if (!inbox) throw new Error(`the twin has no mailbox ${address}`)
      put(inbox, Buffer.from(raw.replace(/\r?\n/g, '\r\n')), [], at)
    },
    stop: async () => {
      for (const socket of open) socket.destroy()
      imap.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}

async function portOf(server: Server, listen: () => void): Promise<number> {
  listen()
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

function smtpServer(accounts: Map<string, MailAccount>, sent: SentLetter[], faults: MailFaults): SMTPServer {
  const refuse = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: ({ username = '', password }, _session, done) =>
      accounts.get(username.toLowerCase())?.password === password
        ? done(null, { user: username })
        : done(refuse(535, 'wrong')),
    onRcptTo: (_address, _session, done) => {
      if (faults.take('later')) return done(refuse(451, 'not now'))
      done(faults.take('nobody') ? refuse(550, 'nobody here of that name') : null)
    },
    onData: (stream, session, done) => {
      void buffer(stream).then((raw) => {
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
        sent.push({ from, to: session.envelope.rcptTo.map(({ address }) => address), raw: raw.toString('utf8') })
        if (faults.take('lost-answer')) return void cut(server, session.id)
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  return server
}

function cut(server: SMTPServer, id: string): void {
  for (const connection of server.connections as Set<{ id: string; _socket: Socket }>)
    if (connection.id === id) connection._socket.destroy()
}
