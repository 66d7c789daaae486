import net, { type AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, expect, test, vi } from 'vitest'
import { type MailSettings, sendMail } from './mail.ts'
import { CERTIFICATE, KEY } from './testing/localhost-certificate.ts'

const closing: (() => Promise<void>)[] = []
const authorities = getCACertificates('default')

afterEach(async () => {
  vi.useRealTimers()
  setDefaultCACertificates(authorities)
  await Promise.all(closing.splice(0).map((close) => close()))
})

interface Received {
  from: string
  to: string[]
  user: string
  secure: boolean
  text: string
}

/** A mail server that keeps what it accepts. */
async function mailServer(options: SMTPServerOptions = {}): Promise<{ settings: MailSettings; received: Received[] }> {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    cert: CERTIFICATE,
    key: KEY,
    logger: false,
    onAuth: (auth, _session, callback) =>
      auth.username === 'rapport' && auth.password === 'right'
        ? callback(null, { user: auth.username })
        : callback(new Error('Invalid username or password')),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map((recipient) => recipient.address),
          user: String(session.user ?? ''),
          secure: Boolean(session.secure),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        callback()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await new Promise((resolve) => listening.once('listening', resolve))
  closing.push(() => new Promise((resolve) => server.close(() => resolve())))
  return { settings: settingsFor((listening.address() as AddressInfo).port), received }
}

const settingsFor = (port: number): MailSettings => ({
  host: 'localhost',
  port,
  security: 'none',
  user: '',
  password: '',
  from: 'Rapport <rapport@example.org>',
})

const mail = { to: 'ada@example.org', subject: 'Neue Zuweisung – für Sie', text: 'Eine Unterhaltung wartet.\n' }
const failureOf = async (settings: MailSettings, over: object = {}) => {
  const outcome = await sendMail(settings, { ...mail, ...over })
  return outcome.ok ? 'sent' : `${outcome.failure.name}${outcome.failure.temporary ? ', temporary' : ''}`
}

const refuse = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code })

test('a mail arrives, says that a machine sent it, and carries the headers given', async () => {
  const { settings, received } = await mailServer()
  const outcome = await sendMail(settings, {
    ...mail,
    html: '<p>Eine Unterhaltung wartet.</p>',
    headers: { 'List-Id': 'rapport' },
  })
  expect(outcome).toMatchObject({ ok: true })
  expect(received).toMatchObject([{ from: 'rapport@example.org', to: ['ada@example.org'], secure: false }])
  expect(received[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m)
  expect(received[0]?.text).toMatch(/^List-Id: rapport\r$/im)
  expect(received[0]?.text).toContain('multipart/alternative')
})

test('signs in, and names a wrong password', async () => {
  const { settings, received } = await mailServer()
  expect(await failureOf({ ...settings, user: 'rapport', password: 'right' })).toBe('sent')
  expect(received[0]?.user).toBe('rapport')
  expect(await failureOf({ ...settings, user: 'rapport', password: 'wrong' })).toBe('sign-in-refused')
})

test('with STARTTLS demanded, a server without it gets neither password nor mail', async () => {
  let asked = 0
  const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, callback) => {
    asked++
    callback(null, { user: 'x' })
  }
  const { settings, received } = await mailServer({ onAuth })
  expect(await failureOf({ ...settings, security: 'starttls', user: 'rapport', password: 'right' })).toBe('tls-refused')
  expect([asked, received.length]).toEqual([0, 0])
})

test('STARTTLS and TLS are used when their certificate is trusted, and refused when it is not', async () => {
  const starttls = await mailServer({ disabledCommands: [] })
  const tls = await mailServer({ secure: true })
  expect(await failureOf({ ...starttls.settings, security: 'starttls' })).toBe('certificate-refused')
  expect(await failureOf({ ...tls.settings, security: 'tls' })).toBe('certificate-refused')
  setDefaultCACertificates([...authorities, CERTIFICATE])
  expect(await failureOf({ ...starttls.settings, security: 'starttls' })).toBe('sent')
  expect(await failureOf({ ...tls.settings, security: 'tls' })).toBe('sent')
  expect([starttls.received[0]?.secure, tls.received[0]?.secure]).toEqual([true, true])
})

test('TLS against a server that speaks plainly is named', async () => {
  const { settings } = await mailServer()
  expect(await failureOf({ ...settings, security: 'tls' })).toMatch(/^tls-refused/)
})

test('names who was refused, and whether another try is worth it', async () => {
  const recipient = (code: number) =>
    mailServer({ onRcptTo: (_address, _session, callback) => callback(refuse(code, 'No such user')) })
  expect(await failureOf((await recipient(550)).settings)).toBe('recipient-refused')
  expect(await failureOf((await recipient(451)).settings)).toBe('recipient-refused, temporary')
  const sender = await mailServer({ onMailFrom: (_address, _session, callback) => callback(refuse(553, 'Not yours')) })
  expect(await failureOf(sender.settings)).toBe('sender-refused')
  expect(await failureOf({ ...sender.settings, from: 'nobody' })).toBe('sender-refused')
  const spam = await mailServer({
    onData: (stream, _session, callback) =>
      void stream.resume().on('end', () => callback(refuse(554, 'Looks like spam'))),
  })
  const outcome = await sendMail(spam.settings, mail)
  expect(outcome).toMatchObject({ ok: false, failure: { name: 'message-refused', temporary: false } })
  expect(outcome.ok ? '' : outcome.failure.detail).toContain('Looks like spam')
})

test('names a host that does not exist and a port where nobody listens', async () => {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  expect(await failureOf(settingsFor(port))).toBe('unreachable, temporary')
  expect(await failureOf({ ...settingsFor(port), host: 'mail.invalid' })).toMatch(/^host-unknown/)
})

test('gives up on a server that never says a word', async () => {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => void sockets.add(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closing.push(async () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const outcome = failureOf(settingsFor((server.address() as AddressInfo).port))
  while (sockets.size === 0) await new Promise((resolve) => setImmediate(resolve))
  await vi.advanceTimersByTimeAsync(30_000)
  expect(await outcome).toBe('timeout, temporary')
})

test.each([
  ['two recipients', { to: 'a@example.org, b@example.org' }],
  ['a recipient with a line break', { to: 'a@example.org\r\nBcc: b@example.org' }],
  ['a recipient with a name', { to: 'Ada <a@example.org>' }],
  ['a subject with a line break', { subject: 'Hello\nBcc: b@example.org' }],
  ['a header value with a line break', { headers: { 'X-Note': 'a\r\nBcc: b@example.org' } }],
  ['a header name with a colon', { headers: { 'X: Bcc': 'b@example.org' } }],
  ['a body beyond the limit', { text: 'x'.repeat(1_000_001) }],
])('%s is refused before anything is sent', async (_, over) => {
  const { settings, received } = await mailServer()
  expect(await failureOf(settings, over)).toBe('message-invalid')
  expect(received).toEqual([])
})
