import { createTransport } from 'nodemailer'

const CONNECT_MS_MAX = 10_000
const IDLE_MS_MAX = 20_000
const SEND_MS_MAX = 45_000
const BODY_CHARACTERS_MAX = 1_000_000
const SUBJECT_CHARACTERS_MAX = 500
const DETAIL_CHARACTERS_MAX = 300

export interface MailSettings {
  host: string
  port: number
  /** tls: from the first byte (465). starttls: demanded before anything is said (587). none: in the clear. */
  security: 'tls' | 'starttls' | 'none'
  /** Empty: the server wants no sign-in. */
  user: string
  password: string
  /** "name@example.org" or "Name <name@example.org>". */
  from: string
}

export interface Mail {
  /** One address. */
  to: string
  subject: string
  text: string
  html?: string
  headers?: Record<string, string>
}

export interface MailFailure {
  name:
    | 'host-unknown'
    | 'unreachable'
    | 'timeout'
    | 'tls-refused'
    | 'certificate-refused'
    | 'sign-in-refused'
    | 'sender-refused'
    | 'recipient-refused'
    | 'message-refused'
    | 'message-invalid'
    | 'protocol'
  /** The server's words, for the administrator. */
  detail: string
  /** Worth another try later, with nothing changed. */
  temporary: boolean
}

export type MailOutcome = { ok: true; messageId: string } | { ok: false; failure: MailFailure }

/**
 * Sends one mail. Every way in which a server can fail has a name. Marked as sent by a machine (RFC 3834), so that
 * absence notes do not answer. Nothing in it can make us read a file or an address.
 */
export async function sendMail(settings: MailSettings, mail: Mail): Promise<MailOutcome> {
  const fault = faultOf(mail)
  if (fault) return { ok: false, failure: { name: 'message-invalid', detail: fault, temporary: false } }
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user && { auth: { user: settings.user, pass: settings.password } }),
    connectionTimeout: CONNECT_MS_MAX,
    greetingTimeout: CONNECT_MS_MAX,
    dnsTimeout: CONNECT_MS_MAX,
    socketTimeout: IDLE_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    const sent = await transport.sendMail({
      from: settings.from,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      ...(mail.html !== undefined && { html: mail.html }),
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', ...mail.headers },
      signal: AbortSignal.timeout(SEND_MS_MAX),
    })
    return { ok: true, messageId: sent.messageId }
  } catch (error) {
    return { ok: false, failure: nameFailure(error as SmtpError) }
  } finally {
    transport.close()
  }
}

/** What would let a text break out of its header, or send to more people than meant. */
function faultOf(mail: Mail): string | null {
  if (!/^[^\s<>()[\],;:\\"@]+@[^\s<>()[\],;:\\"@]+$/.test(mail.to)) return 'not one mail address'
  if (hasControl(mail.subject) || mail.subject.length > SUBJECT_CHARACTERS_MAX) return 'not a subject'
  for (const [name, value] of Object.entries(mail.headers ?? {}))
    if (!/^[A-Za-z][A-Za-z0-9-]{0,76}$/.test(name) || hasControl(value)) return `not a header: ${name.slice(0, 40)}`
  if (mail.text.length > BODY_CHARACTERS_MAX || (mail.html?.length ?? 0) > BODY_CHARACTERS_MAX) return 'too long'
  return null
}

const hasControl = (text: string): boolean => /\p{Cc}/u.test(text)

interface SmtpError extends Error {
  code?: string
  originalCode?: string
  command?: string
  response?: string
  responseCode?: number
  permanent?: boolean
}

/** Nodemailer's codes, the system's below them, and the server's three digits (RFC 5321) in the words of ours. */
function nameFailure(error: SmtpError): MailFailure {
  const detail = (error.response ?? error.message).replace(/\s+/g, ' ').slice(0, DETAIL_CHARACTERS_MAX)
  return { ...named(error), detail }
}

function named(error: SmtpError): Omit<MailFailure, 'detail'> {
  const temporary = error.permanent === false
  const below = error.originalCode ?? (error.cause as NodeJS.ErrnoException | undefined)?.code ?? ''
  if (isCertificateFault(error, below)) return { name: 'certificate-refused', temporary: false }
  switch (error.code) {
    case 'EDNS':
    case 'ENOTFOUND':
      return { name: 'host-unknown', temporary: below === 'EAI_AGAIN' || below === 'ETIMEOUT' }
    case 'ETIMEDOUT':
    case 'EABORT':
    case 'ABORT_ERR':
      return { name: 'timeout', temporary: true }
    case 'ETLS':
      return { name: 'tls-refused', temporary: false }
    case 'EAUTH':
    case 'ENOAUTH':
      return { name: 'sign-in-refused', temporary }
    case 'ESOCKET':
    case 'ECONNECTION':
      return { name: /ssl|tls/i.test(error.message) ? 'tls-refused' : 'unreachable', temporary: true }
    case 'EENVELOPE':
      return {
        name:
          error.command === 'MAIL FROM' || !error.command
            ? 'sender-refused'
            : error.command === 'RCPT TO'
              ? 'recipient-refused'
              : 'message-refused',
        temporary,
      }
    case 'EMESSAGE':
      return { name: 'message-refused', temporary }
    default:
      return {
        name: error.name === 'TimeoutError' || error.name === 'AbortError' ? 'timeout' : 'protocol',
        temporary: true,
      }
  }
}

const isCertificateFault = (error: SmtpError, below: string): boolean =>
  /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME/.test(`${error.code} ${below}`) ||
  /certificate|altnames/i.test(error.message)
