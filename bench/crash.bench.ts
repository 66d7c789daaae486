import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { crashOutbox, hearCustomers, openAccount, troubleWith } from '../server/inbox/testing/crashing.ts'
import { readConfig } from '../server/platform/config.ts'
import type { Services } from '../server/platform/services.ts'
import { start } from '../server/start.ts'
import { startTwin, type Twin } from '../twin/twin.ts'
import type { BenchOptions, Measured } from './bench.ts'

/** What is lost or doubled when the process that sends answers is killed with SIGKILL at random instants. */
const KILLS = 100
const CUSTOMERS = 12
const PASSWORD = 'twin-nordwind-2222'

export async function measure(options: BenchOptions): Promise<Measured> {
  const home = mkdtempSync(path.join('/tmp', 'rapport-bench-'))
  const config = readConfig({
    RAPPORT_HOME: home,
    RAPPORT_LOG: 'error',
    RAPPORT_BLUESKY_STREAM: 'off',
    RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,::1/128',
  })
  const started = await start(config)
  const twin = await startTwin({ story: false })
  try {
    const workspaceId = await openDesk(started.services, twin)
    const crashes = await crashOutbox({
      services: started.services,
      workspaceId,
      kills: options.number('kills', KILLS),
      trouble: troubleWith(twin.faults),
      published: async () => publishedBy(twin),
      say: options.say,
    })
    return {
      figures: {
        kills: crashes.kills,
        'kills while sending': crashes.killsWhileSending,
        answers: crashes.answers,
        'lost after kill -9': crashes.lost,
        'doubled after kill -9': crashes.doubled,
        'sent but denied': crashes.denied,
      },
      targets: [
        { figure: 'kills while sending', atLeast: 1 },
        { figure: 'lost after kill -9', atMost: 0 },
        { figure: 'doubled after kill -9', atMost: 0 },
        { figure: 'sent but denied', atMost: 0 },
      ],
    }
  } finally {
    await twin.stop()
    await started.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

/** A workspace with an account on the twin and customers who wait for an answer. */
async function openDesk(services: Services, twin: Twin): Promise<string> {
  twin.control.account({ handle: 'nordwind.test', name: 'Nordwind', password: PASSWORD })
  const account = await openAccount(services, {
    network: 'bluesky',
    settings: { ...twin.urls.bluesky },
    credentials: { identifier: 'nordwind.test', appPassword: PASSWORD },
  })
  for (let number = 0; number < CUSTOMERS; number++) {
    twin.control.account({ handle: `customer-${number}.test` })
    twin.control.post({ by: `customer-${number}.test`, text: '@nordwind.test Are you there?' })
  }
  await hearCustomers(services, account)
  return account.workspaceId
}

function publishedBy(twin: Twin): string[] {
  const did = twin.world.accountOf('nordwind.test')?.did
  return [...twin.world.records.values()]
    .filter((record) => record.did === did)
    .map((record) => String(record.value.text))
}
