import { AtpAgent } from '@atproto/api'
import type { Stage } from '../server/connectors/conformance/stage.ts'
import type { Connector } from '../server/connectors/connector.ts'
import { type Outside, openOutside } from '../server/connectors/outside.ts'
import { startBlueskyNetwork } from './bluesky-network.ts'
import { startJetstreamBridge } from './jetstream-bridge.ts'
import { startPdsProxy } from './proxy.ts'

const POST = 'app.bsky.feed.post' as const
const PASSWORD = 'a-long-enough-password'

/** The same stage as on the twin, with Bluesky's own software behind it. */
export async function stageOnPds(make: (outside: Outside) => Connector, hear: string): Promise<Stage> {
  const network = await startBlueskyNetwork()
  const bridge = await startJetstreamBridge(network.pdsUrl)
  const proxy = await startPdsProxy(network.pdsUrl)
  const brand = await account(network.pdsUrl, 'brand')
  const customer = await account(network.pdsUrl, 'customer')
  const { data: password } = await brand.com.atproto.server.createAppPassword({ name: 'rapport' })
  const anchor = await brand.post({ text: 'Talk to us' })
  await network.settle()
  const place = (uri: string) => ({ repo: customer.assertDid, collection: POST, rkey: uri.split('/').at(-1) as string })
  const quote = (text: string) => ({
    $type: POST,
    text,
    createdAt: new Date().toISOString(),
    embed: { $type: 'app.bsky.embed.record', record: { uri: anchor.uri, cid: anchor.cid } },
  })
  return {
    connector: make(openOutside({ allowPrivate: ['127.0.0.0/8', 'localhost'] })),
    guarded: make(openOutside({ allowPrivate: [] })),
    connection: {
      settings: { service: proxy.url, appView: network.appViewUrl, jetstream: bridge.url },
      credentials: { identifier: brand.session?.handle, appPassword: password.password },
    },
    wrongCredentials: { identifier: brand.session?.handle, appPassword: 'xxxx-xxxx-xxxx-xxxx' },
    faults: {
      arm: (fault) => (hear === '/subscribe' ? bridge : proxy).faults.arm(fault),
      clear: () => {
        bridge.faults.clear()
        proxy.faults.clear()
      },
    },
    paths: { hear, publish: 'com.atproto.repo.createRecord' },
    say: async (text) => (await customer.post(quote(text))).uri,
    edit: async (uri, text) => void (await customer.com.atproto.repo.putRecord({ ...place(uri), record: quote(text) })),
    remove: async (uri) => void (await customer.com.atproto.repo.deleteRecord(place(uri))),
    settle: () => network.settle(),
    expireSession: async (whole) => proxy.expireTokens(whole),
    countPublished: async (text) => {
      const { data } = await brand.com.atproto.repo.listRecords({ repo: brand.assertDid, collection: POST, limit: 100 })
      return data.records.filter((record) => record.value.text === text).length
    },
    stream: { cut: async () => bridge.cut() },
    stop: async () => {
      await bridge.stop()
      await proxy.stop()
      await network.stop()
    },
  }
}

async function account(service: string, name: string): Promise<AtpAgent> {
  const agent = new AtpAgent({ service })
  await agent.createAccount({ handle: `${name}.test`, email: `${name}@example.org`, password: PASSWORD })
  return agent
}
