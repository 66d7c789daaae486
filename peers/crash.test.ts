import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AtpAgent } from '@atproto/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { crashOutbox, hearCustomers, openAccount, troubleWith } from '../server/inbox/testing/crashing.ts'
import { readConfig } from '../server/platform/config.ts'
import { type Started, start } from '../server/start.ts'
import type { BlueskyNetwork } from './bluesky-network.ts'
import { startNetworkProcess } from './network-process.ts'
import { type PdsProxy, startPdsProxy } from './proxy.ts'

const KILLS = 100
const CUSTOMERS = 8
const PASSWORD = 'a-long-enough-password'
const RUN_MS_MAX = 840_000

let network: BlueskyNetwork
let proxy: PdsProxy
let started: Started
const home = mkdtempSync(path.join(tmpdir(), 'crash-'))

beforeAll(async () => {
  network = await startNetworkProcess()
  proxy = await startPdsProxy(network.pdsUrl)
  started = await start(
    readConfig({
      RAPPORT_HOME: home,
      RAPPORT_LOG: 'error',
      RAPPORT_BLUESKY_STREAM: 'off',
      RAPPORT_ALLOW_PRIVATE: '127.0.0.0/8,::1/128,localhost',
    }),
  )
})
afterAll(async () => {
  await started?.stop()
  await proxy?.stop()
  await network?.stop()
  rmSync(home, { recursive: true, force: true })
})

describe('a worker killed with SIGKILL while it sends to a real PDS', () => {
  it(
    'loses no answer and sends none twice',
    async () => {
      const brand = await join('brand')
      const { data: password } = await brand.com.atproto.server.createAppPassword({ name: 'rapport' })
      const root = await brand.post({ text: 'Talk to us' })
      for (let number = 0; number < CUSTOMERS; number++) {
        const customer = await join(`customer${number}`)
        await customer.post({ text: 'Are you there?', reply: { root, parent: root } })
      }
      await network.settle()
      const account = await openAccount(started.services, {
        network: 'bluesky',
        settings: { service: proxy.url, appView: network.appViewUrl },
        credentials: { identifier: brand.session?.handle ?? '', appPassword: password.password },
      })
      await hearCustomers(started.services, account)
      const crashes = await crashOutbox({
        services: started.services,
        workspaceId: account.workspaceId,
        kills: KILLS,
        trouble: troubleWith(proxy.faults),
        published: () => publishedBy(brand),
        say: (words) => console.error(words),
      })
      expect(crashes).toMatchObject({ kills: KILLS, lost: 0, doubled: 0, denied: 0 })
      expect(crashes.killsWhileSending).toBeGreaterThan(0)
    },
    RUN_MS_MAX,
  )
})

async function join(name: string): Promise<AtpAgent> {
  const agent = new AtpAgent({ service: network.pdsUrl })
  await agent.createAccount({ handle: `${name}.test`, email: `${name}@example.org`, password: PASSWORD })
  return agent
}

async function publishedBy(brand: AtpAgent): Promise<string[]> {
  const texts: string[] = []
  let cursor: string | undefined
  do {
    const { data } = await brand.com.atproto.repo.listRecords({
      repo: brand.assertDid,
      collection: 'app.bsky.feed.post',
      limit: 100,
      ...(cursor === undefined ? {} : { cursor }),
    })
    texts.push(...data.records.map((record) => String(record.value.text)))
    cursor = data.records.length === 0 ? undefined : data.cursor
  } while (cursor !== undefined)
  return texts
}
