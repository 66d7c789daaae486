import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { sql } from 'kysely'
import { needsSetUp, readMailSettings } from '../accounts/index.ts'
import { type Config, PROJECT_FOLDER } from '../platform/config.ts'
import { countJobs } from '../platform/jobs.ts'
import { metricsToken } from '../platform/metrics.ts'
import { type Started, start } from '../start.ts'
import { type Command, CommandFault } from './run-command.ts'

const DISK_FREE_BYTES_MIN = 1024 ** 3
const CLOCK_DIFFERENCE_MS_MAX = 5_000
const NODE_MAJOR = 24

export interface Finding {
  check: string
  state: 'good' | 'note' | 'bad'
  /** What is so, in plain words. */
  words: string
  /** What to do; absent where nothing is to be done. */
  mend?: string
}

const good = (check: string, words: string): Finding => ({ check, state: 'good', words })
const note = (check: string, words: string, mend?: string): Finding => ({
  check,
  state: 'note',
  words,
  ...(mend ? { mend } : {}),
})
const bad = (check: string, words: string, mend: string): Finding => ({ check, state: 'bad', words, mend })

export const doctor: Command = {
  name: 'doctor',
  summary: 'Says in plain words what is wrong and how to mend it.',
  usage: 'rapport doctor [--json]',
  async run({ config, say }) {
    const findings: Finding[] = [checkNode(), checkHome(config), checkDisk(config), checkWeb(), await checkPort(config)]
    findings.push(...(await checkDatabase(config)))
    for (const { state, words, mend } of findings)
      say(`${{ good: '  ok ', note: 'note ', bad: ' BAD ' }[state]} ${words}${mend ? `\n      -> ${mend}` : ''}`)
    const faults = findings.filter((finding) => finding.state === 'bad')
    if (faults.length > 0)
      throw new CommandFault(
        'faults-found',
        `${faults.length} ${faults.length === 1 ? 'thing needs' : 'things need'} mending.`,
        { findings },
      )
    say('Nothing needs mending.')
    return { findings }
  },
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= NODE_MAJOR) return good('node', `Node ${process.versions.node} runs Rapport.`)
  return bad(
    'node',
    `Node ${process.versions.node} is too old to run Rapport's TypeScript.`,
    'Start through npm (npm start, npm run rapport -- …), which uses the Node that comes with Rapport; run "npm ci" if that is missing.',
  )
}

function checkHome(config: Config): Finding {
  try {
    mkdirSync(config.home, { recursive: true })
    accessSync(config.home, constants.R_OK | constants.W_OK)
    return good('home', `The data folder ${config.home} can be written.`)
  } catch (error) {
    return bad(
      'home',
      `The data folder ${config.home} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      'Give this user the folder, or choose another with RAPPORT_HOME.',
    )
  }
}

function checkDisk(config: Config): Finding {
  const disk = statfsSync(existsSync(config.home) ? config.home : path.dirname(config.home))
  const free = disk.bavail * disk.bsize
  const words = `${(free / 1024 ** 3).toFixed(1)} GB are free where the data lies.`
  return free >= DISK_FREE_BYTES_MIN
    ? good('disk', words)
    : bad('disk', words, 'Free at least 1 GB: PostgreSQL stops when the disk is full.')
}

function checkWeb(): Finding {
  if (existsSync(path.join(PROJECT_FOLDER, 'dist/web/index.html'))) return good('web', 'The web app is built.')
  return bad('web', 'The web app is not built.', 'Run "npm start" (it builds when needed) or "npm run build".')
}

function checkPort(config: Config): Promise<Finding> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () =>
      resolve(
        note(
          'port',
          `Port ${config.port} is in use: by Rapport if it runs, otherwise by another program.`,
          'If Rapport is not running: set PORT, or start with --next-free-port.',
        ),
      ),
    )
    probe.listen(config.port, () => probe.close(() => resolve(good('port', `Port ${config.port} is free.`))))
  })
}

async function checkDatabase(config: Config): Promise<Finding[]> {
  let started: Started
  try {
    started = await start({ ...config, logLevel: 'silent' })
  } catch (error) {
    const where = config.databaseUrl ? 'the PostgreSQL that DATABASE_URL names' : "Rapport's own PostgreSQL"
    return [
      bad(
        'database',
        `No connection to ${where}: ${(error as Error).message}`,
        config.databaseUrl
          ? 'Check host, port, user and password in DATABASE_URL, and that its user may create roles.'
          : `Look into ${config.home}/postgres for its log; if the disk and the rights are fine, start again.`,
      ),
    ]
  }
  try {
    return [
      good('database', `${started.databaseWords}; migrated to ${started.migrated.version}.`),
      ...(await checkInside(started)),
    ]
  } finally {
    await started.stop()
  }
}

async function checkInside({ services }: Started): Promise<Finding[]> {
  const { database } = services
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(database.system)
  const difference = Math.abs((rows[0]?.now.getTime() ?? 0) - services.clock.now().getTime())
  const findings = [
    difference <= CLOCK_DIFFERENCE_MS_MAX
      ? good('clock', 'The clocks of this machine and of the database agree.')
      : bad(
          'clock',
          `The clocks of this machine and of the database differ by ${Math.round(difference / 1000)} s.`,
          'Switch on time synchronisation (NTP) on both.',
        ),
    (await needsSetUp(services))
      ? note(
          'owner',
          'Nobody owns this installation yet.',
          'Open the set-up link that "npm start" prints, or use "rapport setup".',
        )
      : good('owner', 'The installation has an owner.'),
    (await readMailSettings(services))
      ? good('mail', 'A mail server is set.')
      : note(
          'mail',
          'No mail server is set: invitations go by link, notifications stay in the app.',
          'Settings > Mail.',
        ),
  ]
  findings.push(good('metrics', `The metrics token is ${metricsToken(services.secrets)}.`))
  const failed = (await countJobs(database.system)).filter((job) => job.failed > 0)
  findings.push(
    failed.length === 0
      ? good('jobs', 'No job has failed for good.')
      : bad(
          'jobs',
          `Jobs failed for good: ${failed.map((job) => `${job.task} (${job.failed})`).join(', ')}. Last error: ${failed[0]?.lastError ?? ''}`,
          'Mend what the error names; the health page shows each one.',
        ),
  )
  return findings
}
