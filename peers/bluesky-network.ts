import { TestNetwork } from '@atproto/dev-env'
import { startTestCluster } from '../server/platform/testing/cluster.ts'

/** Bluesky's own software on this machine: directory of identities, PDS and AppView, on our PostgreSQL and a Redis. */
export interface BlueskyNetwork {
  pdsUrl: string
  appViewUrl: string
  /** Waits until everything written is indexed. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Needs REDIS_HOST (host:port), which scripts/test-peers.mjs sets. */
export async function startBlueskyNetwork(): Promise<BlueskyNetwork> {
  const cluster = await startTestCluster(process.env.RAPPORT_TEST_DATABASE_URL)
  const network = await TestNetwork.create({ dbPostgresUrl: cluster.adminUrl, dbPostgresSchema: 'peer' })
  return {
    pdsUrl: network.pds.url,
    appViewUrl: network.bsky.url,
    settle: () => network.processAll(),
    stop: async () => {
      await network.close()
      await cluster.stop()
    },
  }
}
