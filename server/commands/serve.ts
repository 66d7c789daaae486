import type { Server } from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createAdaptorServer } from '@hono/node-server'
import { contract } from '../../contract/index.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { prepareSetUpLink } from '../accounts/index.ts'
import { callerOf, createLive, modules, subscriptions } from '../modules.ts'
import { type Config, PROJECT_FOLDER } from '../platform/config.ts'
import { createHttpApp } from '../platform/http.ts'
import { createMetrics, type Metrics } from '../platform/metrics.ts'
import type { HttpApp } from '../platform/module.ts'
import { visitOf } from '../proofs/index.ts'
import { type Started, start } from '../start.ts'
import { runWorker } from '../worker.ts'
import { type Command, CommandFault } from './run-command.ts'

const PORTS_TRIED = 50
const CLOSE_WAIT_MS = 5_000
/** For requests and work under way. What is not done by then is left as a kill would leave it, which every part survives. */
const DRAIN_MS = 7_000
/** Sockets that nobody waits for any longer must not keep the process. */
const EXIT_MS = 500

/** Runs until it is told to stop, and is gone within ten seconds then. Two signals end it at once. */
export const serve: Command = {
  name: 'serve',
  summary: 'Serves the web and does the work, in one process (RAPPORT_ROLE: all, web, worker).',
  usage: 'rapport serve [--next-free-port]',
  options: { 'next-free-port': { type: 'boolean' } },
  async run({ config, options, say }) {
    await runServer({ ...config, nextFreePort: config.nextFreePort || options['next-free-port'] === true }, say)
    return { stopped: true }
  },
}

export interface Serving extends Started {
  app: HttpApp | null
}

/** `prepare` runs when everything answers and before any work begins: the demo tells its story there. */
export async function runServer(
  wanted: Config,
  say: (line: string) => void,
  prepare: (serving: Serving) => Promise<void> = async () => {},
): Promise<void> {
  const listening = wanted.role === 'worker' ? null : await reservePort(wanted)
  const config = listening ? withPort(wanted, listening.port) : wanted
  say(`Rapport ${packageJson.version} is starting …`)
  const started = await start(config, say)
  say(`Database: ${started.databaseWords}`)
  const stopping = new AbortController()
  const stopped = untilSignal(stopping)
  const metrics = createMetrics({
    database: started.services.database,
    subscribers: subscriptions(started.services).map(({ name }) => name),
  })
  const app = listening ? answerOn(listening.server, started, metrics, stopping.signal) : null
  await prepare({ ...started, app })
  const work = config.role === 'web' ? Promise.resolve() : runWorker(started, metrics, stopping.signal)
  // A loop that fails is a bug: the server stops in order, rather than living on by half.
  const broken = new Promise<Error>((resolve) => work.catch(resolve))
  if (listening) await sayReady(started, say)
  const fault = await Promise.race([stopped, broken])
  stopping.abort()
  say('Stopping …')
  const ended = Promise.allSettled([work, listening && close(listening.server)])
  if (!(await within(DRAIN_MS, ended))) started.services.log.warn('some work did not end in time and was cut off')
  await started.stop()
  setTimeout(() => process.exit(), EXIT_MS).unref()
  if (fault) throw fault
}

const within = (milliseconds: number, work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), delay(milliseconds, false, { ref: false })])

function withPort(config: Config, port: number): Config {
  const isDefault = config.publicUrl === `http://localhost:${config.port}`
  return { ...config, port, publicUrl: isDefault ? `http://localhost:${port}` : config.publicUrl }
}

type Answer = (request: Request, environment: object) => Response | Promise<Response>
interface Listening {
  server: Server & { answer: Answer }
  port: number
}

/** Takes the port before anything else is started, so that a taken one is told at once. */
async function reservePort(config: Config): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: (request, environment) => server.answer(request, environment),
  }) as Listening['server']
  server.answer = () =>
    new Response('Rapport is starting. Try again in a moment.', { status: 503, headers: { 'retry-after': '1' } })
  const last = config.nextFreePort ? config.port + PORTS_TRIED : config.port
  for (let port = config.port; port <= last; port++) {
    const bound = await listen(server, port)
    if (bound !== null) return { server, port: bound }
  }
  throw new CommandFault(
    'port-taken',
    `Port ${config.port} is taken by another program. Stop it, choose another port (PORT=3100 npm start), or let Rapport take the next free one (npm start -- --next-free-port).`,
  )
}

function listen(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return resolve(null)
      reject(
        error.code === 'EACCES'
          ? new CommandFault(
              'port-forbidden',
              `Port ${port} needs rights that this user lacks. Choose one above 1023 (PORT=3100 npm start).`,
            )
          : error,
      )
    })
    server.listen(port, () => {
      server.removeAllListeners('error')
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function answerOn(server: Listening['server'], started: Started, metrics: Metrics, signal: AbortSignal): HttpApp {
  const { services } = started
  const app = createHttpApp({
    services,
    modules,
    contract,
    callerOf,
    visitOf,
    webFolder: path.join(PROJECT_FOLDER, 'dist/web'),
    live: createLive(services, signal),
    metrics,
  })
  server.answer = (request, environment) => app.fetch(request, environment)
  return app
}

async function sayReady({ services }: Started, say: (line: string) => void): Promise<void> {
  say(`Ready: ${services.config.publicUrl}`)
  const link = await prepareSetUpLink(services)
  if (link) say(`\nNobody owns this installation yet. Open this link to set it up; it works once:\n\n  ${link}\n`)
}

function untilSignal(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      if (stopping.signal.aborted) process.exit(1)
      stopping.abort()
      resolve()
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}

/** Lets requests finish, then ends what stays open (event streams never end by themselves). */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), CLOSE_WAIT_MS)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
