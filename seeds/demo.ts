import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Command, CommandFault, runCommand } from '../server/commands/run-command.ts'
import { runServer } from '../server/commands/serve.ts'
import { type Config, PROJECT_FOLDER } from '../server/platform/config.ts'
import { startMail, type TwinMail } from '../twin/mail/mail.ts'
import { startTwin, type Twin } from '../twin/twin.ts'
import { promiseAnswers } from './clocks-work.ts'
import { connectionsPage, letCustomersProve } from './customer-visits.ts'
import { tellCustomers } from './customer-work.ts'
import { heedDataWishes } from './data-wishes-work.ts'
import { orderDesks } from './desk-order-work.ts'
import { workAtTheDesk } from './desk-work.ts'
import { members, workspaceSeeds } from './index.ts'
import { openMailboxes, writeLetters } from './letters-work.ts'
import { DEMO_PASSWORD, loadSeeds } from './load.ts'
import { agreeOnProgrammes } from './programme-work.ts'
import { speakTwice } from './second-accounts.ts'
import { agreeOnFigures } from './staff-agreement.ts'

const TWIN_PORT = 3999
/** A new turn of the story every half a minute or so. */
const SPEED = 1

/** `npm run demo`: Rapport and the twin in one process, with the agency Klinkerlaut at work. No key, no internet. */
const demo: Command = {
  name: 'demo',
  summary: 'Rapport with simulated networks and three workspaces that are alive.',
  usage: 'npm run demo [-- --next-free-port] [-- --speed N]',
  options: { 'next-free-port': { type: 'boolean' }, speed: { type: 'string' } },
  async run({ config, options, say }) {
    const home = process.env.RAPPORT_HOME ? config.home : path.join(PROJECT_FOLDER, 'data', 'demo')
    mkdirSync(home, { recursive: true })
    // What listens keeps the process alive, also when the demo cannot begin.
    await using networks = new AsyncDisposableStack()
    const twin = await play(home, Number(options.speed ?? SPEED))
    networks.defer(() => twin.stop())
    const mail = await playMail(home)
    networks.defer(() => mail.stop())
    const withTwin: Config = {
      ...config,
      home,
      nextFreePort: config.nextFreePort || options['next-free-port'] === true,
      allowPrivate: [
        ...config.allowPrivate,
        ...twin.urls.allowPrivate,
        ...[mail.imapPort, mail.smtpPort].map((port) => `127.0.0.1:${port}`),
      ],
      blueskyStream: twin.urls.bluesky.jetstream,
      blueskyApp: twin.urls.base,
    }
    await runServer(withTwin, say, async ({ services, app }) => {
      if (app && (await loadSeeds(services, app, twin.urls)))
        void orderDesks(services, app)
          .then(() => agreeOnProgrammes(services, app))
          .then(() => promiseAnswers(services, app))
          .then(() => agreeOnFigures(services, app))
          .then(() => workAtTheDesk(services, app))
          .then(() => tellCustomers(services, app))
          .then(() => heedDataWishes(services, app))
          .then(() => speakTwice(services, app, twin))
          .then(() => letCustomersProve(services, app, twin))
          .then(() => writeLetters(services, app, mail))
          .catch((error) => services.log.error({ err: error }, 'the desk of the demo stopped'))
      explain(say, twin, services.config.publicUrl)
    })
    return { stopped: true }
  },
}

/** The twin keeps its port, because the sources of the workspaces name it. */
async function play(home: string, speed: number): Promise<Twin> {
  const file = path.join(home, 'twin-port')
  const known = existsSync(file) ? Number(readFileSync(file, 'utf8')) : null
  const folder = path.join(home, 'twin')
  mkdirSync(folder, { recursive: true })
  try {
    const twin = await startTwin({ port: known ?? TWIN_PORT, speed, folder })
    writeFileSync(file, String(new URL(twin.urls.base).port))
    return twin
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    if (known !== null)
      throw new CommandFault(
        'port-taken',
        `Port ${known} is taken; the simulated networks of this demo live there. Stop what uses it, or remove ${home} to begin a new demo.`,
      )
    const twin = await startTwin({ port: 0, speed, folder })
    writeFileSync(file, String(new URL(twin.urls.base).port))
    return twin
  }
}

/** The mailboxes of the workspaces name their server's ports as well. */
async function playMail(home: string): Promise<TwinMail> {
  const file = path.join(home, 'twin-mail-ports.json')
  const known = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { imapPort: number; smtpPort: number; since?: string })
    : {}
  const { since = new Date().toISOString() } = known as { since?: string }
  const mail = await startMail(known).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new CommandFault(
      'port-taken',
      `The ports of the simulated mail server are taken. Stop what uses them, or remove ${home} to begin a new demo.`,
    )
  })
  writeFileSync(file, JSON.stringify({ imapPort: mail.imapPort, smtpPort: mail.smtpPort, since }))
  openMailboxes(mail, { now: new Date(), since: new Date(since) })
  return mail
}

function explain(say: (line: string) => void, twin: Twin, publicUrl: string): void {
  const roles = new Map(workspaceSeeds.flatMap((seed) => seed.members.map(({ member, role }) => [member, role])))
  say(`\nThe agency Klinkerlaut works here. Everybody's password is ${DEMO_PASSWORD}\n`)
  for (const { key, name, email, function: does } of members)
    if (roles.has(key)) say(`  ${email.padEnd(46)} ${name}, ${does}`)
  say(
    `\nWhere customers show what is theirs: ${connectionsPage(publicUrl)}\n(codes by text message arrive at ${twin.urls.base}/sms)`,
  )
  say(`\nThe simulated networks, and incidents to start: ${twin.urls.base}\n`)
}

await runCommand(demo, process.argv.slice(2))
