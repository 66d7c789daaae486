import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

const WAIT_MS_MAX = 30_000
const POLL_MS = 50

export interface ReceivedMail {
  to: string
  /** Body of a plain mail, decoded. */
  text: string
}

export interface Mailbox {
  port: number
  /** The next mail to this address that nobody has taken yet; throws when none arrives. */
  next(to: string, waitMs?: number): Promise<ReceivedMail>
  stop(): Promise<void>
}

/** A mail server on this machine that really takes mail: what the product sends is read here as its recipient would. */
export async function startMailbox(): Promise<Mailbox> {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      text(stream).then((raw) => {
        for (const { address } of session.envelope.rcptTo) received.push({ to: address, text: bodyOf(raw) })
        done()
      }, done)
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  return {
    port: (server.server.address() as AddressInfo).port,
    async next(to, waitMs = WAIT_MS_MAX) {
      const until = Date.now() + waitMs
      while (Date.now() < until) {
        const index = received.findIndex((mail) => mail.to === to)
        const [mail] = index < 0 ? [] : received.splice(index, 1)
        if (mail) return mail
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
      throw new Error(`no mail to ${to}; there were ${received.map((mail) => mail.to).join(', ') || 'none'}`)
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The first address in it that the reader would open. */
export function linkIn({ text: body }: ReceivedMail): string {
  const link = /https?:\/\/\S+/.exec(body)?.[0]
  if (!link) throw new Error(`no link in: ${body}`)
  return link
}

function bodyOf(raw: string): string {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(head)?.[1]?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  if (encoding !== 'quoted-printable') return body
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
