import { startTwin } from '../../../twin/twin.ts'
import { describeConnector } from '../conformance/conformance.ts'
import type { Stage } from '../conformance/stage.ts'
import { openOutside } from '../outside.ts'
import { blueskyAccount, blueskyStream } from './index.ts'

const BRAND = 'brand.test'
const CUSTOMER = 'customer.test'

async function stageOnTwin(
  make: (outside: ReturnType<typeof openOutside>) => Stage['connector'],
  hear: string,
): Promise<Stage> {
  const twin = await startTwin({ story: false })
  const { control } = twin
  const { did } = control.account({ handle: BRAND, password: 'twin-password' })
  control.account({ handle: CUSTOMER })
  const anchor = control.post({ by: BRAND, text: 'Talk to us' })
  return {
    connector: make(openOutside({ allowPrivate: twin.urls.allowPrivate })),
    guarded: make(openOutside({ allowPrivate: [] })),
    connection: {
      settings: twin.urls.bluesky,
      credentials: { identifier: BRAND, appPassword: 'twin-password' },
    },
    wrongCredentials: { identifier: BRAND, appPassword: 'not-the-password' },
    faults: { arm: control.fault, clear: () => void control.clearFaults() },
    paths: { hear, publish: 'com.atproto.repo.createRecord' },
    // Quoting our post is what makes a post ours to hear, and leaves text and thread as they are.
    say: async (text) => control.post({ by: CUSTOMER, text, quotes: anchor.uri }).uri,
    edit: async (uri, text) => void control.edit({ uri, text }),
    remove: async (uri) => void control.remove({ uri }),
    expireSession: async (sessions) => void control.expireTokens({ sessions }),
    countPublished: async (text) =>
      [...twin.world.records.values()].filter((one) => one.did === did && one.value.text === text).length,
    stream: {
      cut: async () => void control.cutStreams(),
      faults: async (faults) => void control.streamFaults(faults),
      sendRaw: async (frame) => void control.sendRaw({ frame }),
    },
    stop: () => twin.stop(),
  }
}

describeConnector('a Bluesky account on the twin', { hears: 'poll', speaks: true }, () =>
  stageOnTwin(blueskyAccount, 'listNotifications'),
)
describeConnector('the Bluesky stream of the twin', { hears: 'stream', speaks: false }, () =>
  stageOnTwin((outside) => blueskyStream(outside, { backOffFirstMs: 20, fruitlessMax: 3 }), '/subscribe'),
)
