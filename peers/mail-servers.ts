/** Dovecot keeps the mailbox, OpenSMTPD takes what is sent: Debian's packages, on loopback, gone afterwards. Needs root, as they do. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'

const PASSWORD = 'secret'
const START_MS = 15_000
const DOVECOT = '/usr/sbin/dovecot'
const SMTPD = '/usr/sbin/smtpd'

/** Why they cannot be started here; null: they can. */
export const missingMailServers = (): string | null =>
  process.getuid?.() !== 0
    ? 'only root can start mail servers'
    : ![DOVECOT, SMTPD].every(existsSync)
      ? 'install dovecot-imapd, dovecot-lmtpd and opensmtpd'
      : null

export interface MailServers {
  imapPort: number
  smtpPort: number
  user: string
  password: string
  /** What left for the outside. */
  outside: { to: string[]; raw: string }[]
  /** The outside world refuses the next letter: 550. */
  refuseNext(): void
  /** A customer's letter, by the way that letters take. */
  deliver(raw: string): Promise<void>
  stop(): Promise<void>
}

export async function startMailServers(address: string): Promise<MailServers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rapport-mail-peer-'))
  await chmod(folder, 0o755)
  const [imapPort, lmtpPort, smtpPort] = [await freePort(), await freePort(), await freePort()]
  const outside: MailServers['outside'] = []
  let refusals = 0
  const world = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(refusals-- > 0 ? Object.assign(new Error('nobody here'), { responseCode: 550 }) : null),
    onData: (stream, session, done) =>
      void buffer(stream).then((raw) => {
        outside.push({ to: session.envelope.rcptTo.map((one) => one.address), raw: raw.toString('utf8') })
        done()
      }, done),
  })
  world.on('error', () => {})
  world.listen(0, '127.0.0.1')
  await once(world.server, 'listening')
  const worldPort = (world.server.address() as AddressInfo).port
  // OpenSMTPD takes passwords over TLS alone, and Debian's fails at that with the OpenSSL beside it: this stands before it.
  const submission = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === address && password === PASSWORD ? done(null, { user: username }) : done(new Error('wrong')),
    onData: (stream, session, done) => {
      const relay = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      const envelope = { from, to: session.envelope.rcptTo.map((one) => one.address) }
      relay.sendMail({ envelope, raw: stream }).then(() => done(), done)
    },
  })
  submission.on('error', () => {})
  submission.listen(0, '127.0.0.1')
  await once(submission.server, 'listening')
  const domain = address.slice(address.indexOf('@') + 1)
  const running = [
    await startDovecot(folder, imapPort, lmtpPort),
    await startSmtpd(folder, { smtpPort, lmtpPort, worldPort, domain }),
  ]
  const end = async () => {
    for (const child of running) {
      if (child.exitCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    await Promise.all([world, submission].map((server) => new Promise<void>((done) => server.close(() => done()))))
    await rm(folder, { recursive: true, force: true })
  }
  await Promise.all([answering(imapPort), answering(smtpPort)]).catch(async (error) => {
    await end()
    throw error
  })
  return {
    imapPort,
    smtpPort: (submission.server.address() as AddressInfo).port,
    user: address,
    password: PASSWORD,
    outside,
    refuseNext: () => {
      refusals = 1
    },
    deliver: (raw) => deliver(lmtpPort, address, raw),
    stop: end,
  }
}

async function startDovecot(folder: string, imapPort: number, lmtpPort: number): Promise<ChildProcess> {
  const mail = path.join(folder, 'mail')
  await mkdir(mail)
  await chown(mail, idOf('nobody'), groupOf('nogroup'))
  const file = path.join(folder, 'dovecot.conf')
  await writeFile(
    file,
    `protocols = imap lmtp
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${mail}/%u/Maildir
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${mail}/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
`,
  )
  return spawn(DOVECOT, ['-F', '-c', file], { stdio: 'ignore' })
}

async function startSmtpd(
  folder: string,
  ports: { smtpPort: number; lmtpPort: number; worldPort: number; domain: string },
): Promise<ChildProcess> {
  const file = path.join(folder, 'smtpd.conf')
  await writeFile(
    file,
    `table vusers { "@${ports.domain}" = "nobody" }
listen on 127.0.0.1 port ${ports.smtpPort} hostname mx.${ports.domain}
action "in" lmtp "127.0.0.1:${ports.lmtpPort}" rcpt-to virtual <vusers>
action "out" relay host smtp://127.0.0.1:${ports.worldPort}
match from any for domain "${ports.domain}" action "in"
match from any for any action "out"
`,
    { mode: 0o600 },
  )
  return spawn(SMTPD, ['-d', '-f', file], { stdio: process.env.PEERS_LOG ? 'inherit' : 'ignore' })
}

/** LMTP (RFC 2033), as the receiving server hands a letter to the mailbox. */
async function deliver(port: number, to: string, raw: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  const answers = socket[Symbol.asyncIterator]()
  const say = async (line: string) => {
    socket.write(`${line}\r\n`)
    const { value } = await answers.next()
    if (!/^[23]/.test(String(value))) throw new Error(`LMTP: ${String(value)}`)
  }
  await answers.next()
  for (const line of ['LHLO world.test', 'MAIL FROM:<karla@kundin.test>', `RCPT TO:<${to}>`, 'DATA']) await say(line)
  await say(`${raw.replace(/\r?\n/g, '\r\n')}\r\n.`)
  socket.end('QUIT\r\n')
}

async function answering(port: number): Promise<void> {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    const socket = connect(port, '127.0.0.1')
    const ready = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nothing answers on port ${port}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}

const idOf = (user: string): number => Number(spawnSync('id', ['-u', user], { encoding: 'utf8' }).stdout)
const groupOf = (group: string): number =>
  Number(spawnSync('getent', ['group', group], { encoding: 'utf8' }).stdout.split(':')[2])
